"""Spans of addresses, held against the sets of addresses that they stand for."""

from __future__ import annotations

import ipaddress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.spans import (
    Span,
    amount,
    blocks,
    cover,
    covered,
    gaps,
    host_span,
    largest_block,
    merged,
    network_span,
    outermost,
    range_span,
    roomiest,
)

MOST = 200
SPANS = st.tuples(st.integers(0, MOST), st.integers(0, MOST)).map(lambda ends: Span(4, min(ends), max(ends)))
NETWORKS = st.tuples(st.sampled_from([4, 6]), st.integers(0, 8), st.integers(0, 255)).map(
    lambda told: Span(
        told[0], told[2] >> told[1] << told[1], (told[2] >> told[1] << told[1]) + (1 << told[1]) - 1
    )
)


def points(*spans: Span) -> set[int]:
    return {number for span in spans for number in range(span.first, span.last + 1)}


@given(st.lists(SPANS, max_size=8))
def test_merged_spans_hold_the_same_addresses_apart_from_each_other(spans: list[Span]) -> None:
    found = merged(spans)
    assert points(*found) == points(*spans)
    assert all(one.last + 1 < other.first for one, other in pairwise(found))


@given(SPANS, st.lists(SPANS, max_size=8))
def test_what_is_taken_and_what_is_left_make_up_the_whole(whole: Span, spans: list[Span]) -> None:
    taken = merged(spans)
    left = list(gaps(whole, taken))
    assert points(*left) == points(whole) - points(*spans)
    assert covered(whole, taken) + sum(span.size for span in left) == whole.size


@given(SPANS, st.integers(24, 32))
def test_blocks_are_the_aligned_networks_that_fit(free: Span, length: int) -> None:
    size = 2 ** (32 - length)
    starts = [at for at in range(0, MOST + 1, size) if free.first <= at and at + size - 1 <= free.last]
    first, many = blocks(free, length)
    assert many == len(starts)
    assert first == (Span(4, starts[0], starts[0] + size - 1) if starts else None)


@given(SPANS)
def test_the_largest_block_is_a_network_and_no_larger_one_fits(free: Span) -> None:
    block = largest_block(free)
    assert free.holds(block)
    assert network_span(block.network()) == block
    assert block.length == 0 or blocks(free, block.length - 1) == (None, 0)


@given(st.lists(NETWORKS, max_size=10))
def test_the_outermost_networks_hold_all_and_none_another(networks: list[Span]) -> None:
    found = outermost(networks)
    assert all(any(outer.holds(each) for outer in found) for each in networks)
    assert not any(one.meets(other) for one in found for other in found if one is not other)


@given(st.lists(NETWORKS, min_size=1, max_size=10), st.integers(1, 5))
def test_a_cover_is_of_few_networks_that_hold_all(networks: list[Span], most: int) -> None:
    found = cover(networks, most)
    assert len(found) <= max(most, len({each.version for each in networks}))
    assert all(any(outer.holds(each) for outer in found) for each in networks)
    assert all(network_span(each.network()) == each for each in found)
    assert not any(one.meets(other) for one in found for other in found if one is not other)
    if most >= len(outermost(networks)):
        assert found == outermost(networks)


@given(st.integers(0, 255), st.lists(NETWORKS, max_size=6))
def test_the_roomiest_network_around_an_address_meets_nothing(number: int, networks: list[Span]) -> None:
    host, whole = Span(4, number, number), Span(4, 0, 255)
    taken = [each for each in networks if not each.holds(host)]
    found = roomiest(whole, host, taken)
    assert found.holds(host)
    assert whole.holds(found)
    assert not any(each.meets(found) for each in taken)
    if found != whole:
        larger = Span(4, found.first // (2 * found.size) * 2 * found.size, 0)
        larger = Span(4, larger.first, larger.first + 2 * found.size - 1)
        assert any(each.meets(larger) for each in taken)


def test_a_cover_is_tight() -> None:
    spans = [network_span(text) for text in ("10.0.0.0/24", "10.0.1.0/24", "172.16.0.0/24", "2001:db8::/64")]
    found = [span.network() for span in cover([span for span in spans if span], 3)]
    assert found == ["10.0.0.0/23", "172.16.0.0/24", "2001:db8::/64"]


@pytest.mark.parametrize("text", ["", None, "rubbish", "10.0.0.0/33", "10.0.0.256", "::1/129"])
def test_what_is_no_address_is_none(text: str | None) -> None:
    assert network_span(text) is None
    assert host_span(text) is None


def test_addresses_are_read_however_they_are_spelled() -> None:
    assert network_span("10.0.0.7/24") == network_span("10.0.0.0/24")
    assert host_span("10.0.0.7/24") == host_span("10.0.0.7")
    assert host_span("2001:DB8:0::7") == host_span("2001:db8::7/64")
    assert range_span("10.0.0.9/24", "10.0.0.7/24") is None
    assert range_span("10.0.0.9", "::1") is None
    assert str(range_span("10.0.0.7/24", "10.0.0.9/24") and range_span("10.0.0.7", "10.0.0.9").ends()) == (  # type: ignore[union-attr]
        "10.0.0.7-10.0.0.9"
    )


@given(st.integers(0, 2**128))
def test_an_amount_is_exact(number: int) -> None:
    shown = amount(number)
    if isinstance(shown, str):
        assert number >= 2**53
        assert eval(shown.replace(",", "").replace("^", "**")) == number
    else:
        assert shown == number < 2**53


def test_amounts_are_short() -> None:
    assert amount(2**64 - 3) == "2^64-3"
    assert amount(2**64) == "2^64"
    assert amount(65_534 * 2**64) == "65,534*2^64"
    assert amount(int(ipaddress.IPv4Address("255.255.255.255"))) == 4_294_967_295
