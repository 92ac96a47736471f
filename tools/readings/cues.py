"""Cues: the words by which a question asks for a tool, and what they use up of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.words.lexicon import Sense
from orchestration.words.question import Part, Question


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of one tool."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """Phrases by which it is asked for, with how surely it is."""
    words: frozenset[str] = frozenset()
    """Words that are understood beside them."""

    def in_(self, question: Question) -> tuple[float, set[int]]:
        """The weight of the strongest cue in a question, and the parts of all cues; 0 if there is none."""
        best, used = 0.0, set[int]()
        for phrase, weight in self.weights.items():
            found = question.has(phrase)
            if found:
                best = max(best, weight)
                used |= {part.at for part in found}
        return best, used

    def beside(self, question: Question) -> set[int]:
        """The parts that are understood beside the cues."""
        return said(question, self.words)


def _table() -> Mapping[str, Cues]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: Cues(_weights(held), _phrases(held.get("words", ""))) for name, held in told.items()}


def _weights(held: Mapping[str, str]) -> dict[str, float]:
    return {
        phrase: float(weight)
        for weight, phrases in held.items()
        if weight != "words"
        for phrase in _phrases(phrases)
    }


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(";") if phrase.strip())


CUES = _table()
"""The words of all tools."""
CUE_WORDS = frozenset(word for cues in CUES.values() for phrase in cues.weights for word in phrase.split())
BESIDE_WORDS = frozenset(word for cues in CUES.values() for phrase in cues.words for word in phrase.split())


def said(question: Question, words: Iterable[str]) -> set[int]:
    """The parts that are one of these words: explained by a reading, but no cue of it."""
    known = set(words)
    return {part.at for part in question.parts if part.key in known}


def naming(question: Question, *types: str) -> set[int]:
    """The parts that name one of these types."""
    return {part.at for part in question.parts if set(part.types()) & set(types)}


def place(question: Question, *types: str) -> tuple[str, set[int], float]:
    """The name of an object of one of these types, the parts that say it, and how sure it is; "" for none."""
    for type_ in types:
        for part in question.parts:
            fitting = [each for each in part.senses(Sense.NAME) if each.type == type_]
            if fitting:
                best = max(fitting, key=lambda each: each.sure)
                return best.value, {part.at} | _label(question, part, type_), best.sure
    return "", set(), 1.0


def _label(question: Question, part: Part, type_: str) -> set[int]:
    near = (question.before(part, skip=lambda each: each.empty), question.after(part))
    return {each.at for each in near if each is not None and type_ in each.types()}
