"""The sheet of numbers that differ, read and used as a person does."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def numbers(dashboard):
    dashboard.open("?show=numbers")
    expect(dashboard.page.locator(".bv-differ")).to_be_visible()
    return dashboard


def test_each_question_stands_there_with_its_table(numbers, atlas):
    articles = numbers.page.locator(".bv-differ article")
    expect(articles).to_have_count(len(atlas.questions))
    for number, question in enumerate(atlas.questions):
        article = articles.nth(number)
        expect(article).to_contain_text(question.title["en"])
        expect(article.locator("table caption").first).to_be_attached()


def test_the_contents_lead_to_a_question_inside_the_sheet(numbers, atlas):
    last = atlas.questions[-1]
    numbers.page.locator(".bv-differ").get_by_role(
        "link", name=last.title["en"]
    ).click()
    target = numbers.page.locator(f"#bv-q-{last.id}")
    expect(target).to_be_in_viewport()
    assert numbers.query["show"] == "numbers"


def test_our_own_length_is_marked_as_measured_here(numbers, atlas):
    article = numbers.page.locator("#bv-q-" + atlas.questions[0].id)
    length = f"{atlas.axes['mdl'].line.length_km:.1f}"
    expect(article).to_contain_text("Measured here")
    expect(article).to_contain_text(length)


def test_a_small_number_opens_the_sources_and_shows_the_one(numbers):
    article = numbers.page.locator(".bv-differ article").first
    mark = article.locator("tbody sup a").first
    target = article.locator(mark.get_attribute("href"))
    expect(target).to_be_hidden()
    mark.click()
    expect(target).to_be_visible()
    expect(target).to_be_in_viewport()


def test_whoever_states_a_number_leads_to_the_record(numbers, atlas):
    """A claim's link opens the panel and leaves the sheet where it is."""
    link = numbers.page.locator(".bv-differ tbody a[href^='?']").first
    link.click()
    numbers.page.wait_for_function(
        "() => new URLSearchParams(location.search).get('sel')"
    )
    record = atlas.records[numbers.query["sel"]]
    expect(numbers.title).to_have_text(record.title["en"])
    expect(numbers.page.locator(".bv-differ")).to_be_visible()


def test_marks_lie_on_their_axis_in_the_order_of_their_values(numbers, atlas):
    """What the page draws, measured: a larger value is farther to the right."""
    question = atlas.questions[0]
    pairs = numbers.page.evaluate(
        """id => [...document.querySelector(`#bv-q-${id} table`).tBodies]
          .flatMap((body) => [...body.rows])
          .map((row) => [
            row.querySelector('.bv-n')?.textContent ?? '',
            row.querySelector('.bv-q-plot i:not(.bv-q-here)'),
          ])
          .filter(([value, mark]) => mark && /^[\\d.]+$/.test(value))
          .map(([value, mark]) =>
            [Number(value), mark.getBoundingClientRect().left])""",
        question.id,
    )
    assert len(pairs) >= 4
    ordered = sorted(pairs)
    assert [x for _, x in ordered] == sorted(x for _, x in ordered)


def test_a_phone_reads_it_without_scrolling_sideways(visit):
    phone = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    phone.open("?show=numbers&lang=ko")
    wide = phone.page.evaluate(
        """() => [...document.querySelectorAll('.bv-differ table')]
          .map((t) => t.getBoundingClientRect().right - innerWidth)"""
    )
    assert wide
    assert max(wide) <= 0
