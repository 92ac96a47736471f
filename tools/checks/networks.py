"""Which prefixes contain what, and the checks for prefixes and addresses that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network, ip_interface, ip_network

from orchestration.steps import BASE_ONLY
from sources.catalog import BASE
from sources.source import Entity
from sources.types import DETAILS
from tools.checks.check import Check, Finding, Severity, finding
from tools.checks.rows import INTERFACE, Rows
from tools.wording import listed

PREFIX = "ipam.prefix"
ADDRESS = "ipam.ipaddress"
Network = IPv4Network | IPv6Network
_SMALL = 3
"""Host bits of a network from which on it may be more than a link between two routers, or a loopback."""


class Space:
    """The networks of each VRF (None: of no VRF), by length, so that what contains one takes few looks."""

    def __init__(self, prefixes: Iterable[Entity]) -> None:
        self._known: dict[tuple[str | None, int, int], set[int]] = {}
        self._lengths: dict[tuple[str | None, int], set[int]] = {}
        self._containers: set[tuple[str | None, Network]] = set()
        placed = [(vrf, ip_network(row["prefix"], strict=False)) for row in prefixes for vrf in vrfs(row)]
        for vrf, net in placed:
            self._known.setdefault((vrf, net.version, net.prefixlen), set()).add(int(net.network_address))
            self._lengths.setdefault((vrf, net.version), set()).add(net.prefixlen)
        for vrf, net in placed:
            for length in self._around(vrf, net):
                if length < net.prefixlen:
                    self._containers.add((vrf, net.supernet(new_prefix=length)))

    def holds(self, vrf: str | None, net: Network) -> bool:
        """Whether a prefix of that VRF contains a network (or is it)."""
        return any(True for _ in self._around(vrf, net))

    def divided(self, vrf: str | None, net: Network) -> bool:
        """Whether there are smaller prefixes in a prefix."""
        return (vrf, net) in self._containers

    def _around(self, vrf: str | None, net: Network) -> Iterator[int]:
        """The lengths of the prefixes that contain a network."""
        bits, first = net.max_prefixlen, int(net.network_address)
        for length in self._lengths.get((vrf, net.version), ()):
            if length <= net.prefixlen:
                start = first >> (bits - length) << (bits - length)
                if start in self._known[vrf, net.version, length]:
                    yield length


def vrfs(row: Entity) -> list[str | None]:
    """The VRFs that something is in, by id; [None] where it is in none."""
    return [ref["id"] for ref in row["vrf"]] or [None]


def _hosts(rows: Rows) -> Iterator[Entity]:
    """Active prefixes for hosts: no containers, no links between two routers, no loopbacks."""
    space = Space(rows.all(PREFIX))
    for row in rows.of(PREFIX):
        net = ip_network(row["prefix"], strict=False)
        roomy = net.max_prefixlen - net.prefixlen >= _SMALL
        divided = row["type"] == "container" or any(space.divided(vrf, net) for vrf in vrfs(row))
        if row["status"] == "active" and roomy and not divided:
            yield row


def _without_vlan(rows: Rows) -> Iterable[Finding]:
    return (finding(rows, PREFIX, row, "no VLAN") for row in _hosts(rows) if not row["vlan"])


def _without_site(rows: Rows) -> Iterable[Finding]:
    return (finding(rows, PREFIX, row, "no site") for row in _hosts(rows) if not row["scope"])


def _homeless(rows: Rows) -> Iterable[Finding]:
    space = Space(rows.all(PREFIX))
    # What has a namespace has a prefix: Nautobot takes no address without one, be it only an aggregate.
    for row in (each for each in rows.of(ADDRESS) if not each["namespace"]):
        host = ip_interface(row["address"]).ip
        net = ip_network(f"{host}/{host.max_prefixlen}")
        if not any(space.holds(vrf, net) for vrf in vrfs(row)):
            names = ", ".join(str(ref.get("name")) for ref in row["vrf"])
            yield finding(
                rows,
                ADDRESS,
                row,
                f"no prefix of VRF {names} contains it" if names else "no prefix contains it",
            )


def _in_other_vrf(rows: Rows) -> Iterable[Finding]:
    """Addresses on interfaces that have a VRF, and are not in it."""
    routed = {port["id"]: port["vrf"] for port in rows.of(INTERFACE) if port["vrf"]}
    for row in rows.of(ADDRESS):
        own = {ref["id"] for ref in row["vrf"]}
        for ref in row["assigned"]:
            vrf = routed.get(ref["id"]) if ref.get("type") == INTERFACE else None
            if vrf and vrf["id"] not in own:
                names = listed([str(ref.get("name")) for ref in row["vrf"]])
                what = f"in {f'VRF {names}' if names else 'no VRF'}, its interface in VRF {vrf['name']}"
                yield finding(rows, ADDRESS, row, what)


_LEFT_OUT = "containers, prefixes with prefixes in them, and those of fewer than eight addresses are left out"

CHECKS = (
    Check(
        name="prefix-without-vlan",
        title="Active prefix without a VLAN",
        severity=Severity.LOW,
        type=PREFIX,
        why=f"nobody can tell on which ports the network is; {_LEFT_OUT}",
        fix="set the VLAN that carries it",
        reads={PREFIX: BASE_ONLY},
        beside={PREFIX: BASE_ONLY},
        find=_without_vlan,
    ),
    Check(
        name="prefix-without-site",
        title="Active prefix without a site",
        severity=Severity.LOW,
        type=PREFIX,
        why=f"nobody can tell where the network is; {_LEFT_OUT}",
        fix="set its scope to the site, location or region that it is in",
        reads={PREFIX: BASE_ONLY},
        beside={PREFIX: BASE_ONLY},
        find=_without_site,
    ),
    Check(
        name="address-outside-prefixes",
        title="IP address that no prefix of its VRF contains",
        severity=Severity.MEDIUM,
        type=ADDRESS,
        why="its network is not documented, or the address is in the wrong VRF or mistyped",
        fix="add the prefix, or correct the address or its VRF",
        reads={ADDRESS: frozenset({BASE, DETAILS})},
        beside={PREFIX: BASE_ONLY},
        find=_homeless,
    ),
    Check(
        name="address-vrf-mismatch",
        title="IP address in another VRF than its interface",
        severity=Severity.MEDIUM,
        type=ADDRESS,
        why="the address is routed elsewhere than it is documented; interfaces without a VRF are left out",
        fix="set the VRF of the address, or that of the interface",
        reads={ADDRESS: BASE_ONLY, INTERFACE: frozenset({BASE, DETAILS})},
        find=_in_other_vrf,
    ),
)
