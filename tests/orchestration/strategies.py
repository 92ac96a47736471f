"""Strategies for what an inventory may hold."""

from __future__ import annotations

from hypothesis import strategies as st

NASTY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            " ",
            '"',
            "\\",
            "\x00\x1b[31m",
            "\u202e",
            "null",
            "O'Hare 50% «Süd»",
            "日本語" * 20,
            "👩‍👩‍👧‍👦" * 9,
            "a" * 300,
        ]
    ),
)
"""Text as inventories hold it, which is any text."""
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0),  # no -0.0
    NASTY,
)
CELLS = st.one_of(SCALARS, st.lists(SCALARS, max_size=3))
