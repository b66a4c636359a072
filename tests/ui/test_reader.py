"""The text as HTML to be read."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlencode

from assistant.ui.reader import paragraph_key, reader
from assistant.ui.words import ENGLISH, JAPANESE


def _tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    found: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda name, attributes: found.append((name, dict(attributes)))
    parser.feed(html)
    return found


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def _marks(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL)]


def test_the_whole_text_is_there_in_order(sections):
    words = _plain(reader(sections, sections[0].document.id, ENGLISH))
    at = 0
    for section in sections:
        for span in section.paragraphs:
            found = words.find(section.text[span.start : span.end], at)
            assert found >= at
            at = found


def test_the_quotes_of_an_answer_are_marked_and_nothing_else(assistant, sections):
    citations = assistant.ask("How is safety regulated?").citations
    html = reader(sections, sections[0].document.id, ENGLISH, citations)
    assert sorted(_marks(html)) == sorted(citation.quote for citation in citations)
    assert _plain(html) == _plain(reader(sections, sections[0].document.id, ENGLISH))


def test_quotes_that_overlap_are_marked_once(assistant, sections):
    whole = assistant.citation("The latest exchange took place in October 2024.", 1)
    part = assistant.citation("exchange took place in October", 2)
    html = reader(sections, sections[0].document.id, ENGLISH, (part, whole))
    assert _marks(html) == [whole.quote]


def test_every_paragraph_and_section_has_a_place_of_its_own(sections):
    html = reader(sections, "", ENGLISH)
    keys = [unescape(key) for key in re.findall(r"data-p='([^']*)'", html)]
    assert keys == [
        paragraph_key(section, number) for section in sections for number, _ in enumerate(section.paragraphs, start=1)
    ]
    assert len(set(keys)) == len(keys)
    assert html.count("data-section=") == html.count("data-heading=") == len(sections)


def test_markup_in_a_document_stays_words(hostile_section):
    html = reader([hostile_section], "hostile", ENGLISH, paragraph="'><script>alert(1)</script>")
    for span in hostile_section.paragraphs:
        assert hostile_section.text[span.start : span.end] in _plain(html)
    tags = _tags(html)
    assert not {name for name, _ in tags} & {"script", "img", "h1", "b"}
    assert not [key for _, attributes in tags for key in attributes if key.startswith("on")]
    assert all(str(attributes["href"]).startswith("?doc=") for name, attributes in tags if name == "a")


def test_one_of_several_documents_is_chosen(sections, hostile_section):
    both = [*sections, hostile_section]
    assert reader(sections, "", ENGLISH).count("<option") == 0
    shown = reader(both, "hostile", ENGLISH)
    assert shown.count("<option") == 2
    assert "data-document='hostile'" in shown
    assert "class='missed'" not in shown + reader(both, "", ENGLISH)


def test_a_document_that_is_not_there_is_said_to_be_none(sections):
    shown = reader(sections, "<b>nowhere", ENGLISH)
    assert f"data-document='{sections[0].document.id}'" in shown
    assert "There is no document “&lt;b&gt;nowhere” here" in shown


def test_a_place_that_is_not_there_is_said_to_be_none(sections):
    known = paragraph_key(sections[0], 1)
    for paragraph, missed in (("", False), (known, False), ("<i>nowhere:1", True)):
        shown = reader(sections, sections[0].document.id, ENGLISH, (), paragraph)
        assert ("is not in this text" in shown) == missed


def test_a_heading_alone_leads_to_the_first_paragraph_below_it(sections):
    above = replace(sections[1], text="")
    shown = reader([sections[0], above, sections[2]], "", ENGLISH)
    leads = urlencode({"p": paragraph_key(sections[2], 1)})
    assert f"{leads}' data-section='{above.anchor}'" in shown


def test_headings_begin_with_the_title_and_skip_no_level(sections):
    levels = [int(name[1]) for name, _ in _tags(reader(sections, "", ENGLISH)) if re.fullmatch(r"h\d", name)]
    assert levels[0] == 2
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_an_empty_library_says_what_to_do():
    assert "communique ingest" in reader([], "", ENGLISH)
    assert "communique ingest" in reader([], "", JAPANESE)
