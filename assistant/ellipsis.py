"""A follow-up that leaves out what was said before: "And the cyber one?" after a question on when some talks were.

The new part is put where the old one stood, and "in that same month" becomes the month that was spoken of. Only where
that is plain: "And the venue?" asks for something else, and is left to a language model. Rules about English, never
about a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.dates import MONTHS, without_named_years
from assistant.claims.lexicon import countries
from assistant.parallel import AND
from index.keyword import tokens

_WORDS = r"[\w&'’/-]+(?: [\w&'’/-]+){0,5}?"
_END = r"(?:\s+(?:then|please))?\s*[?.!]*$"
_NEW_THING = re.compile(rf"{AND}(?P<thing>(?:the |an? |our |their )?{_WORDS}){_END}", re.IGNORECASE)
_NEW_PART = re.compile(rf"{AND}(?P<how>on|about|for)\s+(?P<thing>{_WORDS}){_END}", re.IGNORECASE)
_SET_PHRASE = re.compile(
    r"^(?:example|instance|now|sure|good|certain|good measure|the record|the moment|the future|the first time|time|"
    r"balance|the whole|paper|average|what|whom|the other hand|top of (?:this|that))$",
    re.IGNORECASE,
)
# A whole question, or a thing and what is said of it; then it does not only name another thing.
_SAYS_MORE = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|had|will|would|can|could|"
    r"it|its|they|them|that|those|these|this|there|other|others|else|same|two|both|it's)\b",
    re.IGNORECASE,
)
_DONE = r"[a-z]{2,}ed|held|built|begun|set up"
_TAIL = (
    rf"(?P<tail>(?: (?:(?:to )?be )?(?:{_DONE})| (?:take place|taking place|happen|start|begin|end|open|close|last|run|"
    r"cost|be|going|doing|due))?(?: (?:so far|together|this year|last year|in (?:19|20)\d\d))?)\s*[?.!]*$"
)
TIMED = re.compile(
    r"^(?P<ask>(?:when|where|how (?:long|big|large|old|much|far|deep|high)) (?:is|are|was|were|will|did|does|do)) "
    rf"(?P<thing>[^,;:?]{{2,120}}?){_TAIL}",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(rf"\b(?:{_DONE})\b")
_JOINING = r"\b(?:of|in|on|for|from|by|with|between|about|under|at|to)\b"
_ONE = re.compile(r"\bones?$", re.IGNORECASE)
_THAT = r"(?:that|this|those|these)(?=\s*[?.!]*$| (?:up|out|for|in|on|of|to|about|with|the|an?)\b)"
_SUBJECT_FIRST = re.compile(
    r"^about (?!(?:it|its|that|this|them|those|these|their|the (?:other|same))\b)[^:?]{2,60}: ", re.IGNORECASE
)
# What points at it most plainly first: of "what did they say in those?" it is "those".
_RESUMED = {
    pointing: re.compile(
        r"^(?:(?:and|but|so|now)[\s,]+)?(?P<thing>[\w&'’/-]+(?: [\w&'’/-]+){0,7}), (?P<before>"
        r"(?:in |on |at |by |for |with |to |from )?(?:who|whom|whose|what|when|where|which|why|how)\b[^,;:?]*?\b)"
        rf"(?P<pointing>{pointing})\b(?P<after>(?! [a-z]+ed\b)[^?]*\??)$",
        re.IGNORECASE,
    )
    for pointing in (_THAT, "it|its", "they|them|their|there")
}
_ORDER_FOR_ONE = ("it|its", _THAT, "they|them|their|there")
_ORDER_FOR_SEVERAL = (_THAT, "they|them|their|there", "it|its")
# "Now the weir. Who built it?" is about the weir alone, whatever was asked before.
_ANNOUNCED = re.compile(
    r"^(?:(?:ok(?:ay)?|right|fine|good|great|thanks|thank you|got it|understood|perfect|and|so|but)[\s,.!]+)*"
    r"(?:now|next (?:topic|subject|point)|next|moving on|(?:moving|turning|turning now|switching|over) to|on ?to|"
    r"let[’']?s (?:talk about|turn to|move on to|go to|switch to)|"
    r"(?:an?other|a different|different|a new|new) (?:topic|subject|matter)|changing (?:the )?(?:topic|subject))"
    r"[\s,:]+(?:(?:on )?to |onto |for |about )?"
    r"(?P<thing>(?!(?:tell|give|show|list|say|let|let[’']s|explain|describe|name|i|i[’']m|we|you|my|your|question|topic|"
    r"subject|point|one|up|again|then|if|all)\b)[\w&'’/-]+(?: [\w&'’/-]+){0,5})\s*[.:;–—]\s*(?P<rest>\w.*)$",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    r"^(?:in|on|at|of|for|from|by|with|under|after|before|since|during|through|as|if|when|while|once|to|about|besides?|"
    r"according|apart|other|then|yes|no|well|please|sorry|thanks|hi|hello|dear|first|second|third|finally|also|again|"
    r"actually|frankly|honestly|say|look|listen)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?|our|their)\s+", re.IGNORECASE)
# In small letters "may" and "march" are hardly ever months; before a capital a month belongs to a name ("May Report").
_MONTH = (
    rf"\b(?:{'|'.join(map(str.title, MONTHS))}|{'|'.join(name for name in MONTHS if name not in {'may', 'march'})})\b"
    r"(?! [A-Z])(?: (?:19|20)\d\d\b)?"
)
_TIMES = {
    "year": (re.compile(r"\b(?:19|20)\d\d\b"), "in"),
    "month": (re.compile(_MONTH), "in"),
    "day": (re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}"), "on"),
}
_THAT_TIME = re.compile(
    r"(?:(?<!\bsince )(?<!\bafter )(?<!\bbefore )(?<!\bby )(?<!\bfor )(?<!\buntil )(?<!\bof )(?<!\bfrom )(?<!\bis )"
    r"(?<!\bwas )(?<!\bwhy )that(?: very)?(?: same)?|\b(?:in|on|during) (?:that|the)(?: very)?(?: same)?(?<!the)) "
    r"(?P<kind>year|month|day)(?=\s*(?:[?.!,;]|$))",
    re.IGNORECASE,
)
_IS_TIME = re.compile(
    rf"(?:the )?(?:(?:19|20)\d\d\b|(?:{'|'.join(MONTHS)})\b|(?:next|last|this|coming) (?:year|month|week|quarter)\b|"
    r"(?:spring|summer|autumn|winter)\b)",
    re.IGNORECASE,
)
_IN_GENERAL = re.compile(r"^(?:can|may|must|should|is|are|does|do)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:each|every|both|two|all|either)\b", re.IGNORECASE)


def asked_of(earlier: str, last: str) -> str:
    """The earlier question asked of what the last one names; empty where the last asks anything else.

    Args:
        earlier: the question before, standing alone.
        last: the follow-up.
    """
    part = _NEW_PART.match(last)
    if part and not _SAYS_MORE.search(part["thing"]):
        return _with_part(earlier, part["how"].casefold(), part["thing"])
    new, timed = _NEW_THING.match(last), TIMED.match(earlier)
    if not (new and timed) or _SAYS_MORE.search(new["thing"]) or _PARTICIPLE.search(timed["thing"]):
        return ""
    needs_verb = re.search(r" (?:did|does|do|will)$", timed["ask"], re.IGNORECASE)
    if needs_verb and (not timed["tail"] or re.match(rf" (?:{_DONE})\b", timed["tail"])):
        return ""  # the verb stands in the thing, and what belongs to it does too
    head = re.split(_JOINING, timed["thing"])[0].split()
    if not head or not _is_of_the_kind(new["thing"], head[-1]):
        return ""
    thing = _ONE.sub(head[-1], new["thing"])
    has_article = _ARTICLE.match(timed["thing"]) and not _ARTICLE.match(thing) and not thing[:1].isupper()
    return f"{timed['ask']} {'the ' if has_article else ''}{thing}{timed['tail']}?"


def with_time(question: str, said: Sequence[str]) -> str:
    """A question with the date for "that same month", from the first of what was said that holds just one; else as is.

    Args:
        question: the follow-up.
        said: the question before, and the text's sentences that answered it, together.
    """
    if _SEVERAL.search(question):
        return question

    def dated(match: re.Match[str]) -> str:
        if _IN_GENERAL.match(question) and "that" not in match.group().casefold():
            return match.group()  # "Can a boat be fined twice in the same year?"
        pattern, word = _TIMES[match["kind"].casefold()]
        for text in said:
            if found := set(pattern.findall(without_named_years(text))):
                return f"{word} {found.pop()}" if len(found) == 1 else match.group()
        return match.group()

    return _THAT_TIME.sub(dated, question)


def resumed(question: str) -> str:
    """A question with what it opens with in its place: "And the weir, who built that?" asks who built the weir.

    So is "Now the weir. Who built it?", whatever was asked before. Any other question as it is.
    """
    if announced := _ANNOUNCED.match(question):
        return about(announced["thing"], announced["rest"])
    found = {pointing: said for pointing, form in _RESUMED.items() if (said := form.match(question))}
    is_several = any(re.search(r"(?<!s)s$", said["thing"]) for said in found.values())
    said = next((found[one] for one in (_ORDER_FOR_SEVERAL if is_several else _ORDER_FOR_ONE) if one in found), None)
    if not said or _SAYS_MORE.search(said["thing"]) or not _is_named(said["thing"]):
        return question
    thing = re.sub(r"^(?:The|An?|Our|Their)\b", lambda article: article.group().lower(), said["thing"])
    return f"{_capitalised(said['before'])}{_as_pointed_at(thing, said['pointing'])}{said['after']}"


def says_its_subject(question: str) -> bool:
    """Whether a question is put behind what it is about: "About eels: when was the fair?"."""
    return bool(_SUBJECT_FIRST.match(question))


def about(thing: str, asked: str) -> str:
    """A question asked of a thing: in the place of what points at it, else with the thing in front."""
    for pointing in ("those|these", "it|its", _THAT, "there"):  # "they" may be who was spoken of before
        if pointed := re.search(rf"\b(?:{pointing})\b(?! (?:is|are|was|were|be)\b)", asked, re.IGNORECASE):
            before, after = asked[: pointed.start()], asked[pointed.end() :]
            return _capitalised(f"{before}{_as_pointed_at(thing, pointed.group())}{after}")
    return f"About {thing}: {asked}"


def _as_pointed_at(thing: str, pointing: str) -> str:
    """A thing in the form that the word which points at it has: `the weir's` for `its`."""
    if pointing.casefold() in {"its", "their"}:
        return f"{thing}'" if thing.endswith("s") else f"{thing}'s"
    return f"at {thing}" if pointing.casefold() == "there" else thing


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_named(thing: str) -> bool:
    """Whether it names something: neither "in May" nor "of course"."""
    is_name = " " in thing and (thing[:1].isupper() or thing[:1].isdigit())
    return bool(_ARTICLE.match(thing) or is_name or thing.isupper()) and not _ADJUNCT.match(thing)


def _is_of_the_kind(thing: str, head: str) -> bool:
    """Whether a thing can stand for one called `head`: a name, "the other ones", or what is called so too."""
    bare = _ARTICLE.sub("", thing)
    if bare.casefold() in countries():
        return False
    is_name = bare[:1].isupper() or (bare[:1].isdigit() and " " in bare)
    return is_name or bool(_ONE.search(bare)) or bool(set(tokens(head)) & set(tokens(bare)))


def _with_part(earlier: str, how: str, thing: str) -> str:
    """Another thing after the same preposition, where the earlier question has it once and at its end."""
    pattern = re.compile(rf"\b(?P<how>{how}) (?!{_JOINING})(?P<thing>[^,;:?]{{2,80}}?){_TAIL}", re.IGNORECASE)
    if len(re.findall(rf"\b{how}\b", earlier, re.IGNORECASE)) != 1 or not (old := pattern.search(earlier)):
        return ""
    if bool(_IS_TIME.match(old["thing"])) != bool(_IS_TIME.match(thing)):
        return ""  # "What is planned for ports?" - "And for 2027?" is still about ports
    same = old["thing"].casefold() == thing.casefold()
    alike = bool(_ARTICLE.match(old["thing"])) == bool(_ARTICLE.match(thing))
    if same or not alike or _SET_PHRASE.match(thing) or re.search(_JOINING, old["thing"]):
        return ""
    return f"{earlier[: old.start()]}{old['how']} {thing}{old['tail']}?"
