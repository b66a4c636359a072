"""Parts of a web page that are its own text though they are folded away, and what its lists and breaks say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.types import Section

ReadBytes = Callable[..., tuple[Section, ...]]
REST = "<p>Dogs are on a lead.</p>" * 20


@pytest.fixture
def read(read_bytes: ReadBytes) -> Callable[[str], tuple[Section, ...]]:
    return lambda page: read_bytes("made.html", page.encode())


@pytest.mark.parametrize(
    "folded",
    [
        "<h2><button aria-expanded=false aria-controls=p1>Fares</button></h2><div id=p1 hidden>{}</div>",
        "<h2 data-toggle=collapse data-target='#p1'>Fares</h2><div id=p1 aria-hidden=true>{}</div>",
        "<h2><a data-toggle=collapse href='#p1'>Fares</a></h2><div id=p1 style='display: none'>{}</div>",
        "<h2>Fares</h2><div class='accordion__content' aria-hidden=true>{}</div>",
        "<h2>Fares</h2><div class='panelCollapse' style='display:none'>{}</div>",
        "<h2>Fares</h2><div hidden=until-found>{}</div>",
        "<h2>Fares</h2><div role=tabpanel hidden>{}</div>",
        "<h2>Fares</h2><details><summary>Who pays</summary>{}</details>",
    ],
)
def test_what_a_reader_unfolds_is_text(read, folded: str) -> None:
    page = folded.format("<p>Children travel free.</p>")

    sections = read(f"<body><h1>Ferries</h1>{page}<h2>Dogs</h2>{REST}</body>")

    assert [section.heading for section in sections] == ["Fares", "Dogs"]
    assert "Children travel free." in sections[0].text


def test_buttons_that_unfold_the_text_are_its_headings(read) -> None:
    sections = read(
        "<body><button class='accordion'>Fares</button><div class='panel'><p>Children travel free.</p></div>"
        "<div><button aria-expanded='false' aria-controls='p2'>Dogs</button></div>"
        f"<div id='p2' hidden>{REST}</div></body>"
    )

    assert [section.heading for section in sections] == ["Fares", "Dogs"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>{}</div>",
        "<div hidden>{}</div>",
        "<span aria-hidden='true'>{}</span>",
        "<div class='panel' hidden>{}</div>",  # nothing before it unfolds it
        "<button aria-controls='m'>Terms</button><div id='m' class='modal' aria-hidden='true'>{}</div>",
        "<button aria-controls='m'>Terms</button><div id='m' role='dialog' hidden>{}</div>",
        "<button aria-controls='m'>Menu</button><div id='m' hidden><a href='/'>{}</a></div>",
        "<button aria-controls='m'>Menu</button><nav id='m' hidden>{}</nav>",
        "<button aria-controls='m'>Search</button><form role='search' id='m' hidden>{}</form>",
    ],
)
def test_what_is_hidden_for_other_reasons_is_no_text(read, hidden: str) -> None:
    (section,) = read(f"<body>{hidden.format('Words of the site')}{REST}</body>")

    assert section.text.startswith("Dogs")


@pytest.mark.parametrize(
    "part",
    [
        "<section><h2>Fares</h2><p>All pay.</p><footer>{}</footer></section>",
        "<h2>Fares</h2><blockquote>All pay.<footer>{}</footer></blockquote>",
        "<h2>Fares</h2><form><p>{} We ask what you think of that, and of the other fares below, "
        "which the county means to raise.</p><label>Your views</label><textarea></textarea></form>",
    ],
)
def test_a_small_part_that_holds_text_is_text_whatever_its_tag(read, part: str) -> None:
    sections = read(
        f"<main><h1>Ferries</h1>{part.format('Children of the county travel free.')}<h2>Dogs</h2>{REST * 4}</main>"
    )

    assert "Children of the county travel free." in sections[0].text


@pytest.mark.parametrize(
    "part",
    [
        "<footer>Words</footer>",
        "<footer class='entry-footer'>Words of the site that are more than a few</footer>",
        "<footer>© Words of the county of Ansley, all rights reserved</footer>",
        "<footer><a href='/'>Words of other pages on ferries of the county</a></footer>",
        "<form><label>Words of a search</label><input type='search'><button>Go</button></form>",
        "<form><p>Words on our news, which you get by mail every week of the year if you give us your address, and "
        "which you can end at any time.</p><input type='email'></form>",
    ],
)
def test_a_small_part_of_the_site_in_the_content_is_left_out(read, part: str) -> None:
    (section,) = read(f"<main>{REST}<article>{REST}{part}</article></main>")

    assert "Words" not in section.text


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("<ol><li>Pay<li>Board</ol>", "1. Pay\n\n2. Board"),
        ("<ol start=3><li><p>Pay</p><p>at the gate</p><li value=7>Board<li>Sit</ol>",
         "3. Pay\n\nat the gate\n\n7. Board\n\n8. Sit"),
        ("<ol type=a><li>Pay<ol class='lower-roman'><li>first<li>then</ol><li>Board</ol>",
         "a. Pay\n\ni. first\n\nii. then\n\nb. Board"),
        ("<ol style='list-style-type: upper-alpha' start=27><li>Pay</ol>", "AA. Pay"),
        ("<ol reversed><li>Pay<li>Board</ol>", "2. Pay\n\n1. Board"),
        ("<ol type=i start=0><li>Pay<li>Board</ol>", "0. Pay\n\ni. Board"),
        ("<ol><li>(a) Pay<li>(b) Board</ol>", "(a) Pay\n\n(b) Board"),
        ("<ol class='list-unstyled'><li>Pay</ol><ol style='list-style: none'><li>Board</ol>", "Pay\n\nBoard"),
        ("<ol class='govuk-list'><li>Pay</ol><ol class='govuk-list govuk-list--number'><li>Board</ol>",
         "Pay\n\n1. Board"),
        ("<ol><li><ul><li>Pay</ul><li><ol><li>Board</ol></ol>", "1. Pay\n\n2. 1. Board"),
        ("<table><tr><td>Then<td><ol><li>pay<li>board</ol></table>", "Then | 1. pay 2. board"),
        ("<ul><li>Pay</ul>", "Pay"),
    ],
)  # fmt: skip
def test_items_carry_the_numbers_that_a_browser_shows(read, listed: str, text: str) -> None:
    assert read(f"<body>{listed}</body>")[0].text == text


def test_the_heading_in_an_item_has_the_name_that_a_contents_list_gives_it(read) -> None:
    sections = read(f"<ol><li><h2>Fares</h2><p>All pay.</p><li><h2>Dogs</h2>{REST}</ol>")

    assert [(section.heading, section.text[:8]) for section in sections] == [
        ("Fares", "All pay."),
        ("Dogs", "Dogs are"),
    ]


def test_two_line_breaks_part_paragraphs_and_one_does_not(read) -> None:
    (section,) = read("<p>All pay.<br>Children<br>do not.<br> <br/>Dogs pay.<br><br><br>On Sundays.</p>")

    assert section.text == "All pay. Children do not.\n\nDogs pay.\n\nOn Sundays."


@pytest.mark.parametrize("tag", ["del", "s", "strike", "span style='text-decoration: line-through'"])
def test_struck_text_is_no_text(read, tag: str) -> None:
    (section,) = read(f"<p>A fee of <{tag}>£10</{tag.split(maxsplit=1)[0]}> <ins>£12</ins> is due.</p>")

    assert section.text == "A fee of £12 is due."


def test_a_typed_text_that_was_put_on_a_page_is_read_as_one(read) -> None:
    sections = read(
        "<html><body><pre>\nSECTION 1. SHORT TITLE.\n\n    This Act is known to everybody here as\nthe Ferries Act.\n\n"
        "SEC. 2. FARES.\n\n"
        "    (a) All pay.\n    (b) Children of the <b>county</b> do not.\n</pre></body></html>"
    )

    assert [(section.heading, section.text) for section in sections] == [
        ("SECTION 1. SHORT TITLE.", "This Act is known to everybody here as the Ferries Act."),
        ("SEC. 2. FARES.", "(a) All pay.\n\n(b) Children of the county do not."),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p><span>(1)</span><span>The fee is due.</span></p>", "(1) The fee is due."),
        ("<p><span class='no'>12A</span><span>Fares</span></p>", "12A Fares"),
        ("<p><b>1</b><sup>st</sup> of May</p>", "1st of May"),
        ("<p><b>5</b>G or <b>2</b>nd</p>", "5G or 2nd"),
        ("<p><b>A</b>ll pay.</p>", "All pay."),
    ],
)
def test_a_number_in_an_element_of_its_own_is_not_glued_to_its_text(read, written: str, text: str) -> None:
    assert read(f"<body>{written}</body>")[0].text == text


def test_notes_of_an_electronic_book_need_no_link_back(read_bytes: ReadBytes) -> None:
    page = (
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>See<a epub:type='noteref' href='#n1'>1</a> it.</p>"
        "<aside epub:type='footnote' id='n1'><p>By an order.</p></aside><p>All pay.</p></body></html>"
    )

    assert read_bytes("made.xhtml", page.encode())[0].text == "See¹ it.\n\n¹ By an order.\n\nAll pay."


def test_a_main_heading_that_the_page_is_not_named_after_is_not_lost(read) -> None:
    sections = read(f"<title>Ansley</title><h1>Ferries<br>and quays</h1><p>All pay.</p><h2>Dogs</h2>{REST}")

    assert sections[0].document.title == "Ansley"
    assert sections[0].text == "Ferries and quays\n\nAll pay."
