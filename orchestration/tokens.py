"""Counts the tokens of what is really sent, with a real tokenizer (OpenAI's o200k_base)."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Protocol


class _Encoding(Protocol):
    def encode_ordinary(self, text: str) -> Sequence[int]: ...


_PIECES = re.compile(r"[a-z]{1,3}|[A-Z]{1,2}|[0-9]{1,2}|\s|[^\sa-zA-Z0-9]")


LONGEST_TOKEN = 128
"""Characters of the longest token there is: so many spaces."""
MOST_TOKENIZED = 999_999
"""Characters: the tokenizer refuses longer texts, and no budget has room for them."""


def count_tokens(text: str) -> int:
    """The number of o200k_base tokens of `text`; never fewer than there are."""
    return len(_tokenizer().encode_ordinary(text))


def fits(text: str, budget: int) -> bool:
    """Whether `text` is at most `budget` tokens. What is short or long enough to tell is not tokenized."""
    if len(text) > min(LONGEST_TOKEN * budget, MOST_TOKENIZED):
        return False
    if len(text) <= budget and len(text.encode()) <= budget:
        return True
    try:
        return count_tokens(text) <= budget
    except ValueError:
        return False  # The tokenizer refuses what is more than 200,000 tokens; no budget has room for that.


def warm_up() -> None:
    """Load the tokenizer ahead of the first long answer (about a second)."""
    _tokenizer()


@functools.cache
def _tokenizer() -> _Encoding:
    try:
        import bpe_openai
    except ImportError:
        # No wheel for this platform: an estimate that errs on the safe side keeps budgets.
        return _SafeEstimate()
    encoding: _Encoding = bpe_openai.get_encoding("o200k_base")
    return encoding


class _SafeEstimate:
    """As many pieces as the tokenizer makes or more, for any text: outside ASCII, one a byte."""

    def encode_ordinary(self, text: str) -> Sequence[int]:
        return range(sum(1 if piece.isascii() else len(piece.encode()) for piece in _PIECES.findall(text)))
