"""An analyst's day in the review room: the real server, the real browser, the keyboard."""

import re
import sqlite3
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Room, sign_in, visit
from tests.rows import opened

pytestmark = pytest.mark.xdist_group("browser")


def rows(room: Room, columns: str, where: str = "1", table: str = "store_decision") -> list[tuple[Any, ...]]:
    with opened(room.database) as database:
        return database.execute(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY id").fetchall()  # noqa: S608


def open_first(page: Page) -> str:
    """Open the first candidate of the queue by keyboard; its id."""
    page.wait_for_load_state()  # keys are heard once the page's script runs
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidates/**")
    return here(page)


def here(page: Page) -> str:
    found = re.search(r"/candidates/(\w+)/", page.url)
    assert found
    return found[1]


def press_to_next(page: Page, *keys: str) -> str:
    """Press keys that decide, and wait for the next candidate."""
    before = page.url
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state("domcontentloaded")
    return before


def settled(page: Page) -> None:
    expect(page.locator(".message.success").first).to_be_visible()


def test_the_first_account_is_made_by_the_printed_link_once(browser: Browser, empty_room: Room) -> None:
    page = visit(browser, empty_room)
    page.goto(empty_room.printed)
    page.fill("[name=name]", "first")
    page.fill("[name=password]", "123456789012")
    page.fill("[name=again]", "123456789012")
    page.click("button.main")
    expect(page.locator("main .message.error").first).to_contain_text("numeric")
    page.fill("[name=password]", "a tower of sand")
    page.fill("[name=again]", "a tower of sand")
    page.click("button.main")
    page.wait_for_url("**/queue/")
    expect(page.locator(".who")).to_contain_text("first")
    other = visit(browser, empty_room)
    other.goto(empty_room.printed)
    other.wait_for_url("**/sign-in/")
    page.context.close()
    other.context.close()


def test_hostile_text_is_harmless_and_the_passage_is_boxed_on_its_page(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "dawud")
    page.on("dialog", lambda dialog: pytest.fail("a dialog opened"))
    open_first(page)
    expect(page.locator("h1")).to_contain_text("<script>document.title='broken'</script>")
    assert "broken" not in page.title().split("·")[-1]
    assert "\u202e" not in page.inner_text("body")
    expect(page.locator("#page rect.box").first).to_be_visible()
    page.goto(f"{room.address}/queue/?least=95")
    page.locator("a.title").nth(2).click()
    page.wait_for_url("**/candidates/**")
    expect(page.locator(".decide")).to_have_count(0)
    page.keyboard.press("+")
    expect(page.locator("#page svg.zoom-2")).to_be_visible()
    page.context.close()


def test_twenty_candidates_by_keyboard_alone(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "amina")
    open_first(page)
    plan = [("1",), ("3",), ("3",), ("2", "Enter")] * 5
    for step in plan:
        if step == ("2", "Enter"):
            page.keyboard.press("2")
            expect(page.locator("#same")).to_be_visible()
            press_to_next(page, "Enter")
        else:
            press_to_next(page, *step)
    made = rows(room, "kind", "by_id = (SELECT id FROM auth_user WHERE username = 'amina')")
    assert [kind for (kind,) in made] == ["accept_new", "not_a_case", "not_a_case", "same_as"] * 5
    assert sum(len(step) for step in plan) / len(plan) <= 2
    page.keyboard.press("u")
    page.wait_for_url("**/candidates/**")
    settled(page)
    page.wait_for_load_state("domcontentloaded")
    assert rows(room, "kind")[-1] == ("undo",)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.context.close()


def test_a_tag_and_an_entity_are_corrected_where_they_stand(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "amina")
    open_first(page)
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.locator("[data-passage] button.checked").first).to_contain_text("yes")
    page.keyboard.press("e")
    card = page.locator("[popover]:popover-open")
    card.locator("summary").first.click()
    card.locator("select[name=type]").first.select_option("ARMED_GROUP")
    card.locator("[name=entity]").first.fill("jnim")
    card.get_by_role("button", name="Correct").first.click()
    expect(card).to_have_count(0)
    assert [kind for (kind,) in rows(room, "kind")][-2:] == ["correct_tag", "correct_entity"]
    page.context.close()


def test_a_tag_pressed_while_another_is_sent_is_recorded_too(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "brahim")
    open_first(page)
    page.keyboard.press("j")
    before = rows(room, "id")
    page.keyboard.press("d")
    page.keyboard.press("r")
    expect(page.locator("[data-passage] >> nth=0").locator("button.checked")).to_have_count(2)
    assert [kind for (kind,) in rows(room, "kind")][len(before) :] == ["correct_tag", "correct_tag"]
    page.context.close()


def test_a_card_that_did_not_load_is_filled_when_it_is_opened_again(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "brahim")
    open_first(page)
    page.keyboard.press("j")
    page.context.set_offline(True)
    page.keyboard.press("e")
    expect(page.locator("#trouble")).to_be_visible()
    page.keyboard.press("Escape")
    page.context.set_offline(False)
    page.keyboard.press("e")
    expect(page.locator("[popover]:popover-open summary").first).to_be_visible()
    page.context.close()


def test_split_and_merge(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "amina")
    page.goto(f"{room.address}/queue/?sort=newest&country=NER")
    open_first(page)
    page.keyboard.press("5")
    expect(page.locator("#split")).to_be_visible()
    page.keyboard.press("Space")
    press_to_next(page, "Enter")
    page.keyboard.press("6")
    expect(page.locator("#merge")).to_be_visible()
    press_to_next(page, "Enter")
    assert [kind for (kind,) in rows(room, "kind")][-2:] == ["split", "merge"]
    page.context.close()


def test_the_second_of_two_is_told(browser: Browser, room: Room) -> None:
    first, second = visit(browser, room, "amina"), visit(browser, room, "brahim")
    candidate = open_first(first)
    second.goto(first.url)
    press_to_next(first, "1")
    second.keyboard.press("3")
    expect(second.locator(".message.warning")).to_contain_text("amina decided “New case”")
    assert here(second) == candidate
    expect(second.locator(".state.contested")).to_be_visible()
    assert len(rows(room, "kind", f"subject_id = '{candidate}'")) == 2
    first.context.close()
    second.context.close()


def test_a_lost_connection_loses_nothing(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "amina")
    candidate = open_first(page)
    page.context.set_offline(True)
    page.keyboard.press("3")
    expect(page.locator("#trouble")).to_contain_text("connection was lost")
    assert rows(room, "kind", f"subject_id = '{candidate}'") == []
    page.context.set_offline(False)
    press_to_next(page, "3")
    assert rows(room, "kind", f"subject_id = '{candidate}'") == [("not_a_case",)]
    page.context.close()


def test_a_session_that_ended_while_a_comment_was_written_loses_nothing(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "amina")
    candidate = open_first(page)
    text, keep = page.locator("#comment textarea"), page.locator("#comment button.main")
    page.keyboard.press("8")
    text.fill("The outlet took this back.")
    page.context.clear_cookies(name="nijar_session")
    keep.click()
    expect(page.locator("#trouble")).to_contain_text("session has ended")
    sign_in(page.context.new_page(), room, "amina")
    page.bring_to_front()
    page.keyboard.press("3")
    expect(page.locator("#trouble")).to_contain_text("signed in anew")
    assert rows(room, "kind", f"subject_id = '{candidate}'") == []
    press_to_next(page, "3")
    made = rows(room, "kind, json_extract(value, '$.reason')", f"subject_id = '{candidate}'")
    assert made == [("not_a_case", "The outlet took this back.")]
    page.context.close()


def test_a_page_is_its_own_persons_while_another_is_signed_in(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "amina")
    candidate = open_first(page)
    page.keyboard.press("j")
    page.context.clear_cookies(name="nijar_session")
    other = page.context.new_page()
    sign_in(other, room, "brahim")
    page.bring_to_front()
    page.keyboard.press("e")
    expect(page.locator("#trouble")).to_contain_text("somebody else has signed in")
    expect(page.locator("[data-passage] form[action*=entity]")).to_have_count(0)
    page.keyboard.press("3")
    expect(page.locator("#trouble")).to_contain_text("sign in as amina")
    page.context.clear_cookies(name="nijar_session")
    sign_in(other, room, "amina")
    page.bring_to_front()
    page.keyboard.press("e")
    expect(page.locator("[data-passage] form[action*=entity]").first).to_be_attached()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    expect(page.locator("#trouble")).to_contain_text("signed in anew")
    press_to_next(page, "3")
    by = "(SELECT username FROM auth_user WHERE id = by_id)"
    assert rows(room, by, f"subject_id = '{candidate}'") == [("amina",)]
    page.context.close()


def test_a_locked_database_is_told_and_pressed_again_it_is_recorded_once(
    browser: Browser, room: Room
) -> None:
    page = visit(browser, room, "amina")
    candidate = open_first(page)
    other = sqlite3.connect(room.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page.keyboard.press("3")
    expect(page.locator("#trouble")).to_contain_text("nothing was recorded", timeout=60_000)
    other.rollback()
    other.close()
    press_to_next(page, "3")
    assert rows(room, "kind", f"subject_id = '{candidate}'") == [("not_a_case",)]
    page.context.close()


def test_search_filter_and_a_saved_view(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "brahim")
    page.goto(f"{room.address}/passages/?state=all")
    page.keyboard.press("/")
    page.keyboard.type("negociations")
    page.keyboard.press("Enter")
    page.wait_for_url("**query=negociations**")
    found = page.locator("[data-passage]").last
    identity = found.get_attribute("id")
    page.locator("article.source > header a").last.click()
    expect(page.locator(f"#{identity}")).to_be_focused()
    expect(page.locator("#page rect.box").first).to_be_visible()
    page.goto(f"{room.address}/queue/")
    page.locator("[name=country]").select_option("NER")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**country=NER**")
    page.fill(".save-view [name=name]", "Niger")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Niger").click()
    page.wait_for_url("**country=NER")
    page.context.close()


@pytest.mark.parametrize("width", [1280, 820])
def test_pages_are_sound_for_a_screen_reader_and_fit_the_screen(
    browser: Browser, room: Room, width: int
) -> None:
    page = visit(browser, room, "amina")
    page.set_viewport_size({"width": width, "height": 900})
    (candidate,) = rows(room, "id", "score > 0.98", "store_candidate")[0]
    for path in ("queue/", "passages/?state=all", f"candidates/{candidate}/", "codebook/"):
        page.goto(f"{room.address}/{path}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.context.close()
