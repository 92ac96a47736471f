"""A question as parts: phrases of the language, words with what they stand for, names nobody knows yet."""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from orchestration.words.english import EMPTY, LONGEST_PHRASE, PHRASES, Op
from orchestration.words.lexicon import ABBREVIATIONS, LONGEST, SURE, Lexicon, Meaning, Sense, reduced
from orchestration.words.tokens import Shape, Token, tokens_of

_POLITE = ("please", "can", "could", "you", "now", "kindly")
MISSPELLED = 0.9
"""How sure it is that a name of several words is meant of which one is misspelled."""
_LITERAL = (Shape.NUMBER, Shape.DATE, Shape.ADDRESS, Shape.PREFIX, Shape.MAC, Shape.LENGTH)


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens that belong together."""

    tokens: tuple[Token, ...]
    key: str
    """The words as they were looked up, typos mended."""
    op: Op | None = None
    meanings: tuple[Meaning, ...] = ()
    at: int = 0
    """Its place among the parts."""

    @property
    def text(self) -> str:
        """What was written."""
        return " ".join(token.text for token in self.tokens)

    @property
    def shape(self) -> Shape:
        """What it looks like; of several tokens: a word."""
        return self.tokens[0].shape if len(self.tokens) == 1 else Shape.WORD

    @property
    def literal(self) -> bool:
        """Whether it is a number, an address or the like, which stands for itself."""
        return self.shape in _LITERAL

    @property
    def empty(self) -> bool:
        """Whether a question says the same without it."""
        return self.op is None and not self.meanings and self.shape is Shape.WORD and self.key in EMPTY

    @property
    def named(self) -> bool:
        """Whether it looks like a name: quoted, or no word of the language."""
        return self.shape in (Shape.QUOTED, Shape.NAME)

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of it: a name that the lexicon lacks, or a word that it does not know."""
        return self.op is None and not self.meanings and not self.literal and not self.empty

    def senses(self, sense: Sense) -> tuple[Meaning, ...]:
        """What it stands for in one sense."""
        return tuple(each for each in self.meanings if each.sense is sense)

    def types(self) -> tuple[str, ...]:
        """The object types that it stands for."""
        return tuple(each.type for each in self.senses(Sense.TYPE))


@dataclass(frozen=True)
class Question:
    """A question and its parts, in order."""

    text: str
    parts: tuple[Part, ...]
    lexicon: Lexicon

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words of all parts, reduced, typos mended."""
        return tuple(part.key for part in self.parts)

    @cached_property
    def _words(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(reduced(part.key).split(" ")) for part in self.parts)

    @cached_property
    def _all_words(self) -> frozenset[str]:
        return frozenset(word for words in self._words for word in words)

    def has(self, *phrases: str) -> list[Part]:
        """The parts of the first of these phrases that is in the question; none where none is."""
        for phrase in phrases:
            words = _reduced_words(phrase)
            if self._all_words.issuperset(words):
                found = self._where(words)
                if found:
                    return found
        return []

    def _where(self, words: tuple[str, ...]) -> list[Part]:
        for start in range(len(self.parts)):
            at, matched = start, 0
            while matched < len(words) and at < len(self.parts):
                said = self._words[at]
                if words[matched : matched + len(said)] != said:
                    break
                matched += len(said)
                at += 1
            if matched == len(words):
                return list(self.parts[start:at])
        return []

    def begins(self, *words: str) -> bool:
        """Whether the first word that says something is one of these."""
        return bool(self.parts) and self.parts[0].key.split(" ")[0] in words

    def commands(self, verbs: Container[str]) -> bool:
        """Whether the first word that says something is one of these verbs, and surely no type and no name."""
        first = next((part for part in self.parts if part.key not in _POLITE), None)
        if first is None or first.tokens[0].low not in verbs:
            return False
        return not any(
            each.sense in (Sense.TYPE, Sense.NAME) and each.sure == SURE for each in first.meanings
        )

    def before(self, part: Part, *, skip: Callable[[Part], bool] | None = None) -> Part | None:
        """The part before, without those to skip."""
        at = part.at - 1
        while at >= 0 and skip is not None and skip(self.parts[at]):
            at -= 1
        return self.parts[at] if at >= 0 else None

    def after(self, part: Part, *, skip: Callable[[Part], bool] | None = None) -> Part | None:
        """The part after, without those to skip."""
        at = part.at + 1
        while at < len(self.parts) and skip is not None and skip(self.parts[at]):
            at += 1
        return self.parts[at] if at < len(self.parts) else None

    def candidates(self, most: int = 12) -> list[str]:
        """The texts that may be names of objects that the lexicon lacks: unknown words, alone and with neighbours."""
        found: dict[str, None] = {}
        for start, part in enumerate(self.parts):
            for end in range(start + 1, min(start + 4, len(self.parts)) + 1):
                group = self.parts[start:end]
                if any(each.op is not None or (each.empty and not each.tokens[0].capital) for each in group):
                    break
                if any(self._may_name(each) for each in group) or (
                    len(group) > 1 and group[-1].literal and part.types()
                ):
                    found[" ".join(each.text for each in group)] = None
        return sorted(found, key=len)[:most] if len(found) > most else list(found)

    def _may_name(self, part: Part) -> bool:
        """Whether a part may name what the lexicon lacks: an unknown word; `the Servers VLAN` beside the role."""
        if part.unknown:
            return part.named or part.key not in self.lexicon.spoken
        if not part.senses(Sense.NAME):
            return False
        near = [each for each in (self.before(part), self.after(part)) if each is not None and each.types()]
        return any(not any(name.type in each.types() for name in part.senses(Sense.NAME)) for each in near)


@functools.cache
def _reduced_words(phrase: str) -> tuple[str, ...]:
    """A phrase of the readings' tables, of which there are a few hundred."""
    return tuple(reduced(phrase).split(" "))


def parse(text: str, lexicon: Lexicon, extra: Mapping[str, Sequence[Meaning]] | None = None) -> Question:
    """The parts of a question. `extra` are names (reduced) that were found besides those of the lexicon."""
    tokens = tokens_of(text)
    known = extra or {}
    parts: list[Part] = []
    at = 0
    while at < len(tokens):
        part = _part(tokens, at, lexicon, known)
        parts.append(replace(part, at=len(parts)))
        at += len(part.tokens)
    return Question(text, tuple(parts), lexicon)


def _part(tokens: Sequence[Token], at: int, lexicon: Lexicon, extra: Mapping[str, Sequence[Meaning]]) -> Part:
    phrase = _phrase(tokens, at)
    for length in range(min(LONGEST, len(tokens) - at), 0, -1):
        group = tuple(tokens[at : at + length])
        if phrase is not None and len(phrase.tokens) >= length:
            return phrase
        if length > 1 and any(token.shape in (Shape.MARK, Shape.QUOTED) for token in group):
            continue
        if length == 1 and not _speaks(group[0]):
            found = lexicon.exact(group[0].low) if group[0].capital else ()
            named = tuple(each for each in found if each.sense is Sense.NAME and each.sure == SURE)
            if named:
                return Part(group, group[0].low, meanings=named)
            break
        for key in _spellings(group):
            found = (*extra.get(key, ()), *lexicon.exact(key))
            if found:
                return Part(group, key, meanings=found)
    return _mended(tokens, at, lexicon)


def _mended(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Part:
    """What the lexicon does not have as it is: a typo, the beginning of a name, or unknown."""
    token = tokens[at]
    if token.shape is Shape.WORD and _speaks(token):
        endings = (reduced(token.low), token.low, token.low.removesuffix("es"), token.low.removesuffix("s"))
        for low in dict.fromkeys(endings):
            mended, meanings = lexicon.alike(low)
            if meanings:
                return _longer(tokens, at, mended, lexicon) or Part((token,), mended, meanings=meanings)
        spoken = lexicon.spoken_alike(reduced(token.low))
        if spoken:
            return Part((token,), spoken)
        begun = lexicon.beginning(token.low)
        if begun:
            return Part((token,), token.low, meanings=begun)
    plural = token.shape is Shape.WORD and token.low not in EMPTY
    return Part((token,), reduced(token.low) if plural else token.low)


def _longer(tokens: Sequence[Token], at: int, mended: str, lexicon: Lexicon) -> Part | None:
    """A name of several words whose first was misspelled."""
    for length in range(min(LONGEST, len(tokens) - at), 1, -1):
        group = tuple(tokens[at : at + length])
        key = reduced(" ".join([mended, *(token.low for token in group[1:])]))
        found = lexicon.exact(key)
        if found:
            return Part(
                group, key, meanings=tuple(replace(each, sure=each.sure * MISSPELLED) for each in found)
            )
    return None


def _speaks(token: Token) -> bool:
    """Whether a single word may stand for something: not what any sentence has, unless it is written as a name."""
    return token.shape in (Shape.NAME, Shape.QUOTED) or token.low not in EMPTY


def _phrase(tokens: Sequence[Token], at: int) -> Part | None:
    for length in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
        group = tuple(tokens[at : at + length])
        if any(token.shape is Shape.QUOTED for token in group):
            continue
        op = PHRASES.get(" ".join(token.low for token in group))
        if op is not None:
            return Part(group, " ".join(token.low for token in group), op)
    return None


def _spellings(group: Sequence[Token]) -> Iterable[str]:
    """The keys that tokens may stand under: as they are, and with short forms written out."""
    words = [token.low for token in group]
    yield reduced(" ".join(words))
    for number, word in enumerate(words):
        for long in ABBREVIATIONS.get(word, ABBREVIATIONS.get(word.removesuffix("s"), ())):
            yield reduced(" ".join([*words[:number], long, *words[number + 1 :]]))
