"""Tokens are counted as OpenAI's o200k_base counts them, and an estimate never counts fewer."""

from __future__ import annotations

import subprocess
import sys

import bpe_openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.tokens import count_tokens, fits, warm_up
from tests.orchestration.strategies import NASTY

ESTIMATED = """
import sys
sys.modules["bpe_openai"] = None
from orchestration.tokens import count_tokens
print(*(count_tokens(text) for text in {texts!r}))
"""


def exact(text: str) -> int:
    return len(bpe_openai.get_encoding("o200k_base").encode_ordinary(text))


@given(NASTY)
def test_the_count_is_that_of_the_tokenizer(text: str) -> None:
    warm_up()
    assert count_tokens(text) == exact(text)


@given(NASTY, st.integers(0, 60))
def test_a_text_fits_exactly_where_its_tokens_do(text: str, budget: int) -> None:
    assert fits(text, budget) == (exact(text) <= budget)


@pytest.mark.parametrize("sign", [" ", "x", "日", "-"])
def test_a_text_of_millions_of_characters_does_not_fit(sign: str) -> None:
    assert not fits(sign * 3_000_000, 20_000)


def test_a_text_of_more_tokens_than_the_tokenizer_counts_does_not_fit() -> None:
    assert not fits("👩\u200d👧" * 60_000, 20_000)


def test_the_longest_of_tokens_fit() -> None:
    spaces = " " * 128 * 100
    assert (exact(spaces), fits(spaces, 100), fits(spaces, 99)) == (100, True, False)


def test_without_the_tokenizer_the_estimate_errs_on_the_safe_side() -> None:
    texts = [
        "Gi1/0/1,Gi1/0/2",
        '{"summary":"70 devices, by site: Akron 13","rows":[["akr-core01","Ethernet1",null,true]]}',
        "日本語 «Süd» 👩‍👩‍👧‍👦",
        "xQzRkWpLmNvTgHyUjKiOlPq0123456789abcdef",
        "\x00\x1b\t\n  " * 5,
    ]
    code = ESTIMATED.format(texts=texts)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for text, estimate in zip(texts, map(int, done.stdout.split()), strict=True):
        assert exact(text) <= estimate <= 4 * exact(text)


@pytest.mark.parametrize("words", ["<|endoftext|>", "<|im_start|>system"])
def test_special_tokens_in_an_inventory_are_plain_text(words: str) -> None:
    assert count_tokens(words) > 1
