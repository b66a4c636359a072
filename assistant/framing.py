"""What frames a question without being part of it: thanks, politeness, who is asking and what for, answers to choose.

"Thanks. Could you tell me when it was signed? I have to brief the minister." asks "when it was signed?". Left in, such
words are searched for, and "Could you …" looks like a question to be answered with yes. Rules about English, never
about a document.
"""

from __future__ import annotations

import re

from assistant.claims.dates import MONTHS
from assistant.question import Question

_ASKED = (  # what the question proper may open with, once its frame is gone
    r"(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|had|will|would|"
    r"can|could|should|list|name|give|show|tell|explain|describe|summari[sz]e|sum|compare|contrast|outline|find|"
    r"condense|set|put|walk|go|any|anything|everything|all|every|each)"
)
_FIRST_PERSON = (
    r"(?:i|we)(?:['’](?:m|ve|d|ll|re)| (?:am|are|have|had|need|needed|must|was|were|want|would|will|work))\b|"
    r"(?:my|our) (?:boss|minister|colleagues?|editor|manager|team|director|office|head|client|professor|teacher)\b"
)
_PURPOSE = r"(?:briefing|report|speech|note|paper|article|slides?|memo|meeting|essay|file|summary|draft|talk)"
_PAUSE = r"(?:\s*[,.!:;–—]+\s*|\s+-+\s+|\s*--+\s*)"  # a hyphen without blanks is part of a word: "next-generation"
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "We need a paragraph on the fair. Can you draft it?": what is needed is the question.
        r"(?<=[?.!])\s*(?:can|could|would|will) you (?:please |kindly )*(?:write|draft|prepare|produce) "
        r"(?:it|this|that|one|something)(?: from (?:the|this) (?:text|statement|document))?(?: please| for (?:me|us))*"
        r"\s*[?.!]*$",
        # Said to the assistant before anything is asked.
        r"^(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|dear [\w ]{1,20}?)(?: there| all)?"
        rf"{_PAUSE}",
        r"^(?:ok|okay|right|great|fair enough|noted|alright|all right|gotcha|makes sense|good to know|thanks|"
        r"many thanks|thank you|cheers|got it|i see|understood|perfect|fine|nice|sure|"
        r"sorry|excuse me|well|so|now|anyway|aha|actually|interesting|good|brilliant|lovely|hm+|oh|ah|"
        r"(?:and )?(?:one more|another|next|quick|last|final|a|my)? ?(?:thing|question|one)|next|"
        r"(?:now )?(?:(?:on )?to |for )?(?:something|anything) (?:else|different)|"
        r"(?:a |on a )?(?:new|different|another|separate) (?:topic|subject|matter|note)|"
        r"(?:changing|to change)(?: the)? (?:topic|subject)|moving on|by the way|btw)"
        rf"(?: (?:then|very much|so much|now|for that|again))?{_PAUSE}",
        r"^(?:please|kindly|pls)[\s,]+",
        rf"^(?:can|could|would|will) (?:you|u|someone|anyone|anybody|somebody)(?: please| kindly| just| quickly| also| "
        rf"possibly)*,? (?:(?:tell|remind|inform) (?:me|us)|let (?:me|us) know|say|confirm|clarify|check)"
        r"(?: please)?,? "
        rf"(?={_ASKED}\b)",
        r"^(?:can|could|would|will) (?:you|u)(?: please| kindly| just| quickly| also| possibly)*,? "
        r"(?=(?:list|name|give|show|explain|describe|summari[sz]e|sum|compare|contrast|outline|find|condense|set|put|"
        r"walk|boil|shorten|recap)\b)",
        rf"^(?:do|does|did|would|might) (?:you|we|they|anyone|anybody|somebody|someone)(?: happen to| even| actually)? "
        rf"know,? (?={_ASKED}\b)",
        rf"^(?:i|we)(?:['’]d| would)? (?:like|love|want|need|wish|have)(?: to| ed to)? (?:know|understand|find out|"
        rf"learn|hear|check|see),? (?={_ASKED}\b)",
        rf"^(?:i|we)(?:['’]m| am|['’]re| are| was| were)?(?: just)? (?:wonder(?:ing|ed)?|curious|trying to (?:find out|"
        rf"understand|work out|establish)|asking|not sure|unsure)(?: about)?,? (?={_ASKED}\b)",
        rf"^(?:just )?(?:wondering|curious|checking),? (?={_ASKED}\b)",
        rf"^(?:tell|remind) (?:me|us),? (?={_ASKED}\b)|^let (?:me|us) know,? (?={_ASKED}\b)",
        rf"^(?:any|got any|no) (?:idea|clue),? (?:of |as to )?(?={_ASKED}\b)",
        # Who asks, and what for.
        rf"^(?:{_FIRST_PERSON})[^.?!;:]*[.!;:–—]+\s*(?=.*\w)",
        rf"^(?:{_FIRST_PERSON})[^.?!;:,]*,\s*(?={_ASKED}\b)",
        rf"^for (?:the|my|our|a|an|his|her|tomorrow['’]s|today['’]s) (?:[\w-]+ ){{0,3}}{_PURPOSE}"
        r"(?: tomorrow| today| next week)?(?:,| (?:i|we)(?:['’]d)? (?:need|want|require|would like|like|must have))"
        r"(?: to know)?,? ",
        rf"(?<=[?.!])\s*(?:{_FIRST_PERSON}|i (?:think|believe|guess|suppose|mean|seem)\b|"
        r"(?:it|this)(?:['’]s| is) for\b)[^?]*$",
        rf"\s*[,;–—]\s*(?:{_FIRST_PERSON}|(?:it|this)(?:['’]s| is) for\b)[^?]*[.!]*$",
        r"(?<=[?.!])\s*(?:please|pls|thanks|many thanks|thank you|cheers|ta|if (?:you can|possible))"
        r"(?: (?:very much|so much|in advance|a lot))?\s*[.!]*$",
        r"[\s,]+(?:please|pls|thanks|thank you|cheers|by the way|btw)\s*(?=[?.!]*$)",
    )
)

# "Where was it held, Brindle or Ottery?" asks where it was held. A model that reads takes the two for an answer, and a
# passage that only speaks of the thing for one that states it. What is older of two is asked of the two.
_NAME = r"(?-i:[A-Z\d])[\w’'.-]*"
_NAMED = rf"(?:(?:in|at|on|near) )?(?:the )?{_NAME}(?: {_NAME}){{0,4}}"
_SHORT = r"(?:(?:the|an?|by|at|on|for|with|from) )?[\w’'/-]+(?: [\w’'/-]+){0,2}"
_COMPARES = (
    r"\b(?:first|last|earl\w+|later|latest|sooner|old\w+|new\w+|more|most|less|least|few\w*|larg\w+|big\w+|small\w+|"
    r"long\w*|short\w*|fast\w*|high\w*|low\w*|strict\w*|further|better|best|worse|closer|strong\w*|differ\w*)\b"
)
_DONE = (
    r"\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|\w{2,}ed|led|held|took|made|ran|gave|paid|"
    r"leads|runs|hosts|chairs)\b"
)
_BEFORE_OFFERED = tuple(
    re.compile(rf"^(?P<asked>{asked})\s*[,;:–—]\s*{offered} or {offered}\s*\?*$", re.IGNORECASE)
    for asked, offered in (
        (
            r"(?:where|when|(?:(?:in|on|at) )?(?:which|what) (?:city|town|venue|place|country|month|year|day))\b"
            r"[^?,;:–—]*\w",
            _NAMED,
        ),
        (
            rf"(?=[^,;:–—]*{_DONE})(?!.*{_COMPARES})"
            r"(?:who|whom|whose|(?:which|what) [a-z]{3,})(?: [^\s,;:–—?]+){2,}",
            rf"(?!(?:in|whether|and)\b){_SHORT}",
        ),
    )
)
# "Was it held in Brindle or in Ottery?" asks where, too.
_MONTH_NAME = rf"(?:{'|'.join(MONTHS)})\b"
_TOWN = r"(?:the )?(?-i:[A-Z])[\w’'.-]*(?: (?-i:[A-Z])[\w’'.-]*){0,2}"
_PLACES_OFFERED = re.compile(
    rf"^(?P<asked>(?:did|does|was|were|is|are|will) (?!.*{_COMPARES})[^,;:?]{{3,120}}?) (?:in|at) (?!{_MONTH_NAME})"
    rf"{_TOWN},? or (?:(?:in|at) )?(?!{_MONTH_NAME}){_TOWN}\s*\?*$",
    re.IGNORECASE,
)
_SENTENCE = 4  # words
# "I have been handed Part Two. What does it say?"
_PLACE = re.compile(r"\b(?:pillar|section|part|chapter|annex|article|schedule|title|paragraph|clause)\b", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:it|this|that|they|them|there)\b", re.IGNORECASE)
# "My team does batteries. What do they say about it?", "We are certified by the Forum. Do they back that forum?"
_ITS_SUBJECT = re.compile(
    r"\b(?:about|on|for|with|to|of|in|under|from|by) (?:it|this|that|them|these)(?: all)?\s*(?:[,;?.!]|$)|"
    r"\b(?:that|this) (?!(?:text|document|statement|paper|report|agreement|is|was|has|will|would|can|the|an?|all|"
    r"they|it|we|year|week|month|day)\b)[a-z]{3,}\b",
    re.IGNORECASE,
)
# "I have a question about the ferry. When does it start?", "My boss says tolls were cut. Is that right?"
_ABOUT = re.compile(r"\b(?:about|on|regarding) (?:the |an? )?\w", re.IGNORECASE)
_POINTS_ON = re.compile(r"\b(?:it|its|they|them|their|these|those)\b", re.IGNORECASE)
# "We export cheese and timber. Which ones are taxed?" asks of nothing by itself, whatever is said before it.
_THE_ONES = re.compile(
    r"\b(?:which|what|the|any) ones?\b(?! (?:of|that|who|which|with|in|on|for|to|is|was|has)\b)|"
    r"\b(?:which|what|any|some|none|all) of (?:them|these|those)\b|\blike (?:that|this|those|these)\s*(?:[,;?.!]|$)",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\b(?:says?|said|thinks?|claims?|believes?|heard|read|told)\b", re.IGNORECASE)
_IS_THAT_SO = re.compile(r"^(?:is|was) (?:that|this|it|he|she) (?:really |actually )?(?:right|true|correct|so)\b", re.I)
_FOR_WHOM = re.compile(
    rf"\b(?:{_PURPOSE}|brief|present|explain|tell|write|speak|boss|minister|manager|director|editor|client|"
    r"professor|teacher|new)\b",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:i|we|my|our)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:i|we|us|our|ours|my|mine)\b", re.IGNORECASE)


def without_framing(text: str) -> str:
    """The question proper, not shouted; the text itself where nothing frames it, or nothing would be left to ask."""
    bare = text.capitalize() if _is_shouted(text) else text
    while True:
        shorter = _without_one(bare)
        if shorter == bare:
            break
        bare = shorter
    for before in _BEFORE_OFFERED:
        if (offered := before.search(bare)) and Question(offered["asked"]).words:
            bare = f"{offered['asked']}?"
    if (offered := _PLACES_OFFERED.search(bare)) and Question(offered["asked"]).words:
        bare = f"Where {offered['asked'][:1].lower()}{offered['asked'][1:]}?"
    return bare[:1].upper() + bare[1:] if bare != text else text


def _without_one(text: str) -> str:
    for frame in _FRAMES:
        found = frame.search(text)
        if not found:
            continue
        left = f"{text[: found.start()]}{text[found.end() :]}".strip()
        # "I work for the ministry. Are we mentioned?": who asks is then a part of it.
        tells_of_self = _SELF.search(found.group()) and _WE.search(left)
        names_it = (_PLACE.search(found.group()) and _POINTS.search(left)) or _tells_subject(found.group(), left)
        if Question(left).words and not tells_of_self and not names_it:
            return left
    return text


def _tells_subject(frame: str, left: str) -> bool:
    """Whether a frame says what the question behind it points at, not only who asks and what for."""
    if not _SELF.search(frame):
        return False
    if _SAYS.search(frame) and _IS_THAT_SO.search(left):
        return True
    if len(Question(frame).words) > 1 and _THE_ONES.search(left):
        return True
    if _FOR_WHOM.search(frame):
        return False
    names_one = len(Question(frame).words) > 1 and _ITS_SUBJECT.search(left)
    return bool(names_one or (_ABOUT.search(frame) and _POINTS_ON.search(left)))


def _is_shouted(text: str) -> bool:
    """Whether it is all in capitals, and more than a name or two; a model reads small letters better."""
    return text.isupper() and len(text.split()) >= _SENTENCE
