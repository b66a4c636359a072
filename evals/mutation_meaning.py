"""Makes a true sentence false in what it means: who, whether, how firmly, what else. Each rule gives every variant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.mutation_pool import Pool, put

_FIRMER_OR_WEAKER = (
    (r"\bagreed to (?:further )?(?:explore|consider)\b", ("agreed to launch", "will launch", "discussed")),
    (r"\b(?:are|is) exploring (?:the possibility of |using |the use of )?",
     ("have agreed on ", "will begin ", "rejected ")),
    (r"\b(?:will continue to scope|will keep scoping|will go on scoping)\b",
     ("have agreed on", "will fund", "discussed")),
    (r"\bwill continue\b", ("may continue", "are considering whether to continue")),
    (r"\bwill (?=not\b)", ("may ", "plan to ")),
    (r"\bwill explore\b", ("agreed on", "will fund")),
    (r"\bwill also discuss\b", ("agreed on", "have also adopted")),
    (r"\bwill(?: be)? (?!not|keep|go|continue|explore|also)", ("may {be}", "plan to {be}", "have been asked to {be}")),
    (r"\bcommitted to\b", ("discussed", "plan to consider", "may")),
    (r"\bcommit to\b", ("may", "plan to", "will consider whether to")),
    (r"\blook forward to\b", ("have agreed on", "committed to", "must begin")),
    (r"\b(?:intends|plans) to\b", ("agreed to", "will", "may")),
    (r"\baim to\b", ("will", "agreed to", "may")),
    (r"\bpromised to\b", ("may", "plans to")),
    (r"\bproposed\b", ("agreed on", "promised")),
    (r"\bwas discussed\b", ("was agreed", "will be introduced")),
    (r"\bdiscussed\b", ("agreed on", "will introduce")),
    (r"\bindicated the intention to\b", ("agreed to", "committed to", "may")),
    (r"\bhighlighted\b", ("agreed to fund", "will publish")),
    (r"\brecognise that\b", ("agreed that", "will decide whether")),
    (r"\bmust\b(?! not)", ("may", "should", "plans to")),
    (r"\b(?:may|could be)(?= extend)", ("will", "agreed to", "must")),
    (r"\b(?:is|are) working (?:to|on)\b", ("agreed", "will complete")),
    (r"(?<!will )(?<!to )\bcontinue to\b", ("plan to", "agreed to", "may")),
    (r"\bpromote\b", ("plan to promote", "may promote")),
    (r"\bshare (?=knowledge|information)", ("plan to share ", "agreed to share ")),
)  # fmt: skip
_DENIABLE = r"(?:will|is|are|was|were|has|have|may|must|can|could|had)"
_PLAIN_PASTS = {
    "took": "take", "brought": "bring", "agreed": "agree", "committed": "commit", "highlighted": "highlight",
    "held": "hold", "launched": "launch", "hosted": "host", "presented": "present", "reported": "report",
    "welcomed": "welcome", "thanked": "thank", "proposed": "propose", "promised": "promise", "inspected": "inspect",
    "recorded": "record", "replaced": "replace", "lowered": "lower", "affirmed": "affirm", "reaffirmed": "reaffirm",
    "exchanged": "exchange", "celebrated": "celebrate", "attended": "attend", "provided": "provide", "set": "set",
    "published": "publish", "designated": "designate", "ended": "end", "conducted": "conduct", "chaired": "chair",
    "reduced": "reduce", "established": "establish", "opposed": "oppose", "participated": "participate",
}  # fmt: skip


def actors(text: str, quoted: str, pool: Pool) -> Iterator[str]:
    """Another doer for the one the sentence opens with, after an opening phrase, or after `by`."""
    known = sorted((*pool.both, *pool.actors), key=len, reverse=True)
    found = re.compile(
        rf"(?:(?<=^)|(?<=, )|(?<=\bby )|(?<=\bby the ))(?:{'|'.join(map(re.escape, known))})(?=[ .](?!and |of |in ))"
    )
    for match in found.finditer(text):
        before = text[: match.start()]
        if before and not before.endswith(("by ", "by the ")) and not _opens(before):
            continue
        others = _other_actors(match.group(), quoted, pool)
        for step in (0, 3, 5):
            other = others[(len(text) + step) % len(others)]
            if before and other.startswith("The "):
                other = other[4:] if before.endswith("by the ") else f"the {other[4:]}"
            yield put(text, match, other)


def _other_actors(actor: str, quoted: str, pool: Pool) -> list[str]:
    """Who else it could be: rather someone whom the quoted words name too, because that is harder to see."""
    last = actor.rsplit(maxsplit=1)[-1]
    others = [
        one
        for one in pool.actors
        if not pool.means(one) & pool.means(actor)
        and one.removeprefix("The ").casefold() not in actor.casefold()
        and not re.search(rf"\b{re.escape(last)}\b", one)
    ]
    if actor in pool.both:
        return others
    return [pool.both[0], *([one for one in others if one.removeprefix("The ") in quoted] or others)]


def _opens(before: str) -> bool:
    return bool(
        re.match(
            r"(?:In|At|Under|Over|Before|Since|During|Building|Unless|Recognising|Bilaterally|Ahead|As|Amongst|Of) ?"
            r"[^,]*, $",
            before,
        )
    )


def negations(text: str, _quoted: str, _pool: Pool) -> Iterator[str]:
    """Denied where it is said, said where it is denied."""
    for match in re.finditer(rf"\b{_DENIABLE}\b(?! not\b| no\b)", text):
        if not re.search(r"\b(?:[Nn]o|[Nn]ot|[Nn]either|unless|Unless|that|which)\b", text):
            yield put(text, match, f"{match.group()} not")
            if match.group() in {"is", "are", "has", "have", "will"}:
                yield put(text, match, f"{match.group()} never")
            break
    for past, base in _PLAIN_PASTS.items():
        for match in re.finditer(
            rf"(?<!was )(?<!were )(?<!be )(?<!been )(?<!has )(?<!have )\b{past}\b(?! by| in \w+ \d| up)", text
        ):
            if not re.search(r"\b(?:no|not|[Nn]either|which)\b", text[: match.start()]) and _after_a_doer(
                text, match.start()
            ):
                yield put(text, match, f"did not {base}")
    for pattern, without in (
        (r" not(?: also)?\b(?! limited)", ""), (r"\bNeither (Party|office)\b", r"Either \1"),
        (r"\bno (?=passenger|date)", "a "), (r"\bfor free\b|\bfree of charge\b|\bwithout charge\b", "for a charge"),
    ):  # fmt: skip
        if re.search(pattern, text):
            yield re.sub(pattern, without, text, count=1)


def _after_a_doer(text: str, place: int) -> bool:
    before = text[:place].split()
    people = {"participants", "sides", "countries", "officials", "also", "parties"}
    return bool(before) and not before[-1].endswith(",") and (before[-1][0].isupper() or before[-1] in people)


def commitments(text: str, _quoted: str, _pool: Pool) -> Iterator[str]:
    """Meant more firmly, or less."""
    for pattern, others in _FIRMER_OR_WEAKER:
        match = re.search(pattern, text)
        for other in others if match else ():
            assert match is not None
            yield put(text, match, other.replace("{be}", "be " if match.group().rstrip().endswith(" be") else ""))
    for match in re.finditer(rf"\b(?:{'|'.join(_PLAIN_PASTS)})\b(?! by\b)", text):
        if _after_a_doer(text, match.start()) and match.group() not in {
            "committed",
            "agreed",
            "highlighted",
            "proposed",
        }:
            for firm in ("will", "plan to", "may"):
                yield put(text, match, f"{firm} {_PLAIN_PASTS[match.group()]}")
    for match in re.finditer(r"\b(?:was|were) (?=\w+ed\b|held|set)", text):
        for firm in ("will be ", "may be ", "are planned to be "):
            yield put(text, match, firm)


def items(text: str, quoted: str, pool: Pool) -> Iterator[str]:
    """One thing more, in front of the last of a list or after the end of the sentence."""
    things = [item for item in pool.items if item not in quoted]
    item = r"(?:the )?[\w'-]+(?: [\w'-]+){0,3}"
    for match in re.finditer(rf"(?<=, )(?P<last>{item})(?P<and>,? and )(?={item})", text):
        if not re.match(r"[A-Z]\w+ \(", text[match.end("and") :]):  # "Economy, Trade and Industry (METI)" is one name
            named = match["last"].removeprefix("the ")[0].isupper()
            for other in pool.listed if named else things:
                yield f"{text[: match.start('and')]}, {other}{text[match.start('and') :]}"
    pair = re.search(r"(?<=[a-z5]) and (?P<last>[a-z][\w'-]+(?: [a-z][\w'-]+){0,3})\.$", text)
    if pair:
        yield from (f"{text[: pair.start()]}, {pair['last']} and {other}." for other in things)
    elif re.search(
        r"\b(?:for|on|of|to|in|with|between|through|including) (?:[a-z'-]+ ){0,2}[a-z-]{4,}(?<!ly)\.$", text
    ):
        yield from (f"{text[:-1]} and {other}." for other in things)
