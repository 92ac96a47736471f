"""How full networks are and what is free in them, over made-up plans, held against sets of addresses."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans import Rows, address_plan, made_up
from tools.address_plan import AGGREGATE, ANY_TABLE, AddressPlan, Network
from tools.spans import BITS, Span, blocks, host_span, network_span, range_span
from tools.utilization import free_addresses, free_space, usable, usage

PLANS = st.randoms(use_true_random=False).map(made_up)
NAMESPACES = st.sampled_from(["", "plan"])
COUNTABLE = 2_000
"""Addresses of a network that a test counts one by one."""


class Counted:
    """A network of a plan as a set of addresses, worked out without spans."""

    def __init__(self, network: Network, plan: Mapping[str, Rows]) -> None:
        whole = network.span
        spans = [span for row in plan["prefixes"] if (span := network_span(row["prefix"])) is not None]
        hosts = [span for row in plan["addresses"] if (span := host_span(row["address"])) is not None]
        ranges = [
            (row, span)
            for row in plan["ranges"]
            if (span := range_span(row["start_address"], row["end_address"])) is not None
        ]
        self.all = points(whole)
        self.children = {n for span in spans if whole.holds(span) and span != whole for n in points(span)}
        self.hosts = {span.first for span in hosts if whole.holds(span)}
        inside = [(row, span) for row, span in ranges if whole.holds(span)]
        self.ranges = {n for _, span in inside for n in points(span)}
        self.populated = {n for row, span in inside if row["mark_populated"] for n in points(span)}
        self.utilized = {n for row, span in inside if row["mark_utilized"] for n in points(span)}

    @property
    def taken(self) -> set[int]:
        return self.children | self.hosts | self.populated


def points(span: Span) -> set[int]:
    return set(range(span.first, span.last + 1))


def countable(plan: AddressPlan) -> list[Network]:
    return [each for each in plan.networks if each.span.size <= COUNTABLE]


@given(PLANS, NAMESPACES)
def test_free_and_used_make_up_the_total(rows: Mapping[str, Rows], namespace: str) -> None:
    plan = address_plan(rows, namespace)
    for network in plan.networks:
        found = usage(network, plan)
        assert found.used is not None
        assert found.free is not None
        assert found.used + found.free == found.total == usable(network).size
        assert found.free == sum(span.size for span in free_addresses(network, plan))
        assert found.utilization is not None
        assert 0 <= found.utilization <= 100


@given(PLANS, NAMESPACES)
def test_used_and_free_are_what_counting_gives(rows: Mapping[str, Rows], namespace: str) -> None:
    plan = address_plan(rows, namespace)
    for network in countable(plan):
        counted, found = Counted(network, rows), usage(network, plan)
        assert found.used == len(counted.taken & points(usable(network)))
        free = {n for span in free_addresses(network, plan) for n in points(span)}
        assert free == points(usable(network)) - counted.taken
        room = {n for span in free_space(network, plan) for n in points(span)}
        assert room == counted.all - counted.taken - counted.ranges


@given(PLANS)
def test_netbox_s_rule_is_what_counting_gives(rows: Mapping[str, Rows]) -> None:
    plan = address_plan(rows)
    for network in countable(plan):
        counted, ends = Counted(network, rows), 0
        if network.span.version == 4 and network.span.length < 31 and network.type == "network":
            ends = 2
        if network.marked:
            share = 1.0
        elif network.type == "container":
            share = len(counted.children) / len(counted.all)
        else:
            share = len(counted.hosts | counted.utilized) / (len(counted.all) - ends)
        assert usage(network, plan).utilization == pytest.approx(min(100 * share, 100))


@given(PLANS)
def test_nautobot_s_rule_is_what_counting_gives(rows: Mapping[str, Rows]) -> None:
    plan = address_plan(rows, "plan")
    for network in countable(plan):
        counted = Counted(network, rows)
        if network.type == "pool" and counted.ranges & counted.children:
            continue  # It depends on which of several ranges lie in one child as a whole.
        used = counted.utilized | (set() if network.type == "container" else counted.hosts)
        used |= set() if network.type == "pool" else counted.children
        whole = len(counted.all)
        ends = {network.span.first, network.span.last}
        if network.type == "network" and network.span.version == 4 and whole > 2 and not ends & used:
            whole -= 2
        assert usage(network, plan).utilization == pytest.approx(min(100 * len(used) / whole, 100))


@given(PLANS, NAMESPACES, st.integers(1, 6))
def test_a_free_prefix_is_free(rows: Mapping[str, Rows], namespace: str, longer: int) -> None:
    plan = address_plan(rows, namespace)
    hosts = [host.span for host in plan.hosts or ()]
    ranges = [each.span for each in plan.ranges]
    for network in plan.networks:
        length = network.span.length + longer
        if length > BITS[network.span.version]:
            continue
        for span in free_space(network, plan):
            block, _ = blocks(span, length)
            if block:
                assert network.span.holds(block)
                inside = [ranged for ranged in ranges if network.span.holds(ranged)]
                others = [each.span for each in plan.networks if not each.span.holds(network.span)]
                assert not any(block.meets(each) for each in [*hosts, *inside, *others])


@given(PLANS)
def test_without_addresses_only_containers_are_told(rows: Mapping[str, Rows]) -> None:
    whole = address_plan(rows)
    plan = AddressPlan(whole.networks, None, whole.ranges)
    for network in plan.networks:
        found = usage(network, plan)
        assert (found.used, found.free) == (None, None)
        if network.divided or network.marked:
            assert found.utilization == usage(network, whole).utilization


def test_a_container_of_millions_of_networks_is_not_walked() -> None:
    children = [{"prefix": f"2001:db8:{at:x}::/48", "type": "network"} for at in range(5_000)]
    plan = address_plan(
        {
            "prefixes": [{"prefix": "2001:db8::/32", "type": "container"}, *children],
            "addresses": [],
            "ranges": [],
        }
    )
    found = usage(plan.networks[0], plan)
    assert (found.total, found.used, found.free) == (2**96, 5_000 * 2**80, 2**96 - 5_000 * 2**80)
    [room] = free_space(plan.networks[0], plan)
    first, many = blocks(room, 64)
    assert first is not None
    assert (first.network(), many) == ("2001:db8:1388::/64", (2**16 - 5_000) * 2**16)


def test_an_aggregate_counts_the_prefixes_of_all_vrfs() -> None:
    rows = [
        {"prefix": "10.0.0.0/25", "vrf": [{"id": "1", "name": "A"}], "type": "network"},
        {"prefix": "10.0.0.128/26", "vrf": [{"id": "2", "name": "B"}], "type": "network"},
        {"prefix": "10.0.0.0/26", "vrf": [], "type": "network"},
    ]
    plan = address_plan({"prefixes": rows, "addresses": [], "ranges": []})
    span = network_span("10.0.0.0/24")
    assert span is not None
    found = usage(Network(span, ANY_TABLE, AGGREGATE, {"id": "1"}), plan)
    assert (found.utilization, found.used, found.free) == (75.0, 192, 64)


def test_random_plans_have_what_they_are_made_for() -> None:
    plans = [made_up(Random(seed)) for seed in range(60)]
    assert any(plan["ranges"] for plan in plans)
    assert any(len(plan["prefixes"]) > 4 for plan in plans)
    assert any(each["mark_utilized"] for plan in plans for each in plan["prefixes"])
    assert {each["type"] for plan in plans for each in plan["prefixes"]} == {"container", "network", "pool"}
