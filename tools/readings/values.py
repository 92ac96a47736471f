"""Values in a question: numbers, dates, texts."""

from __future__ import annotations

import re
from typing import Any

from orchestration.words.question import Part
from orchestration.words.tokens import Shape

_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1000}
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_SIZED = re.compile(r"(\d+(?:\.\d+)?)(u|ru|gb|mb|tb|g|m|k)?", re.IGNORECASE)


def number_of(part: Part | None) -> float | None:
    """The number that a part says, whole where it is; None if it says none."""
    if part is None:
        return None
    if part.shape is Shape.NUMBER:
        return _whole(float(part.key.replace(",", ".")))
    if part.key in _NUMBERS:
        return _NUMBERS[part.key]
    sized = _SIZED.fullmatch(part.key)
    return _whole(float(sized[1])) if sized else None


def length_of(part: Part) -> int:
    """The length that `/24` says."""
    return int(re.sub(r"\D", "", part.key))


def date_of(part: Part) -> str | None:
    """The day that a part says, as it was written: 2026-11-01; None if it says none."""
    if _DATE.fullmatch(part.text):
        return part.text
    year = part.shape is Shape.NUMBER and re.fullmatch(r"(?:19|20)\d{2}", part.key)
    return f"{part.key}-01-01" if year else None


def value_of(part: Part) -> Any:
    """A number as a number, all else as it was written."""
    number = number_of(part) if part.shape is Shape.NUMBER else None
    return number if number is not None else part.text


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number
