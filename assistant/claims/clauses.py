"""Clauses, read from the surface: who does it, how firmly it is meant, and whether it is denied.

This does not parse. It cuts a sentence at the words that part clauses and at verbs joined by `and`, and takes what stands
before the first verb as the subject. What it cannot see is left alone: a check that finds nothing has nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.claims.doers import PEOPLE, PRONOUNS, TOGETHER, Doer, doer_of
from assistant.claims.lexicon import base_verbs, finite_verbs, past_verbs
from assistant.claims.words import FUNCTION_WORDS, Word, readable, words

# Matched in small letters only: May is a month, an Action Plan a name.
_FIRMNESS = {
    "will": r"will|shall|going to|(?<!purpose )(?<!aim )(?<!goal )(?<!objective )(?:is|are) to(?= [a-z])",
    "must": r"must|requir(?:e|es|ed|ing)|obliged|ha(?:s|ve) to|needs? to",
    "should": r"should|ought to|encouraged to|urged? to|recommend(?:s|ed|ing)?",
    "explore": r"explor(?:e|es|ed|ing)|scop(?:es|ed|ing)|scope(?= (?:\w+ )?(?:opportunit|option|way))|to scope|considered for"
    r"|consider(?:s|ed|ing)?|possib(?:le|ly|ility|ilities)|may|might|could|can|cannot|potential(?:ly)?|looking into",
    "plan": r"plans|planned|planning|plan to|inten(?:d|ds|ded|ding|tion|tions)|aim(?:s|ed|ing)? (?:to|at)"
    r"|seek(?:s|ing)? to|hop(?:e|es|ed|ing) to|look(?:s|ed|ing)? forward|working (?:to|on|towards)|expect(?:s|ed|ing)? to"
    r"|expected|scheduled|propos(?:e|es|ed|ing) to",
    "agree": r"agree(?:s|d|ing)?|commit(?:s|ted|ting)?|commitment|pledg(?:e|es|ed|ing)|promis(?:e|es|ed|ing)"
    r"|under(?:took|takes?) to|(?:reach|reached) agreement",
}
_CUE = re.compile("|".join(rf"(?P<{name}>(?<![\w-])(?:{forms})(?![\w-]))" for name, forms in _FIRMNESS.items()))
_ABLE = re.compile(r"\b(?:can|could)\b(?! not| never)")
_SO_THAT = re.compile(r"\bso that\b[^,;]*?\b(?:can|could|may|might|will|would)\b")
_NEGATOR = re.compile(
    r"(?<![\w-])(?:not|no(?! later than| more than| fewer than| less than)|never|neither|nor|none|nobody|nothing|"
    r"cannot|\w+n't|exempt(?:s|ed)?|exemptions?|lack(?:s|ed)?|absence of|no longer|fail(?:s|ed|ing)? to|refus(?:e|es|ed|ing) to|unable to|declin(?:e|es|ed) to)(?![\w-])",
    re.IGNORECASE,
)
_RELATIVES = frozenset({"that", "which", "who"})
_SUBORDINATORS = frozenset("unless if while although though because when where whereas once".split())
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
    "a an the this that these those its their his her our of in on at for from by with between into through during under "
    "and or each every no new joint further increased such other both".split()
)
_PARENTHESES = re.compile(r"\s?\([^()]*\)")


_FIRMLY_NOTHING: frozenset[frozenset[str]] = frozenset({frozenset()})


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence. `is_frame` is an opening such as `Under the agreement,`, which says nothing of its own.

    `firmness` holds each way it can be read: what is joined on by `and` may or may not be explored too.
    """

    words: tuple[Word, ...]
    doer: Doer
    firmness: frozenset[frozenset[str]]
    is_denied: bool
    is_frame: bool = False
    is_reported: bool = False  # its doer is only the one who says so
    is_condition: bool = False
    is_copula: bool = False  # says what something is, so nobody does anything


_ADJUNCTS = frozenset("including alongside through with via as_well_as together_with along_with building_on in".split())


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words between two cuts, the word that cut them off, and where the first verb stands among them, if any does."""

    words: tuple[Word, ...]
    after: str
    verb: int | None
    text: str


@lru_cache(maxsize=4096)
def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of one sentence, in order."""
    return tuple(_of_sentence(readable(_PARENTHESES.sub("", sentence))))


def firmness(text: str) -> frozenset[str]:
    """The kinds of commitment that a stretch of text names."""
    return frozenset(match.lastgroup or "" for match in _CUE.finditer(_SO_THAT.sub(" ", text)))


def denials(sentence: str) -> int:
    """How often a sentence denies; `neither … nor` once."""
    return sum(match.group().casefold() != "nor" for match in _NEGATOR.finditer(readable(sentence)))


def cue_words(text: str) -> frozenset[str]:
    """The words in a text that say how firmly something is meant or that deny it, in small letters."""
    found = [match.group() for pattern in (_CUE, _NEGATOR) for match in pattern.finditer(text)]
    return frozenset(word.small for cue in found for word in words(cue))


def _of_sentence(sentence: str) -> list[Clause]:
    found: list[Clause] = []
    main: Clause | None = None  # the last clause that is not subordinate: what is joined on goes on from there
    for piece in _pieces(sentence):
        frame = _frame_end(sentence, piece)
        if frame:
            found.append(Clause(piece.words[:frame], Doer(), _FIRMLY_NOTHING, is_denied=False, is_frame=True))
            piece = _piece(sentence, piece.words[frame:], "")
        made = _clause(piece, main)
        if found and found[-1] is not main and piece.after in {"and", "or"} and not found[-1].is_frame:
            made = replace(made, firmness=made.firmness | _clause(piece, found[-1]).firmness)  # or it goes on from that
        found.append(replace(made, is_copula=_is_copula(piece)))
        if main is None or piece.after not in _RELATIVES | _SUBORDINATORS:
            main = found[-1]
    return found


def _clause(piece: _Piece, main: Clause | None) -> Clause:
    """The clause that a piece makes, with what it takes over from the main one before it."""
    own, denied = firmness(piece.text), _NEGATOR.search(piece.text) is not None
    doer = doer_of(piece.words, piece.verb, piece.text)
    if _ABLE.search(piece.text):  # "can" allows as often as it doubts
        clause = _clause(_Piece(piece.words, piece.after, piece.verb, _ABLE.sub("", piece.text)), main)
        return replace(clause, firmness=clause.firmness | {held | {"explore"} for held in clause.firmness})
    if main is None:
        return Clause(piece.words, doer, frozenset({own}), denied)
    if piece.after in {"-", ", with"} or (piece.words[0].small.endswith("ing") and piece.after):
        # What is only added to a clause may be meant as firmly as the clause, or simply be so.
        readings = {own} | {held | own for held in main.firmness} | {(held - {"explore"}) | own for held in main.firmness}
        return Clause(piece.words, doer or main.doer, frozenset(readings), denied)
    if piece.after in {"whether", "if"}:
        return Clause(piece.words, doer, frozenset({own, own - {"explore"}}), denied, is_condition=True)
    if piece.after == "that":
        if not doer and main.words[-1].small in finite_verbs():
            return Clause(piece.words, main.doer, frozenset({own}), denied, is_reported=True)
        # "actions that make chains resilient": as firm as what they belong to, or simply so
        return Clause(piece.words, doer or _antecedent(main, piece), frozenset({own} | {held | own for held in main.firmness}), denied)
    if piece.after in {"which", "who"}:
        return Clause(piece.words, doer or _antecedent(main, piece), frozenset({own}), denied)
    if piece.after not in {"and", "or", "but", ",", "resumed"}:
        return Clause(piece.words, doer, frozenset({own}), denied, is_condition=piece.after in {"unless", "if", "whether"})
    if piece.after == "resumed":
        return Clause(piece.words, main.doer, frozenset({own}), denied or main.is_denied)
    first = piece.words[0].small
    if first == "to" or first in base_verbs() - past_verbs():
        readings = {reading | own for held in main.firmness for reading in (held, held - {"explore"})}
        denied = denied or (piece.after == "or" and main.is_denied)
        return Clause(piece.words, doer or main.doer, frozenset(readings), denied)
    if piece.verb is None:
        return Clause(piece.words, main.doer, frozenset(held | own for held in main.firmness), main.is_denied or denied)
    return Clause(piece.words, doer or (main.doer if _is_elided(piece) else Doer()), frozenset({own}), denied)


def _is_copula(piece: _Piece) -> bool:
    if piece.verb is None or piece.words[piece.verb].small not in {"is", "are", "was", "were"}:
        return False
    following = [word.small for word in piece.words[piece.verb + 1 :] if word.small not in {"also", "not", "still", "now"}]
    return bool(following) and not (following[0] in past_verbs() | {"to", "being"} or following[0].endswith(("ed", "ing")))


def _antecedent(main: Clause, piece: _Piece) -> Doer:
    """The name that a relative clause follows, if it follows one and that one acts: `a Task Force that will …`."""
    if piece.words[0].small in {"is", "are", "was", "were"}:
        return Doer()
    run: list[Word] = []
    for word in reversed(main.words):
        if not word.is_capital:
            break
        run.append(word)
    return Doer((frozenset(word.small for word in run),)) if run else Doer()


def _is_elided(piece: _Piece) -> bool:
    return piece.verb == 0 or piece.words[0].small in {"to", "also", "then", "not", *base_verbs(), *past_verbs()}


def _pieces(sentence: str) -> list[_Piece]:
    said = words(sentence)
    pieces: list[_Piece] = []
    begin, after = 0, ""
    for place in range(1, len(said)):
        cut = _cut_before(sentence, said, place) or _resumed(sentence, said, begin, place, after)
        if cut and place > begin:
            pieces.append(_piece(sentence, said[begin:place], after))
            begin, after = (place + 1 if said[place].small in {"and", "or", *_CUTS} else place), cut
    if begin < len(said):
        pieces.append(_piece(sentence, said[begin:], after))
    return [piece for piece in pieces if piece.words]


def _piece(sentence: str, said: Sequence[Word], after: str) -> _Piece:
    kept = tuple(said)
    text = sentence[kept[0].start : kept[-1].end] if kept else ""
    return _Piece(kept, after, _first_verb(sentence, kept), text)


def _cut_before(sentence: str, said: Sequence[Word], place: int) -> str:
    """What parts the words here, or empty: a semicolon, a conjunction, or a verb joined on."""
    word, gap = said[place], sentence[said[place - 1].end : said[place].start]
    if ";" in gap or ":" in gap:
        return ";"
    if " - " in gap:
        return "-"
    if "," in gap and word.small in _ADJUNCTS:
        return ", with"
    if word.small in _CUTS and not (word.small == "that" and said[place - 1].small in {"so", "such"}):
        return word.small
    if word.small in {"and", "or"} and place + 1 < len(said):
        following = said[place + 1].small
        joins_verb = following in finite_verbs() | AUXILIARIES or following in {"to", "also", "will"}
        return word.small if "," in gap or joins_verb else ""
    if "," in gap and word.small.endswith("ing") and len(word.small) > 5:
        return ","
    if "," in gap and word.small in past_verbs() and place + 1 < len(said):  # celebrated one, welcomed another, and …
        following = said[place + 1].small
        return "" if following in _OPENERS else ","
    return ""


def _resumed(sentence: str, said: Sequence[Word], begin: int, place: int, after: str) -> str:
    """What parts the words where a relative clause is over: `every ferry that carries people | must hold`."""
    if after not in _RELATIVES or _first_verb(sentence, said[begin:place]) is None:
        return ""
    if "," in sentence[said[place - 1].end : said[place].start]:  # "which was signed in 2022, | both sides share"
        subject = said[place].is_capital or said[place].small in {TOGETHER, "the", "they", "it", "both"}
        return ";" if subject and _first_verb(sentence, said[place : place + 8]) else ""
    if said[place].small in AUXILIARIES and said[place - 1].small not in FUNCTION_WORDS:
        return "resumed"
    return ""


def _first_verb(sentence: str, said: Sequence[Word]) -> int | None:
    """Where the first finite verb stands, as far as its form and the word before it tell."""
    for place, word in enumerate(said):
        if word.small in AUXILIARIES or firmness(word.text) & {"will", "must", "should"}:
            return place
        if word.is_capital:
            continue
        if word.small.split("_")[0] in finite_verbs() and _can_be_verb(sentence, said, place):
            return place
        if word.small.endswith("ed") and place and said[place - 1].small in {TOGETHER} | PEOPLE:
            return place
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


def _frame_end(sentence: str, piece: _Piece) -> int:
    """How many words at the beginning are an opening phrase with a comma after it."""
    said = piece.words
    commas = [place for place in range(1, len(said)) if "," in sentence[said[place - 1].end : said[place].start]]
    if not commas or said[0].small not in _OPENERS | _SUBORDINATORS:
        return 0
    verb = _first_verb(sentence, said[commas[0] :])
    if verb is None:
        return 0
    if said[0].small in _SUBORDINATORS:
        return commas[0]
    if piece.verb is not None and piece.verb < commas[0] and said[piece.verb].small in AUXILIARIES | past_verbs():
        return 0  # the main verb stands before the comma: "In 2024 the board met, …"
    return next((place for place in reversed(commas) if place <= commas[0] + verb), 0)
