// Keys of the review room, the page that follows the passage, and plain words when a sending fails.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const writing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select") !== null;
const open = () => all("[popover]:popover-open").pop();

function step(by) {
  const stops = all("[data-row], [data-passage]");
  if (!stops.length) return;
  const here = stops.indexOf(document.activeElement.closest("[data-row], [data-passage]"));
  const next = stops[here < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, here + by))];
  (one("a.title", next) || next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function click(selector) {
  const element = one(selector);
  if (!element || element.disabled) return false;
  element.click();
  return true;
}

function passage() {
  return document.activeElement.closest("[data-passage]") || one("[data-passage]");
}

function onPassage(selector) {
  const here = passage();
  const element = here && one(selector, here);
  if (element) element.click();
  return Boolean(element);
}

const TAGS = { d: "dialogue", r: "prisoner_release", h: "hostage_exchange" };
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => click("a[data-after]"),
  p: () => click("a[data-before]"),
  b: () => click("a[data-back]"),
  u: () => { const form = one("#undo"); if (form) form.requestSubmit(); },
  "/": () => { const search = one("#search"); if (search) search.select(); },
  f: () => { const first = one(".filter select"); if (first) { first.closest("details").open = true; first.focus(); } },
  e: () => onPassage("[data-entities]"),
  "?": () => one("#help").togglePopover(),
  "[": () => click('[data-turn="-1"]'),
  "]": () => click('[data-turn="1"]'),
  "+": () => click('[data-zoom-by="1"]'),
  "=": () => click('[data-zoom-by="1"]'),
  "-": () => click('[data-zoom-by="-1"]'),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  if (event.key === "Enter" && target.matches("[popover] select, [popover] input")) {
    const main = one("button.main", target.closest("[popover]"));
    if (main) { event.preventDefault(); main.click(); }
    return;
  }
  if (event.key === "Escape" && writing(target) && !open()) { target.blur(); return; }
  if (writing(target)) return;
  if (event.key === "Enter" && target.matches("[data-passage]")) { show(target); return; }
  let done = KEYS[event.key];
  if (!done && TAGS[event.key]) done = () => onPassage(`[data-tag="${TAGS[event.key]}"]`);
  if (!done && one(`[data-key="${event.key}"]`)) done = () => click(`[data-key="${event.key}"]`);
  if (!done || (open() && event.key !== "?" )) return;
  event.preventDefault();
  done();
});

// The page follows the passage that is read.
let shown = "";
function show(element) {
  if (!one("#page") || shown === element.id || !element.hasAttribute("hx-get")) return;
  shown = element.id;
  all("[data-passage].here").forEach((other) => other.classList.remove("here"));
  element.classList.add("here");
  htmx.trigger(element, "show-page");
}
document.addEventListener("focusin", (event) => {
  const element = event.target.closest("[data-passage]");
  if (element) show(element);
  const list = event.target.getAttribute("list") && document.getElementById(event.target.getAttribute("list"));
  if (list && list.hasAttribute("hx-get") && !list.children.length) htmx.trigger(list, "fill");
});
// A card is filled when it is first opened; where that failed, when it is opened again.
document.addEventListener("toggle", (event) => {
  const card = event.target;
  if (event.newState === "open" && card.hasAttribute("hx-get") && !card.children.length) htmx.trigger(card, "fill");
}, true);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-show]");
  if (link && one("#page")) { event.preventDefault(); shown = ""; show(link.closest("[data-passage]")); }
});

function toBox() {
  const sheet = one("#page .sheet");
  const box = sheet && one("rect.box", sheet);
  if (!box) { if (sheet) sheet.scrollTop = 0; return; }
  const inside = sheet.getBoundingClientRect();
  const place = box.getBoundingClientRect();
  sheet.scrollTop += place.top - inside.top - inside.height / 4;
  sheet.scrollLeft += place.left - inside.left - 40;
}
document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "page") toBox(); });
// A passage that was renewed keeps the focus.
document.addEventListener("htmx:afterSwap", (event) => {
  const fresh = event.target.id && document.getElementById(event.target.id);
  if (fresh && fresh.matches("[data-passage]")) { shown = fresh.id; fresh.classList.add("here"); fresh.focus({ preventScroll: true }); }
});

// What was not recorded is said; the form stays as it is, and sent again it is recorded once.
function say(words) {
  const place = one("#trouble");
  place.textContent = place.dataset[words] || words;
  place.hidden = !words;
}
// A page that its person opened before signing in anew takes the token of now.
function renew(token) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  document.body.setAttribute("hx-headers", JSON.stringify({ ...headers, "X-CSRFToken": token }));
  all("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
}
document.addEventListener("htmx:beforeRequest", () => say(""));
document.addEventListener("htmx:sendError", () => say("lost"));
document.addEventListener("htmx:timeout", () => say("late"));
document.addEventListener("htmx:responseError", (event) => {
  const { status, responseText } = event.detail.xhr;
  const token = event.detail.xhr.getResponseHeader("X-CSRFToken");
  if (token) renew(token);
  if (status === 422) say(responseText.trim());
  else if (token) say("renewed");
  else say({ 401: "ended", 403: "refused", 404: "gone", 409: "other", 503: "busy" }[status] || "failed");
  if (open()) open().hidePopover();
});

document.addEventListener("DOMContentLoaded", () => {
  const first = one("[data-passage]");
  const named = one("[data-passage]:target");
  if (named && one("#page")) named.focus();
  else if (first && one("#page")) { shown = first.id; first.classList.add("here"); }
  toBox();
  if (window.matchMedia("(max-width: 900px)").matches) all("details.fold").forEach((fold) => { fold.open = false; });
});
