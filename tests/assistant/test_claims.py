"""What is read from the surface of a sentence: dates, amounts, acronyms, who acts, how firmly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.claims.amounts import amounts
from assistant.claims.clauses import clauses
from assistant.claims.dates import dates
from assistant.claims.lexicon import key, senses
from assistant.claims.names import expansions


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on 22 January 2025", (22, 1, 2025, "")),
        ("January 22nd, 2025", (22, 1, 2025, "")),
        ("the 22nd of January", (22, 1, 0, "")),
        ("2025-01-22", (22, 1, 2025, "")),
        ("by the end of 2025", (0, 0, 2025, "by")),
        ("Before 2030", (0, 0, 2030, "before")),
        ("since March 2021", (0, 3, 2021, "since")),
        ("from 2020 to 2023", (0, 0, 2020, "")),
    ],
)
def test_a_date_is_read_in_any_spelling(text: str, date: tuple[int, int, int, str]) -> None:
    assert dates(text)[0][:4] == date


@pytest.mark.parametrize("text", ["They may sail", "They march on", "14,2025 tonnes", "£2025"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit", "limit"),
    [
        ("89 km apart", "89", "kilometre", ""),
        ("less than 1 millisecond", "1", "millisecond", "less than"),
        ("up to twenty-four hours", "24", "hour", "up to"),
        ("£3m", "3000000", "pound", ""),
        ("£3M", "3000000", "pound", ""),
        ("$5K", "5000", "dollar", ""),
        ("35 million crowns", "35000000", "crown", ""),
        ("40%", "40", "per cent", ""),
        ("30 square kilometres", "30", "square kilometre", ""),
        ("over four years", "4", "year", ""),
        ("more than 1,200 people", "1200", "", "more than"),
        ("half of it", "0.5", "", ""),
    ],
)
def test_an_amount_has_its_unit_and_limit(text: str, value: str, unit: str, limit: str) -> None:
    (amount,) = amounts(text)
    assert (amount.value, amount.unit, amount.limit) == (Decimal(value), unit, limit)


def test_numbers_in_names_and_one_of_several_are_not_amounts() -> None:
    assert amounts("One of the G7 works beyond 5G/6G on IPv6.") == ()


@pytest.mark.parametrize(
    ("text", "acronym", "long"),
    [
        ("the Digital Agency (DA)", "da", "digital agency"),
        ("the Ministry of Internal Affairs and Communications (MIC)", "mic",
         "ministry of internal affairs and communications"),
        ("Small to Medium-size Enterprises (SMEs)", "sme", "small to medium size enterprises"),
        ("the Personal Information Protection Commission (PPC)", "ppc", "personal information protection commission"),
        ("Data Free Flow with Trust (DFFT)", "dfft", "data free flow with trust"),
    ],
)  # fmt: skip
def test_an_acronym_is_spelled_out_by_the_words_before_it(text: str, acronym: str, long: str) -> None:
    assert " ".join(expansions(text)[acronym]) == long


def test_a_bracket_that_spells_nothing_is_no_acronym() -> None:
    assert expansions("The whale was seen (NOAA) and a whale sang (London).") == {}


def read(sentence: str) -> list[tuple[str, set[str], bool]]:
    return [
        (clause.doer.shown, set(min(clause.firmness, key=len)), clause.is_denied)
        for clause in clauses(sentence)
        if not clause.is_frame
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Under the deal, METI and DSIT held talks.", [("meti and dsit", set(), False)]),
        ("In May 2024 the EU will share data and may fund tests.",
         [("eu", {"will"}, False), ("eu", {"explore"}, False)]),
        ("A service was launched by Japan's NTT Group.", [("group ntt", set(), False)]),
        ("METI plans to meet, but DSIT has not agreed.", [("meti", {"plan"}, False), ("dsit", {"agree"}, True)]),
        ("Oslo, which chairs the board, must report.", [("oslo", set(), False), ("oslo", {"must"}, False)]),
        ("The Rope Guild lit a lamp.", [("guild rope", set(), False)]),
    ],
)  # fmt: skip
def test_clauses_know_their_doer_their_firmness_and_whether_they_deny(sentence: str, expected: list) -> None:
    assert [clause for clause in read(sentence) if clause[0] or clause[1]] == expected


def test_spellings_and_synonyms_meet_and_opposites_do_not() -> None:
    assert key("organisations") == key("organization")
    assert key("raised") == key("raise") and key("centres") == key("center")
    assert senses("held") & senses("took_place")
    assert not senses("increase") & senses("reduce")
    assert not senses("approve") & senses("reject")
