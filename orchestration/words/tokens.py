"""A question cut into tokens: words, names, numbers, addresses, quoted text."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """What a token looks like."""

    WORD = "word"
    NAME = "name"
    """With a digit, a dash or the like in it: no word of the language."""
    NUMBER = "number"
    ADDRESS = "address"
    PREFIX = "prefix"
    MAC = "mac"
    DATE = "date"
    LENGTH = "length"
    """The length of a prefix by itself: `/24`."""
    QUOTED = "quoted"
    MARK = "mark"
    """A comma, a comparison sign."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: as it was written, reduced to what is compared, and what it looks like."""

    text: str
    low: str
    shape: Shape
    start: int
    """The offset of its first character in the question."""
    end: int
    capital: bool = False
    """It is written with a capital, and does not begin the question."""


_TOKEN = re.compile(
    r"""
    "(?P<double>[^"]{1,200})" | “(?P<curly>[^”]{1,200})” | (?<!\w)'(?P<single>[^']{1,200})'(?!\w)
  | (?P<mark> <=|>=|!=|<>|[<>=,;!+&] )
  | (?P<chunk> [^\s,;"“”<>=!&?()\[\]{}+]+ )
    """,
    re.VERBOSE,
)
_MAC = re.compile(r"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?:T[\d:]+Z?)?")
_ARROW = re.compile(r"\s*(?:<?--?>|=>|\u2192)\s*")
_LENGTH = re.compile(r"/\d{1,3}(?:s|'s)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_POSSESSIVE = re.compile("['\u2019]s$|['\u2019]$")
_CONTRACTIONS: Mapping[str, tuple[str, ...]] = {
    "what's": ("what", "is"),
    "whats": ("what", "is"),
    "where's": ("where", "is"),
    "wheres": ("where", "is"),
    "who's": ("who", "is"),
    "how's": ("how", "is"),
    "which's": ("which", "is"),
    "there's": ("there", "is"),
    "that's": ("that", "is"),
    "isn't": ("is", "not"),
    "isnt": ("is", "not"),
    "aren't": ("are", "not"),
    "arent": ("are", "not"),
    "don't": ("do", "not"),
    "dont": ("do", "not"),
    "doesn't": ("does", "not"),
    "doesnt": ("does", "not"),
    "haven't": ("have", "not"),
    "havent": ("have", "not"),
    "hasn't": ("has", "not"),
    "hasnt": ("has", "not"),
    "didn't": ("did", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "w/o": ("without",),
    "i'm": ("i", "am"),
    "i'd": ("i", "would"),
    "let's": ("let", "us"),
}


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a question, in order."""
    found: list[Token] = []
    for match in _TOKEN.finditer(_ARROW.sub(" to ", text)):
        quoted = match["double"] or match["curly"] or match["single"]
        if quoted:
            found.append(Token(quoted, plain(quoted), Shape.QUOTED, match.start(), match.end(), capital=True))
        elif match["mark"]:
            found.append(Token(match["mark"], match["mark"], Shape.MARK, match.start(), match.end()))
        else:
            found += _words(match["chunk"], match.start())
    return tuple(found)


def plain(text: str) -> str:
    """Text reduced to what is compared: no case, no accents, no dashes or underscores, single spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.split("[\\s_\\-\u2010-\u2015]+", bare.strip()))


def _words(chunk: str, start: int) -> list[Token]:
    bare = chunk.rstrip(".:…")
    bare = re.sub(r"^[.…]+", "", bare) if not bare[:2].startswith("..") else bare.lstrip(".")
    start += len(chunk.rstrip(".:…")) - len(bare)
    if bare.endswith("::") or chunk.endswith("::"):
        bare = chunk.rstrip(".…")
    if not bare:
        return []
    end = start + len(bare)
    low = bare.casefold().replace("\u2019", "'")
    negated = re.match(r"non-(?=\w)", bare, re.IGNORECASE)
    if negated:
        return [Token("not", "not", Shape.WORD, start, start + 3), *_words(bare[4:], start + 4)]
    if low in _CONTRACTIONS:
        return [Token(word, word, Shape.WORD, start, end) for word in _CONTRACTIONS[low]]
    shape = next((shape for shape, fits in _SHAPES.items() if fits(bare)), None)
    if shape is not None:
        return [Token(bare, bare.casefold(), shape, start, end)]
    bare = _POSSESSIVE.sub("", bare)
    if not bare:
        return []
    hyphened = bool(re.search(r"\w[-.]\w", bare)) and not bare.islower()
    named = hyphened or bool(re.search(r"\d|[_/@#:\\|*~$%^]|\w\.\w", bare))
    shape = Shape.NAME if named else Shape.WORD
    return [
        Token(bare, plain(bare), shape, start, start + len(bare), capital=start > 0 and bare[:1].isupper())
    ]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_prefix(text: str) -> bool:
    if "/" not in text or ("." not in text and ":" not in text):
        return False
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return True


_SHAPES: Mapping[Shape, Callable[[str], object]] = {
    Shape.MAC: _MAC.fullmatch,
    Shape.ADDRESS: _is_address,
    Shape.PREFIX: _is_prefix,
    Shape.DATE: _DATE.fullmatch,
    Shape.LENGTH: _LENGTH.fullmatch,
    Shape.NUMBER: _NUMBER.fullmatch,
}
