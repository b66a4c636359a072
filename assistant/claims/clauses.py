"""Clauses, read from the surface: who does it, how firmly it is meant, and whether it is denied.

This does not parse. It takes what stands before the first verb of a piece as the subject, and what a piece leaves out
from the one before it. What it cannot see is left alone: a check that finds nothing has nothing to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.claims.doers import Doer, doer_of
from assistant.claims.firmness import firmness, is_denied, without_ability
from assistant.claims.lexicon import base_verbs, finite_verbs, past_verbs
from assistant.claims.pieces import AUXILIARIES, RELATIVES, SUBORDINATORS, Piece, frame_end, piece_of, pieces
from assistant.claims.words import Word, readable

Readings = frozenset[frozenset[str]]

_PARENTHESES = re.compile(r"\s?\([^()]*\)")
_TO_BE = frozenset({"is", "are", "was", "were"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence. `is_frame` is an opening such as `Under the agreement,`, which says nothing of its own.

    `firmness` holds each way it can be read: what is joined on by `and` may or may not be explored too.
    """

    words: tuple[Word, ...]
    doer: Doer
    firmness: Readings
    is_denied: bool
    is_frame: bool = False
    is_reported: bool = False  # its doer is only the one who says so
    is_condition: bool = False
    is_copula: bool = False  # says what something is, so nobody does anything


@lru_cache(maxsize=4096)
def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of one sentence, in order."""
    text = readable(_PARENTHESES.sub("", sentence))
    found: list[Clause] = []
    main: Clause | None = None  # the last clause that is not subordinate: what is joined on goes on from there
    for whole in pieces(text):
        frame = frame_end(text, whole)
        if frame:
            nothing = frozenset({frozenset[str]()})
            found.append(Clause(whole.words[:frame], Doer(), nothing, is_denied=False, is_frame=True))
        piece = piece_of(text, whole.words[frame:], "") if frame else whole
        made = _clause(piece, main)
        if found and found[-1] is not main and piece.after in {"and", "or"} and not found[-1].is_frame:
            made = replace(made, firmness=made.firmness | _clause(piece, found[-1]).firmness)  # or it goes on from that
        found.append(replace(made, is_copula=_is_copula(piece)))
        if main is None or piece.after not in RELATIVES | SUBORDINATORS:
            main = found[-1]
    return tuple(found)


def is_sentence(text: str) -> bool:
    """Whether somebody or something has a known verb in it, as far as the surface tells."""
    verbs = (piece.words[piece.verb].small for piece in pieces(readable(text)) if piece.verb)
    return any(verb.split("_")[0] in finite_verbs() | AUXILIARIES or verb.endswith("ed") for verb in verbs)


def _clause(piece: Piece, main: Clause | None) -> Clause:
    """The clause that a piece makes, with what it takes over from the main one before it."""
    able = without_ability(piece.text)
    if able != piece.text:
        clause = _clause(replace(piece, text=able), main)
        return replace(clause, firmness=clause.firmness | {held | {"explore"} for held in clause.firmness})
    own = Clause(
        piece.words,
        doer_of(piece.words, piece.verb, piece.text),
        frozenset({firmness(piece.text)}),
        is_denied(piece.text),
    )
    if main is None or not piece.after:
        return own
    if piece.after in {"-", ", with"} or piece.words[0].small.endswith("ing"):
        return _added(own, main)
    if piece.after in RELATIVES | SUBORDINATORS | {"whether"}:
        return _subordinate(own, piece, main)
    return _joined(own, piece, main) if piece.after in {"and", "or", "but", ",", "resumed"} else own


def _added(own: Clause, main: Clause) -> Clause:
    """What is only added to a clause may be meant as firmly as the clause, or simply be so."""
    readings = own.firmness | _with(own, main.firmness) | _with(own, _unexplored(main.firmness))
    return replace(own, doer=own.doer or main.doer, firmness=readings)


def _subordinate(own: Clause, piece: Piece, main: Clause) -> Clause:
    if piece.after in {"whether", "if", "unless"}:
        unsure = frozenset() if piece.after == "unless" else _unexplored(own.firmness)
        return replace(own, firmness=own.firmness | unsure, is_condition=True)
    if piece.after not in RELATIVES:
        return own
    if piece.after == "that" and not own.doer and main.words[-1].small in finite_verbs():
        return replace(own, doer=main.doer, is_reported=True)
    # "actions that make chains resilient": as firm as what they belong to, or simply so
    readings = own.firmness | (_with(own, main.firmness) if piece.after == "that" else frozenset())
    return replace(own, doer=own.doer or _antecedent(main, piece), firmness=readings)


def _joined(own: Clause, piece: Piece, main: Clause) -> Clause:
    first = piece.words[0].small
    if piece.after == "resumed":
        return replace(own, doer=main.doer or _antecedent(main, piece), is_denied=own.is_denied or main.is_denied)
    if first == "to" or first in base_verbs() - past_verbs():
        readings = _with(own, main.firmness) | _with(own, _unexplored(main.firmness))
        denied = own.is_denied or (piece.after == "or" and main.is_denied)
        return replace(own, doer=own.doer or main.doer, firmness=readings, is_denied=denied)
    if piece.verb is None:
        denied = own.is_denied or main.is_denied
        return replace(own, doer=main.doer, firmness=_with(own, main.firmness), is_denied=denied)
    elided = piece.verb == 0 or first in {"also", "then", "not", *base_verbs(), *past_verbs()}
    return replace(own, doer=own.doer or (main.doer if elided else Doer()))


def _with(own: Clause, readings: Readings) -> Readings:
    return frozenset(mine | held for mine in own.firmness for held in readings)


def _unexplored(readings: Readings) -> Readings:
    """`Agreed to explore one and fund another` explores only the one."""
    return frozenset(held - {"explore"} for held in readings)


def _is_copula(piece: Piece) -> bool:
    if piece.verb is None or piece.words[piece.verb].small not in _TO_BE:
        return False
    following = [word.small for word in piece.words[piece.verb + 1 :]]
    said = next((word for word in following if word not in {"also", "not", "still", "now"}), "")
    return bool(said) and not (said in past_verbs() | {"to", "being"} or said.endswith(("ed", "ing")))


def _antecedent(main: Clause, piece: Piece) -> Doer:
    """The name that a relative clause follows, if it follows one and that one acts: `a Task Force that will …`."""
    run: list[Word] = []
    for word in reversed(main.words if piece.words[0].small not in _TO_BE else ()):
        if not word.is_capital:
            break
        run.append(word)
    return Doer((frozenset(word.small for word in run),)) if run else Doer()
