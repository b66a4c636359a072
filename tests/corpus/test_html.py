"""What of a web page is content, and which of its paragraphs are headings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.types import Section

ReadBytes = Callable[..., tuple[Section, ...]]


@pytest.fixture
def read(read_bytes: ReadBytes) -> Callable[[str], tuple[Section, ...]]:
    return lambda page: read_bytes("made.html", page.encode())


def tree(sections: tuple[Section, ...]) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, section.text) for section in sections]


def test_menus_banners_and_footers_are_left_out(read) -> None:
    sections = read(
        "<body><div id='cookie-banner'>We use cookies</div><div class='breadcrumbs'><a href='/'>Home</a></div>"
        f"<div class='content'><h2>Fares</h2><p>{'Children travel free. ' * 20}</p></div>"
        "<div class='share-links'><a href='/x'>Share</a></div><footer>Contact</footer>"
        "<div style='display:none'>Hidden words</div><script>var fares = 1</script></body>"
    )

    assert [(path, text[:22]) for path, text in tree(sections)] == [(("Fares",), "Children travel free. ")]
    everything = sections[0].text
    assert not any(word in everything for word in ("cookies", "Home", "Share", "Contact", "Hidden", "var"))


def test_a_wrapper_named_like_a_menu_is_still_content(read) -> None:
    (section,) = read("<body class='has-sidebar nav'><p>Children travel free on every ferry.</p></body>")

    assert section.text == "Children travel free on every ferry."


def test_inline_tags_do_not_part_words(read) -> None:
    (section,) = read("<p>The <abbr>AI</abbr> plan of the 8<sup>th</sup> <b>coun</b>cil<br>was read.</p>")

    assert section.text == "The AI plan of the 8th council was read."


def test_a_footnote_stands_behind_the_paragraph_that_has_its_mark(read) -> None:
    (section,) = read(
        "<p>The county runs it.<sup id='r1'><a href='#n1'>[footnote 1]</a></sup> It pays.</p><p>It leaves at seven.</p>"
        "<ol><li id='n1'><p>By an order of the council. <a href='#r1'>↩</a></p></li></ol>"
    )

    assert section.text == ("The county runs it.¹ It pays.\n\n¹ By an order of the council.\n\nIt leaves at seven.")


def test_styled_paragraphs_of_a_law_gazette_are_headings(read) -> None:
    body = "".join(
        f"<p class='oj-ti-art'>Article {number}</p><p class='oj-sti-art'>{title}</p><p class='oj-normal'>It holds.</p>"
        for number, title in enumerate(("Scope", "Terms", "Duties"), start=1)
    )

    sections = read(f"<body><p class='oj-ti-section-1'>CHAPTER I</p><p class='oj-ti-section-2'>Rules</p>{body}</body>")

    assert [section.path[-1] for section in sections] == [
        "CHAPTER I: Rules",
        "Article 1: Scope",
        "Article 2: Terms",
        "Article 3: Duties",
    ]
    assert all(section.path[0] == "CHAPTER I: Rules" for section in sections)


def test_a_statute_whose_sections_are_bold_lines_has_them_as_headings(read) -> None:
    sections = read(
        "<title>Code of Ansley - Chapter 5. Ferries</title>"
        "<article><h2>Chapter 5. Ferries.</h2><b>§ 5-1. Fares.</b><section><p>Fares are paid.</p></section>"
        "<b>§ 5-2. Dogs.</b><section><p>Dogs are on a lead.</p></section></article>"
    )

    assert [(section.heading, section.text) for section in sections] == [
        ("§ 5-1. Fares.", "Fares are paid."),
        ("§ 5-2. Dogs.", "Dogs are on a lead."),
    ]


def test_a_contents_list_of_links_is_not_text(read) -> None:
    links = "".join(f"<li><a href='#s{number}'>Part {number}</a></li>" for number in range(5))

    (section,) = read(f"<body><ul>{links}</ul><p>Children travel free.</p></body>")

    assert section.text == "Children travel free."


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "euc_jp"])
def test_a_page_in_its_own_encoding_is_read(read_bytes: ReadBytes, encoding: str) -> None:
    page = f"<html><head><meta charset='{encoding}'></head><body><p>子どもは無料で乗船できる。</p></body></html>"

    assert read_bytes("made.html", page.encode(encoding))[0].text == "子どもは無料で乗船できる。"


@pytest.mark.parametrize(
    "named",
    [
        "<h2 id='data-sharing'>Fares</h2><p>{}</p>",
        "<h2 class='social-care'>Fares</h2><p>{}</p>",
        "<h2>Fares</h2><p class='print'>{}</p>",
        "<section id='information-sharing'><h2>Fares</h2><p>{}</p></section>",
        "<section id='feedback'><h2>Fares</h2><p>{}</p></section>",
        "<div class='share-of-costs'><h2>Fares</h2><p>{}</p></div>",
        "<div id='inland-navigation'><h2>Fares</h2><p>{}</p></div>",
        "<div class='socialHousing'><h2>Fares</h2><p>{}</p></div>",
        "<div id='feedback-and-complaints'><h2>Fares</h2><p>{}</p></div>",
    ],
)
def test_a_subject_that_has_a_word_of_a_site_in_its_name_is_content(read, named: str) -> None:
    rest = "<p>Dogs are on a lead.</p>" * 20

    sections = read(f"<body>{named.format('Children travel free.')}<h2>Dogs</h2>{rest}</body>")

    assert tree(sections)[0] == (("Fares",), "Children travel free.")


@pytest.mark.parametrize(
    "name",
    [
        "footer", "site-footer", "globalFooter", "cookie-banner", "global-cookie-message", "share-links", "print-link",
        "skip-to-content", "gem-c-breadcrumbs", "usa_breadcrumb__list", "footer-container", "social-share", "feedback",
        "related-links", "searchBox", "page-sidebar-inner", "main-nav",
    ],
)  # fmt: skip
def test_a_part_of_the_site_is_told_by_the_whole_of_its_name(read, name: str) -> None:
    rest = "<p>Dogs are on a lead.</p>" * 20

    for named in (f"class='x {name}'", f"id='{name}'"):
        (section,) = read(f"<body><div {named}>Words of the site</div>{rest}</body>")

        assert "Words" not in section.text


def test_raised_figures_are_no_part_of_the_number_before_them(read) -> None:
    (section,) = read("<p>By 2030<sup>1</sup> 10<sup>-6</sup> or 10<sup>6 </sup>litres, the 8<sup>th</sup> time.</p>")

    assert section.text == "By 2030¹ 10⁻⁶ or 10⁶ litres, the 8th time."


@pytest.mark.parametrize(
    ("head", "encoding", "words"),
    [
        ("", "cp1252", "The board’s évaluation of the county’s vessels and créée."),
        ("", "cp1252", "L’évaluation"),
        ("<meta charset='iso-8859-1'>", "cp1252", "The county’s “ferry” – £12"),
        ("<meta charset='Shift_JIS'>", "cp932", "①子どもは無料で乗船できる。"),
        ("", "cp932", "①子どもは無料で乗船できる。"),
        ("", "euc_jp", "子どもは無料で乗船できる。"),
        ("", "cp932", "東京都渋谷区"),
    ],
)
def test_a_page_is_read_in_the_encoding_a_browser_would_take(read_bytes: ReadBytes, head, encoding, words) -> None:
    page = f"<html><head>{head}</head><body><p>{words}</p></body></html>"

    assert read_bytes("made.html", page.encode(encoding))[0].text == words


@pytest.mark.parametrize(
    "written",
    [
        "<section><header><h2>{}</h2></header>{}</section>",
        "<article><header><div><h2>{}</h2></div></header>{}</article>",
        "<h2><button aria-expanded='true'><span>{}</span></button></h2>{}",
        "<h2><div>{}</div></h2>{}",
        "<div role='heading' aria-level='2'>{}</div>{}",
        "<h2>{} <button>Copy the link</button></h2>{}",
    ],
)
def test_a_heading_in_any_shape_is_one(read, written: str) -> None:
    body = "".join(
        written.format(title, f"<p>{text}</p>" * 9)
        for title, text in (("Eligibility", "All may come."), ("Appeals", "Write to us."))
    )

    sections = read(f"<body><header><h2>Port of Ansley</h2></header><h1>Ferries</h1>{body}</body>")

    assert [section.path for section in sections] == [("Eligibility",), ("Appeals",)]


def test_a_heading_of_two_lines_is_one_and_one_left_open_does_not_hold_the_text_below(read) -> None:
    sections = read(
        f"<h2><div>Part 1</div><div>Appeals</div></h2><p>Write.</p><h2>Fares<div>{'Children travel free. ' * 20}</div>"
        "<h2>Dogs<p>On a lead.</p>"
    )

    assert [section.heading for section in sections] == ["Part 1 Appeals", "Fares", "Dogs"]
    assert sections[1].text.startswith("Children")


def test_a_callout_and_a_caption_are_text_and_links_beside_it_are_not(read) -> None:
    rest = "<p>Dogs are on a lead.</p>" * 20

    (section,) = read(
        "<body><aside class='callout'><p>Buy it at the gate.</p></aside><aside><a href='/a'>Other ferries</a></aside>"
        "<aside class='related'>Read on</aside><aside role='complementary'>Read more</aside>"
        f"<table><caption>What it costs</caption><tr><th>Sloop</th><td>£12</td></tr></table>{rest}</body>"
    )

    assert section.text.startswith("Buy it at the gate.\n\nWhat it costs\n\nSloop | £12\n\nDogs")


def test_characters_that_nobody_sees_are_left_out(read) -> None:
    (section,) = read("<h2>Fa&shy;res</h2><p>Chil&shy;dren\u200b travel\u2060 free, \u202ehere\u202c.</p>")

    assert (section.heading, section.text) == ("Fares", "Children travel free, here.")


def test_headings_of_one_level_stay_at_it_though_some_have_numbers(read) -> None:
    body = "".join(f"<h2>{title}</h2><p>It holds.</p>" for title in ("1. Scope", "2. Duties", "3. Fees", "In force"))

    assert [len(section.path) for section in read(f"<h1>Ferries</h1>{body}")] == [1, 1, 1, 1]
