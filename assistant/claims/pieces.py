"""Where a sentence is cut into pieces, and where the verb of each piece stands, as far as the surface tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims.doers import PEOPLE, PRONOUNS, TOGETHER
from assistant.claims.firmness import firmness
from assistant.claims.lexicon import finite_verbs, past_verbs
from assistant.claims.words import FUNCTION_WORDS, Word, words

RELATIVES = frozenset({"that", "which", "who"})
SUBORDINATORS = frozenset("unless if while although though because when where whereas once".split())
AUXILIARIES = frozenset(
    "is are was were has have had will shall would may might can could must should do does did cannot be been".split()
)
_CUTS = frozenset("how but while whereas which who that although though because unless if when where whether".split())
_OPENERS = frozenset(
    "in at on under by for with within during since after before following from to through building recognising "
    "recognizing amongst among ahead as despite over until unlike besides given based across upon regarding concerning "
    "alongside of beyond throughout between prior ahead_of prior_to built_on building_on".split()
)
_NOT_BEFORE_A_VERB = frozenset(
    "a an the this that these those its their his her our of in on at for from by with between into through during "
    "under and or each every no new joint further increased such other both".split()
)
_ADJUNCTS = frozenset("including alongside through with via as_well_as together_with along_with building_on in".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two cuts, the word that cut them off, and where the first verb stands among them, if any does."""

    words: tuple[Word, ...]
    after: str
    verb: int | None
    text: str


def pieces(sentence: str) -> list[Piece]:
    """The pieces of a sentence, in order."""
    said = words(sentence)
    found: list[Piece] = []
    begin, after = 0, ""
    for place in range(1, len(said)):
        cut = _cut_before(sentence, said, place) or _resumed(sentence, said, begin, place, after)
        if cut and place > begin:
            found.append(piece_of(sentence, said[begin:place], after))
            begin, after = (place + 1 if said[place].small in {"and", "or", *_CUTS} else place), cut
    if begin < len(said):
        found.append(piece_of(sentence, said[begin:], after))
    return [piece for piece in found if piece.words]


def piece_of(sentence: str, said: Sequence[Word], after: str) -> Piece:
    """These words of a sentence as a piece; `after` is what cut them off."""
    kept = tuple(said)
    text = sentence[kept[0].start : kept[-1].end] if kept else ""
    return Piece(kept, after, _first_verb(sentence, kept), text)


def _cut_before(sentence: str, said: Sequence[Word], place: int) -> str:
    """What parts the words here, or empty: a semicolon, a conjunction, or a verb joined on."""
    word, gap = said[place], sentence[said[place - 1].end : said[place].start]
    following = said[place + 1].small if place + 1 < len(said) else ""
    if mark := next((mark for mark in (";", ":", " - ") if mark in gap), ""):
        return mark.strip()
    if word.small in _CUTS and not (word.small == "that" and said[place - 1].small in {"so", "such"}):
        return word.small
    if word.small in {"and", "or"}:
        joins_verb = following in finite_verbs() | AUXILIARIES | {"to", "also", "will"}
        return word.small if following and ("," in gap or joins_verb) else ""
    return _cut_at_comma(word, following) if "," in gap else ""


def _cut_at_comma(word: Word, following: str) -> str:
    if word.small in _ADJUNCTS:
        return ", with"
    if word.small.endswith("ing") and len(word.small) > 5:
        return ","
    # celebrated one, welcomed another, and …; but not: the exchange, held in March, …
    return "," if word.small in past_verbs() and following and following not in _OPENERS else ""


def _resumed(sentence: str, said: Sequence[Word], begin: int, place: int, after: str) -> str:
    """What parts the words where a relative clause is over: `every ferry that carries people | must hold`."""
    if after not in RELATIVES or _first_verb(sentence, said[begin:place]) is None:
        return ""
    if "," in sentence[said[place - 1].end : said[place].start]:  # "which was signed in 2022, | both sides share"
        if said[place].small in AUXILIARIES:
            return "resumed"
        subject = said[place].is_capital or said[place].small in {TOGETHER, "the", "they", "it", "both"}
        return ";" if subject and _first_verb(sentence, said[place : place + 8]) else ""
    if said[place].small in AUXILIARIES and said[place - 1].small not in FUNCTION_WORDS:
        return "resumed"
    return ""


def _first_verb(sentence: str, said: Sequence[Word]) -> int | None:
    """Where the first finite verb stands, as far as its form and the word before it tell."""
    for place, word in enumerate(said):
        if word.is_capital:  # a name, or the month of May
            continue
        if word.small in AUXILIARIES or firmness(word.text) & {"will", "must", "should"}:
            return place
        if word.small.split("_")[0] in finite_verbs() and _can_be_verb(sentence, said, place):
            return place
        if word.small.endswith("ed") and place and said[place - 1].small in {TOGETHER} | PEOPLE:
            return place
    return _after_a_name(sentence, said)


def _after_a_name(sentence: str, said: Sequence[Word]) -> int | None:
    """Where the word stands that comes right after the names in front, a verb that no list has: `The Guild lit …`."""
    for place, word in enumerate(said):
        if not word.is_capital and word.small not in {"the", "and", "of", TOGETHER}:
            follows = place > 0 and said[place - 1].is_capital and word.small not in FUNCTION_WORDS
            return place if follows and "," not in sentence[said[place - 1].end : word.start] else None
    return None


def _can_be_verb(sentence: str, said: Sequence[Word], place: int) -> bool:
    if place == 0:
        return True
    before, word = said[place - 1], said[place]
    if "," in sentence[before.end : word.start] or before.small in _NOT_BEFORE_A_VERB:
        return False
    if word.small in past_verbs() or before.is_capital or before.small in PRONOUNS:
        return True
    plural = before.small.endswith("s") and before.small not in FUNCTION_WORDS
    return plural != word.small.endswith("s") or before.small.endswith("ly") or before.small == "also"


def frame_end(sentence: str, piece: Piece) -> int:
    """How many words at the beginning are an opening phrase with a comma after it: `In 2024,`, `Unless it rains,`."""
    said = piece.words
    commas = [place for place in range(1, len(said)) if "," in sentence[said[place - 1].end : said[place].start]]
    if not commas or said[0].small not in _OPENERS | SUBORDINATORS:
        return 0
    verb = _first_verb(sentence, said[commas[0] :])
    if verb is None or said[0].small in SUBORDINATORS:
        return 0 if verb is None else commas[0]
    if piece.verb is not None and piece.verb < commas[0] and said[piece.verb].small in AUXILIARIES | past_verbs():
        return 0  # the main verb stands before the comma: "In 2024 the board met, …"
    return next((place for place in reversed(commas) if place <= commas[0] + verb), 0)
