"""Ports as engineers write them: what is meant, and what is not guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.cable_rows import CONSOLE, FRONT, INLET, INTERFACE, OUTLET, REAR, TERMINATION
from tools.port_names import Port, Said, matching, readings


def ports(*names: str, type_: str = INTERFACE) -> list[Port]:
    return [(type_, {"id": f"{type_}{number}", "name": name}) for number, name in enumerate(names)]


SWITCH = ports(
    "GigabitEthernet1/0/1",
    "GigabitEthernet1/0/10",
    "GigabitEthernet1/0/11",
    "TenGigabitEthernet1/0/1",
    "TwentyFiveGigE1/0/1",
    "TwoGigabitEthernet1/0/1",
    "Port-channel1",
    "Vlan1",
    "mgmt0",
)
PANEL = [*ports("F1", "F12", type_=FRONT), *ports("R1", "R12", type_=REAR)]
PDU = [*ports("Power Port 1", type_=INLET), *ports("Outlet 1", "Outlet 12", type_=OUTLET), *ports("1")]


def names(found: list[Port]) -> list[str]:
    return [str(row["name"]) for _, row in found]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("GigabitEthernet1/0/1", "GigabitEthernet1/0/1"),
        ("gigabitethernet1/0/1", "GigabitEthernet1/0/1"),
        ("Gi1/0/1", "GigabitEthernet1/0/1"),
        ("gi 1/0/11", "GigabitEthernet1/0/11"),
        ("Gig1/0/10", "GigabitEthernet1/0/10"),
        ("GE1/0/1", "GigabitEthernet1/0/1"),
        ("Te1/0/1", "TenGigabitEthernet1/0/1"),
        ("Twe1/0/1", "TwentyFiveGigE1/0/1"),
        ("po1", "Port-channel1"),
        ("port-channel 1", "Port-channel1"),
        ("interface Gi1/0/1", "GigabitEthernet1/0/1"),
        ("port Vlan1", "Vlan1"),
        ("MGMT0", "mgmt0"),
    ],
)
def test_a_port_is_known_by_its_usual_abbreviations(said: str, name: str) -> None:
    assert names(matching(SWITCH, said)) == [name]


@pytest.mark.parametrize("said", ["1/0/1", "Gi1/0", "Gi1/0/2", "1", "xe-1/0/1", "Gi", "", "mgmt"])
def test_what_no_port_is_called_is_not_guessed(said: str) -> None:
    assert matching(SWITCH, said) == []


def test_an_abbreviation_of_several_is_left_to_the_asker() -> None:
    assert names(matching(SWITCH, "Tw1/0/1")) == ["TwentyFiveGigE1/0/1", "TwoGigabitEthernet1/0/1"]


def test_the_long_name_finds_a_short_one() -> None:
    assert names(matching(ports("Gi1/0/1", "Te1/0/1"), "GigabitEthernet1/0/1")) == ["Gi1/0/1"]


@pytest.mark.parametrize(
    ("said", "type_", "name"),
    [
        ("front 12", FRONT, "F12"),
        ("Front port 12", FRONT, "F12"),
        ("rear 1", REAR, "R1"),
        ("rear R12", REAR, "R12"),
        ("F1", FRONT, "F1"),
    ],
)
def test_the_kind_of_a_port_may_be_told(said: str, type_: str, name: str) -> None:
    assert [(found[0], found[1]["name"]) for found in matching(PANEL, said)] == [(type_, name)]


def test_ports_of_two_kinds_with_one_name_are_both_meant() -> None:
    both = [*ports("1", type_=FRONT), *ports("1", type_=REAR)]
    assert len(matching(both, "1")) == 2
    assert [type_ for type_, _ in matching(both, "front 1")] == [FRONT]


@pytest.mark.parametrize(
    ("said", "name"),
    [("outlet 12", "Outlet 12"), ("power port 1", "Power Port 1"), ("1", "1"), ("psu 1", "Power Port 1")],
)
def test_power_is_told_from_the_network(said: str, name: str) -> None:
    assert names(matching(PDU, said)) == [name]


def test_a_label_is_a_name_too_and_a_name_goes_first() -> None:
    labelled: list[Port] = [(CONSOLE, {"id": "1", "name": "con0", "label": "A7"}), *ports("A7")]
    assert names(matching(labelled, "a7")) == ["A7"]
    assert names(matching(labelled[:1], "a7")) == ["con0"]


@pytest.mark.parametrize("said", ["Z", "z", "side Z", "Z side"])
def test_a_circuit_s_side_is_a_port(said: str) -> None:
    sides: list[Port] = [(TERMINATION, {"id": side, "term_side": side}) for side in "AZ"]
    assert [row["id"] for _, row in matching(sides, said)] == ["Z"]


@pytest.mark.parametrize(
    ("text", "owner", "port"),
    [
        ("akr-asw01 Gi1/0/48", "akr-asw01", "Gi1/0/48"),
        ("akr-asw01:Gi1/0/48", "akr-asw01", "Gi1/0/48"),
        ("akr-asw01, Gi1/0/48", "akr-asw01", "Gi1/0/48"),
        ("Gi1/0/48 on akr-asw01", "akr-asw01", "Gi1/0/48"),
        ("Gi1/0/48@akr-asw01", "akr-asw01", "Gi1/0/48"),
        ("main PDU 1 outlet 3", "main PDU 1", "outlet 3"),
        ("akr-pp01 front 12", "akr-pp01", "front 12"),
    ],
)
def test_a_text_is_read_in_every_way(text: str, owner: str, port: str) -> None:
    found = readings(text)
    assert found[0] == Said(text)
    assert Said(owner, port) in found


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    for said in readings(text):
        matching([*SWITCH, *PANEL, *PDU], said.port)


@given(st.sampled_from(names(SWITCH)))
def test_every_port_is_found_by_its_own_name(name: str) -> None:
    assert names(matching(SWITCH, name)) == [name]
