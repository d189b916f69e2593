"""A study's work in the review room: cases, two readers, a closed collection, French, a full disk."""

import csv
import resource
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Room, visit
from tests.browser.test_review_room import here, open_first, press_to_next, rows

pytestmark = pytest.mark.xdist_group("browser")


def accepted(page: Page, room: Room) -> str:
    """Accept the candidate whose text is hostile; the id of its case."""
    (candidate,) = rows(room, "id", "score > 0.98", "store_candidate")[0]
    page.goto(f"{room.address}/candidates/{candidate}/")
    press_to_next(page, "1")
    return str(rows(room, "id", f"candidate_id = '{candidate}'", "store_case")[0][0])


def sound(page: Page, address: str) -> None:
    """Axe finds nothing on a page, and it fits its screen."""
    page.goto(address)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{address}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_a_case_is_edited_and_taken_out_and_a_formula_stays_text(
    browser: Browser, room: Room, tmp_path: Path
) -> None:
    page = visit(browser, room, "amina")
    case = accepted(page, room)
    page.goto(f"{room.address}/cases/{case}/edit/")
    page.fill("[name=title]", '=HYPERLINK("http://x.invalid";"y")')
    page.get_by_role("button", name="Save as a new revision").click()
    page.wait_for_url(f"**/cases/{case}/")
    expect(page.locator("h1")).to_contain_text("=HYPERLINK")
    expect(page.locator(".history li")).to_have_count(2)
    page.goto(f"{room.address}/cases/")
    with page.expect_download() as download:
        page.get_by_label("csv, with names").click()
    download.value.save_as(tmp_path / "cases.csv")
    with (tmp_path / "cases.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    cells = [cell for line in lines for cell in line]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]
    with page.expect_download() as download:
        page.get_by_label("html, with names").click()
    download.value.save_as(tmp_path / "cases.html")
    assert ("export",) in rows(room, "action", table="store_auditentry")
    for width in (1280, 820):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("cases/", "cases/timeline/", "cases/map/", f"cases/{case}/", f"cases/{case}/edit/"):
            sound(page, f"{room.address}/{path}")
        sound(page, f"file://{tmp_path / 'cases.html'}")
        expect(page.locator("article h3").first).to_contain_text("=HYPERLINK")
    page.context.close()


def test_two_read_alone_and_a_third_settles(browser: Browser, room: Room) -> None:
    carla = visit(browser, room, "carla")
    carla.goto(f"{room.address}/rounds/")
    carla.fill("[name=name]", "spring")
    carla.fill("[name=share]", "5")
    for name in ("amina", "brahim"):
        carla.get_by_label(name, exact=True).check()
    carla.get_by_role("button", name="Give out").click()
    expect(carla.locator(".message.success")).to_be_visible()
    for name, key in (("amina", "1"), ("brahim", "3")):
        reader = visit(browser, room, name)
        reader.goto(f"{room.address}/rounds/")
        reader.locator("a.button").click()
        reader.wait_for_url("**/candidates/**")
        expect(reader.locator(".history")).to_contain_text("You read this alone")
        press_to_next(reader, key)
        reader.context.close()
    carla.goto(f"{room.address}/rounds/spring/")
    sound(carla, carla.url)
    carla.get_by_role("button", name="Settle").click()
    carla.wait_for_url("**/candidates/**")
    candidate = here(carla)
    press_to_next(carla, "1")
    made = rows(room, "kind, reading", f"subject_id = '{candidate}' AND round = 'spring'")
    assert made == [("accept_new", "blind"), ("not_a_case", "blind"), ("accept_new", "adjudication")]
    assert rows(room, "1", f"candidate_id = '{candidate}'", "store_case") == [(1,)]
    carla.context.close()


def close_to_all_but_brahim(steward: Page, room: Room, document: str) -> None:
    """Put a document into a restricted collection, as a steward does."""
    steward.goto(f"{room.address}/collections/")
    steward.fill("[name=name]", "closed")
    steward.check("[name=restricted]")
    steward.get_by_label("brahim").check()
    steward.get_by_role("button", name="Save").click()
    steward.wait_for_url("**/collections/closed/")
    file = rows(room, "file", f"id = '{document}'", "store_document")[0][0]
    steward.fill(".line-form [name=query]", Path(file).name)
    steward.get_by_role("button", name="Find").click()
    steward.locator(".choices [name=document]").first.check()
    steward.get_by_role("button", name="Put the ticked ones in").click()
    expect(steward.locator(".message.success")).to_be_visible()


def test_a_closed_collection_is_refused_at_guessed_addresses(browser: Browser, room: Room) -> None:
    reader = visit(browser, room, "dawud")
    candidate = open_first(reader)
    document, page_number, passage = rows(
        room,
        "document_id, page_number, id",
        f"id IN (SELECT passage_id FROM store_candidate_passages WHERE candidate_id = '{candidate}')",  # noqa: S608
        "store_passage",
    )[0]
    steward = visit(browser, room, "elene")
    for path in ("overview/", "accounts/", "collections/", "log/"):
        sound(steward, f"{room.address}/{path}")
    close_to_all_but_brahim(steward, room, document)
    guessed = (
        f"candidates/{candidate}/",
        f"documents/{document}/{page_number}/",
        f"documents/{document}/{page_number}/3.png",
        f"documents/{document}/{page_number}/frame/1/?passage={passage}",
    )
    for path in guessed:
        answer = reader.goto(f"{room.address}/{path}")
        assert answer and answer.status == 403, path
    reader.goto(f"{room.address}/queue/?state=all")
    assert reader.locator(f'a.title[href*="{candidate}"]').count() == 0
    steward.goto(f"{room.address}/log/?action=refused")
    expect(steward.locator("tbody tr").filter(has_text="dawud").first).to_be_visible()
    steward.goto(f"{room.address}/collections/closed/")
    steward.uncheck("[name=restricted]")
    steward.get_by_role("button", name="Save").click()
    expect(steward.locator(".message.success")).to_be_visible()
    reader.context.close()
    steward.context.close()


def test_a_person_works_in_french(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "brahim")
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    candidate = open_first(page)
    expect(page.locator(".verdicts")).to_contain_text("Nouveau cas")
    expect(page.locator(".claims")).to_contain_text("janvier 2020")
    page.context.set_offline(True)
    page.keyboard.press("3")
    expect(page.locator("#trouble")).to_contain_text("La connexion est perdue")
    page.context.set_offline(False)
    press_to_next(page, "3")
    assert rows(room, "kind", f"subject_id = '{candidate}'")[-1] == ("not_a_case",)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.context.close()


def test_a_full_database_is_told_and_nothing_is_half_recorded(browser: Browser, room: Room) -> None:
    page = visit(browser, room, "amina")
    candidate = open_first(page)
    before = rows(room, "kind", f"subject_id = '{candidate}'")
    unlimited = resource.prlimit(room.process, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    page.keyboard.press("3")
    expect(page.locator("#trouble")).to_contain_text("nothing was recorded")
    assert rows(room, "kind", f"subject_id = '{candidate}'") == before
    resource.prlimit(room.process, resource.RLIMIT_FSIZE, unlimited)
    press_to_next(page, "3")
    assert rows(room, "kind", f"subject_id = '{candidate}'") == [*before, ("not_a_case",)]
    page.context.close()
