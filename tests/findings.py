"""What the checks of `audit` must find, worked out from the generator's rows: a second road to each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from ipaddress import ip_interface, ip_network
from typing import Any

from tests.questions.truth import NAMELESS, Row, Truth

DEVICE, PORT, CABLE = "dcim.device", "dcim.interface", "dcim.cable"
ADDRESS, PREFIX, MACHINE = "ipam.ipaddress", "ipam.prefix", "virtualization.virtualmachine"
SHARED = {"anycast", "vip", "vrrp", "hsrp", "glbp", "carp"}
Found = Iterable[tuple[str | None, str]]
"""Findings: the site of the object (None: of no one site), and what the object is called."""


def found(truth: Truth, check: str, site: str | None = None, today: date = date.min) -> Counter[str]:
    """The objects that a check must find, at one site or at all, each as often as it is found."""
    if check.startswith("stale-planned-"):
        rows: Found = stale(truth, check.removeprefix("stale-planned-"), today)
    else:
        rows = CHECKS[check](truth)
    return Counter(name for place, name in rows if site is None or place == site)


def placed(truth: Truth, rows: Iterable[Row]) -> Iterator[tuple[str | None, str]]:
    for row in rows:
        yield truth.title("dcim.site", row["site"]), row["name"] or NAMELESS


def primary(row: Row) -> bool:
    return bool(row["primary_ip4"] or row["primary_ip6"])


def active(truth: Truth, type_: str = DEVICE) -> list[Row]:
    return truth.rows(type_, lambda row: row["status"] == "active")


def nameless(truth: Truth) -> Found:
    return placed(truth, truth.rows(DEVICE, lambda r: not r["name"] and not r["virtual_chassis"]))


def unreachable(truth: Truth) -> Found:
    ports = {row["device"] for row in truth.rows(PORT)}
    stacks = {row["virtual_chassis"] for row in truth.rows(DEVICE, primary)} - {None}
    return placed(
        truth,
        (
            row
            for row in active(truth)
            if row["id"] in ports and not primary(row) and row["virtual_chassis"] not in stacks
        ),
    )


def unplaced(truth: Truth) -> Found:
    heights = truth.table("dcim.devicetype")
    return placed(
        truth,
        (
            row
            for row in truth.rows(DEVICE)
            if row["rack"] and row["position"] is None and heights[row["device_type"]]["u_height"]
        ),
    )


def strangers(truth: Truth) -> Found:
    """The generator names devices `akr-asw01`: three words, of which the kind is in the middle."""
    named = truth.rows(DEVICE, lambda row: bool(row["name"]))
    by_role, by_site = defaultdict(list), defaultdict(list)
    for row in named:
        by_role[row["role"]].append(row)
        by_site[row["site"]].append(row)
    wrong: dict[int, Row] = {}
    for peers in by_role.values():
        kinds = Counter(re.sub(r"^[a-z]+", "site", row["name"]).rstrip("0123456789") for row in peers)
        [(usual, count)] = kinds.most_common(1)
        if len(peers) >= 5 and count >= 0.8 * len(peers):
            wrong |= {
                row["id"]: row
                for row in peers
                if re.sub(r"^[a-z]+", "site", row["name"]).rstrip("0123456789") != usual
            }
    for peers in by_site.values():
        codes = Counter(re.match(r"[a-z]+", row["name"])[0] for row in peers)  # type: ignore[index]  # all begin so
        [(usual, count)] = codes.most_common(1)
        if len(peers) >= 5 and count >= 0.8 * len(peers):
            wrong |= {row["id"]: row for row in peers if not re.match(rf"{usual}\d*-", row["name"])}
    return placed(truth, wrong.values())


def twice(truth: Truth, field: str) -> Found:
    values = Counter(row[field].lower() for row in truth.rows(DEVICE) if row[field])
    return ((None, value) for value, count in values.items() if count > 1)


def addresses_twice(truth: Truth) -> Found:
    several = truth.rows(ADDRESS, lambda row: row["role"] not in SHARED)
    values = Counter((ip_interface(row["address"]).ip, row["vrf"]) for row in several)
    return ((None, str(ip)) for (ip, _), count in values.items() if count > 1)


def ports(truth: Truth, chosen: Callable[[Row, bool], bool]) -> Found:
    for row in truth.rows(PORT):
        if chosen(row, (PORT, row["id"]) in truth.cabled):
            yield truth.site_of(PORT, row), str(truth.generic(PORT, row["id"]))


def waiting(truth: Truth) -> Found:
    devices = truth.table(DEVICE)

    def chosen(row: Row, cabled: bool) -> bool:
        wired = row["type"] not in ("virtual", "lag", "bridge") and not row["type"].startswith("ieee802.11")
        return row["enabled"] and not cabled and wired and devices[row["device"]]["status"] == "active"

    return ports(truth, chosen)


def links(truth: Truth, *, bundled: bool) -> Iterator[tuple[Row, Row]]:
    """Each pair of ports at the ends of a link, or their LAGs, once."""
    seen = set()
    table = truth.table(PORT)
    for row in truth.rows(PORT):
        far = truth.far_end(PORT, row["id"])
        if far is None or far[0] != PORT:
            continue
        ends = [table[end["lag"]] if bundled and end["lag"] else end for end in (row, table[far[1]])]
        pair = frozenset(end["id"] for end in ends)
        if pair not in seen:
            seen.add(pair)
            yield ends[0], ends[1]


def pairs(truth: Truth, differ: Callable[[Row, Row], bool], *, bundled: bool) -> Found:
    for near, far in links(truth, bundled=bundled):
        if differ(near, far):
            ends = sorted((near, far), key=lambda end: (end["name"], truth.title(DEVICE, end["device"])))
            yield (
                truth.site_of(PORT, near),
                " - ".join(str(truth.generic(PORT, end["id"])) for end in ends),
            )


def vlans_differ(truth: Truth) -> Found:
    numbers = {id_: row["vid"] for id_, row in truth.table("ipam.vlan").items()}

    def differ(near: Row, far: Row) -> bool:
        if not near["mode"] or not far["mode"]:
            return False
        untagged = [numbers.get(end["untagged_vlan"]) for end in (near, far)]
        tagged = [{numbers[id_] for id_ in end["tagged_vlans"]} for end in (near, far)]
        everything = "tagged-all" in (near["mode"], far["mode"])
        return untagged[0] != untagged[1] or (not everything and tagged[0] != tagged[1])

    return pairs(truth, differ, bundled=True)


def values_differ(truth: Truth, field: str, *, bundled: bool) -> Found:
    def differ(near: Row, far: Row) -> bool:
        return bool(near[field] and far[field] and near[field] != far[field])

    return pairs(truth, differ, bundled=bundled)


def networks(truth: Truth, field: str) -> Found:
    """Active prefixes for eight addresses or more, in which there are no others."""
    known = [(row["vrf"], ip_network(row["prefix"])) for row in truth.rows(PREFIX)]
    for row in active(truth, PREFIX):
        net = ip_network(row["prefix"])
        inside = any(
            vrf == row["vrf"] and other.version == net.version and other != net and other.subnet_of(net)  # type: ignore[arg-type]  # of one version
            for vrf, other in known
        )
        if net.num_addresses >= 8 and not inside and not row[field]:
            site = row["scope_id"] if row["scope_type"] == "dcim.site" else None
            yield truth.title("dcim.site", site), row["prefix"]


def homeless(truth: Truth) -> Found:
    known = [(row["vrf"], ip_network(row["prefix"])) for row in truth.rows(PREFIX)]
    for row in truth.rows(ADDRESS):
        ip = ip_interface(row["address"]).ip
        if not any(vrf == row["vrf"] and ip in net for vrf, net in known):
            yield None, row["address"]


def astray(truth: Truth) -> Found:
    table = truth.table(PORT)
    for row in truth.rows(ADDRESS, lambda row: row["assigned_object_type"] == PORT):
        vrf = table[row["assigned_object_id"]]["vrf"]
        if vrf and vrf != row["vrf"]:
            yield truth.site_of(PORT, table[row["assigned_object_id"]]), row["address"]


def one_legged(truth: Truth) -> Found:
    supplies = defaultdict(list)
    for row in truth.rows("dcim.powerport"):
        supplies[row["device"]].append(truth.far_end("dcim.powerport", row["id"]))
    for row in active(truth):
        ends = [end for end in supplies[row["id"]] if end]
        owners = {truth.table(type_)[id_].get("device") or (type_, id_) for type_, id_ in ends}
        if len(supplies[row["id"]]) > 1 and len(owners) == 1:
            yield truth.title("dcim.site", row["site"]), row["name"] or NAMELESS


def stale(truth: Truth, label: str, today: date) -> Found:
    type_ = {"device": DEVICE, "cable": CABLE, "vm": MACHINE}[label]
    before = (today - timedelta(days=180)).isoformat()
    title = "label" if type_ == CABLE else "name"
    for row in truth.rows(
        type_, lambda row: row["status"] == "planned" and row["last_updated"][:10] < before
    ):
        yield None, row[title] or NAMELESS


CHECKS: Mapping[str, Callable[[Truth], Any]] = {
    "device-without-name": nameless,
    "device-without-primary-ip": unreachable,
    "vm-without-primary-ip": lambda t: placed(t, (r for r in active(t, MACHINE) if not primary(r))),
    "device-without-serial": lambda t: placed(t, (r for r in active(t) if not r["serial"])),
    "device-without-platform": lambda t: placed(
        t, (r for r in active(t) if primary(r) and not r["platform"])
    ),
    "device-without-rack-position": unplaced,
    "name-unlike-peers": strangers,
    "duplicate-device-name": lambda t: twice(t, "name"),
    "duplicate-serial": lambda t: twice(t, "serial"),
    "duplicate-address": addresses_twice,
    "enabled-without-cable": waiting,
    "disabled-with-cable": lambda t: ports(t, lambda row, cabled: cabled and not row["enabled"]),
    "vlan-mismatch": vlans_differ,
    "mtu-mismatch": lambda t: values_differ(t, "mtu", bundled=True),
    "speed-mismatch": lambda t: values_differ(t, "speed", bundled=False),
    "duplex-mismatch": lambda t: values_differ(t, "duplex", bundled=False),
    "single-power-source": one_legged,
    "prefix-without-vlan": lambda t: networks(t, "vlan"),
    "prefix-without-site": lambda t: networks(t, "scope_id"),
    "address-outside-prefixes": homeless,
    "address-vrf-mismatch": astray,
}
