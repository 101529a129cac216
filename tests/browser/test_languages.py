"""Languages: every word in the reader's, none cut off, and `lang` right at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from borderviz.content import load
from borderviz.permalink import SHEETS
from borderviz.texts import say
from borderviz.ui.take_files import FORMS
from browser.audit import settle
from pseudo import LANG, OPEN, is_pseudo, pseudo_copy

pytestmark = pytest.mark.browser

# What stands in its own words on purpose: titles and publishers of sources, file names
# and ids (`bv-as-is`), and the languages' names for themselves.
OURS = (
    *(".bv-as-is", ".st-key-lang", ".bv-css", "style", "script", "noscript"),
    *("[data-bv=own]", ".bv-own-mark"),  # rows of the reader's own file
)
# Streamlit's own English, which no option changes: icons written as words of a font,
# the tools that show over a chart, "Open" at a choice, "start" and "end" at a slider,
# what a place for files is called where it is only heard.
STREAMLIT = (
    "[data-testid=stIconMaterial]",
    "[data-testid=stElementToolbar]",
    "[data-testid=stSelectbox] button[aria-label=Open]",
    "[data-testid=stSlider] input",
    "[data-testid=stFileUploaderDropzone] button p",
)
# Formats have one name in every language.
FORMATS = [f".st-key-take-get-{form} p" for form in (*FORMS, "png", "svg")]
FORMATS += [f".st-key-take-get-own-{form} p" for form in FORMS]
FORMATS.append(".st-key-take-cite-style button:not(:first-child) p")
OWN_WORDS = ", ".join([*OURS, *STREAMLIT, *FORMATS])
# Words that are seen, with attributes that are read. A whole passage counts, so that ⟦
# and ⟧ around an element inside it are seen together.
PASSAGES = """own => {
  const blocks = "p, li, h1, h2, h3, h4, td, th, summary, caption, dd, dt, text";
  const found = [];
  const root = document.querySelector(".stApp") || document.body;
  for (const element of root.querySelectorAll("*")) {
    const isSeen = element.checkVisibility({ visibilityProperty: true });
    if (!isSeen || element.closest(own)) continue;
    for (const name of ["title", "aria-label", "placeholder", "alt"]) {
      const words = element.getAttribute(name);
      const isSource = name === "title" && element.matches("sup a");
      if (words && !isSource) found.push([name, words]);
    }
    const isText = (node) => node.nodeType === 3 && node.data.trim();
    if (![...element.childNodes].some(isText)) continue;
    const around = element.closest(blocks) || element;
    const copy = around.cloneNode(true);
    copy.querySelectorAll(own).forEach((inner) => inner.replaceWith(" "));
    found.push([around.tagName.toLowerCase(), copy.textContent]);
  }
  return found;
}"""
# Elements that hide a part of their words. What is only for those who listen is one
# pixel wide. Drawn text (SVG) has no box of its own. The bands of a strip have their
# whole name as a title, and in the table below.
CUT = """() => {
  const found = [];
  for (const element of document.querySelectorAll("body *:not(svg *)")) {
    const isText = (node) => node.nodeType === 3 && node.data.trim();
    if (![...element.childNodes].some(isText)) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.matches(".bv-s-bands *")) continue;
    const { overflowX, textOverflow, whiteSpace, display } = getComputedStyle(element);
    const hides = ["hidden", "clip", "ellipsis"];
    const mayCut = hides.includes(overflowX) || hides.includes(textOverflow);
    if (display === "inline" || !(mayCut || whiteSpace === "nowrap")) continue;
    const { clientWidth, scrollWidth, className, textContent } = element;
    if (clientWidth < 3 || scrollWidth <= clientWidth + 1) continue;
    found.push(`${element.tagName}.${className}: ${textContent.slice(0, 60)}`);
  }
  return found;
}"""
# What shows that a view is there.
DRAWN = {
    "sel": ".st-key-detail article",
    "show": ".bv-sheet > *",
    "story": ".bv-story",
    "page": ".bv-page",
}
SIZES = {"wide": (1400, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def pseudo_server(serve, tmp_path_factory):
    """The real atlas in a language that nobody speaks."""
    from conftest import GEODATA

    root = tmp_path_factory.mktemp("pseudo") / "geodata"
    return serve(pseudo_copy(GEODATA, root))


def strangers(frame):
    """Passages of a page or frame with a word that is not translated."""
    return sorted(
        {
            f"{kind}: {words.strip()[:160]}"
            for kind, words in frame.evaluate(PASSAGES, OWN_WORDS)
            if not is_pseudo(words)
        }
    )


def check(dashboard, where):
    """No stranger, nothing cut, no scrolling sideways; in page and map."""
    page = dashboard.page
    found = [(where, text) for text in strangers(page.main_frame)]
    found += [(where, "map", text) for text in strangers(dashboard.frame)]
    found += [(where, "cut", text) for text in page.evaluate(CUT)]
    found += [(where, "cut in the map", text) for text in dashboard.js(CUT)]
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return [*found, (where, f"{wide} pixels too wide")] if wide > 0 else found


@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_left_in_another_language_and_none_is_cut(
    visit, pseudo_server, atlas, size
):
    width, height = SIZES[size]
    dashboard = visit(at=pseudo_server, viewport={"width": width, "height": height})
    record = "2025-10-19-cheorwon-soldier"
    views = ["", f"sel={record}", "list=events", "sel=2024-no-such-record"]
    views += [f"show={sheet}" for sheet in SHEETS]
    views += [f"story={step.id}" for step in atlas.story[:1]]
    views += [f"page={page.id}" for page in atlas.pages]
    views += ["from=1950&to=1951&who=soldier&within=1", "circles=1&layers=none"]
    found = []
    for view in views:
        dashboard.open(f"?v=1&lang={LANG}&{view}")
        drawn = DRAWN.get(view.split("=")[0], DRAWN["sel"])
        if view == "show=take":
            drawn = ".st-key-take-get-page button"
        if view == "show=yours":
            drawn = ".st-key-own-example button"
        if view == "show=charts":
            drawn = ".st-key-charts [role=graphics-document] >> nth=4"
        expect(dashboard.page.locator(drawn)).to_be_visible()
        found += check(dashboard, view)
        if view == "show=yours":
            dashboard.page.locator(drawn).click()
            expect(dashboard.page.locator(".st-key-own-remove button")).to_be_visible()
            for tab in ("table", "strip", "take", "yours"):
                dashboard.page.locator(f".bv-tab-{tab}").click()
                expect(
                    dashboard.page.locator(
                        f".st-key-{tab} .bv-record, .st-key-{tab} .bv-sheet"
                    ).first
                ).to_be_visible()
                settle(dashboard)
                found += check(dashboard, f"own data, {tab}")
    field = dashboard.page.locator(".st-key-search input")
    for query in ("river", "no such thing"):
        field.fill(query)
        expect(dashboard.page.locator(".bv-hits")).to_contain_text(OPEN)
        found += check(dashboard, f"search {query}")
    dashboard.open(f"?v=1&lang={LANG}")
    if size == "phone":
        dashboard.page.locator(".st-key-open label, .st-key-layers-open label").click()
    dashboard.page.locator(".st-key-filters summary").click()
    expect(dashboard.page.locator(".st-key-filter-modes")).to_be_visible()
    found += check(dashboard, "filters unfolded")
    assert not found, "\n".join(dict.fromkeys(map(str, found)))


@pytest.mark.parametrize(("query", "lang"), [("", "en"), ("?lang=ko", "ko")])
def test_the_page_s_language_is_right_once_it_is_there(visit, query, lang):
    dashboard = visit().open(query)
    html = dashboard.page.locator("html")
    expect(html).to_have_attribute("lang", lang)
    labels = dashboard.page.locator(".st-key-layers label:visible")
    assert labels.first.evaluate("e => e.closest('[lang]').lang") == lang
    other = {"en": "한국어", "ko": "English"}[lang]
    dashboard.page.locator(".st-key-lang").get_by_text(other).click()
    expect(html).to_have_attribute("lang", {"en": "ko", "ko": "en"}[lang])
    dashboard.wait_js(
        "lang => document.documentElement.lang === lang", {"en": "ko", "ko": "en"}[lang]
    )


def test_after_a_change_of_language_nothing_else_changes(visit):
    """The browser knows an option by its words, which are others now."""
    dashboard = visit().open()
    page = dashboard.page
    page.locator(".st-key-lang").get_by_text("한국어").click()
    offline = say("basemap-offline", "ko")
    expect(page.locator(".st-key-basemap input")).to_have_value(offline)
    dashboard.checkbox("sites").click()
    expect(dashboard.is_checked("sites")).to_be_checked()
    settle(dashboard)
    assert set(dashboard.query) == {"v", "lang", "layers"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ["1 record here", "2 records here", "1,200 records here"]),
        ("?lang=ko", ["이곳의 항목 1건", "이곳의 항목 2건", "이곳의 항목 1,200건"]),
    ],
)
def test_the_map_counts_as_the_language_does(visit, query, words):
    dashboard = visit().open(query)
    said = "counts => counts.map((count) => borderviz.say('group-title', { count }))"
    assert dashboard.js(said, [1, 2, 1200]) == words


def test_a_passage_in_another_language_says_so(visit, atlas):
    dashboard = visit().open("?lang=ko&sel=2025-10-19-cheorwon-soldier")
    titles = dashboard.detail.locator(".bv-sources .bv-as-is")
    expect(titles.first).to_be_visible()
    for title in titles.all():
        text = title.inner_text()
        if text.isascii() and any(c.isalpha() for c in text):
            assert title.get_attribute("lang") == "en", text


def test_the_pseudo_atlas_is_sound(pseudo_server, tmp_path):
    """The page shows it, so nothing of it was refused."""
    from conftest import ATLANTIS

    assert LANG in load(pseudo_copy(ATLANTIS, tmp_path / "a")).settings.languages
