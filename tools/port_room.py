"""Ports that are left: by kind, type and speed, and by device; only what a cable can be plugged into."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from orchestration.answer import Section
from orchestration.cells import name_of
from orchestration.steps import Follow, Gathered, Given, Plan, Select
from orchestration.tool import Found, Window
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity
from sources.types import PLUGS
from tools.cable_rows import kinds_of
from tools.scarcity import Resource, share
from tools.tables import table
from tools.wording import natural

PORTS = "ports"
BY_DEVICE = "ports_by_device"
OWNER = "ports_of"
KINDS: Mapping[str, str] = {
    "interfaces": "dcim.interface",
    "front_ports": "dcim.frontport",
    "rear_ports": "dcim.rearport",
    "console_ports": "dcim.consoleport",
    "console_server_ports": "dcim.consoleserverport",
    "power_ports": "dcim.powerport",
    "power_outlets": "dcim.poweroutlet",
}
STATES = ("connected", "marked", "disabled", "free")
_NEEDED = frozenset({"device", "type", "enabled", "cable", "mark_connected", "positions"})
_FACETS = frozenset({BASE, PLUGS})
_NOT_CABLED = re.compile(
    r"virtual|lag|bridge|channel|ieee802\.1[15].*|other-wireless|gsm|cdma|lte|4g|5g", re.IGNORECASE
)
"""Types of interfaces that both servers do not let a cable be plugged into (NetBox: NONCONNECTABLE_IFACE_TYPES)."""
_SPEED = re.compile(r"(\d+(?:\.\d+)?)(g|m?)(?:base|fc|fx|-)", re.IGNORECASE)


def port_steps(where: Sequence[Condition], catalog: Catalog) -> Plan:
    """Every kind of port in a place, just the fields that tell its state: there may be very many."""
    return {
        _step(kind): Select(catalog[name], tuple(where), _FACETS, optional=True, only=_NEEDED)
        for kind, name in KINDS.items()
    }


def port_steps_on(devices: str, catalog: Catalog) -> Plan:
    """Every kind of port of the devices that another step reads: GraphQL reads all of them at once."""
    relations = catalog["dcim.device"].relations
    return {
        _step(kind): Follow(devices, relations[kind], catalog[name], _FACETS) for kind, name in KINDS.items()
    }


def port_steps_of(device: Found, catalog: Catalog) -> Plan:
    """Every kind of port that a device has."""
    held = kinds_of([device.entity])
    plan: Plan = {
        _step(kind): Follow(OWNER, device.type.relations[kind], catalog[name], _FACETS)
        for kind, name in KINDS.items()
        if name in held
    }
    return {OWNER: Given(device.type, (device.entity,)), **plan}


def state(port: Entity) -> str:
    """What a port is, each just one: connected by a cable, marked as connected, disabled, or free."""
    if port.get("cable"):
        return "connected"
    if port.get("mark_connected"):
        return "marked"
    return "disabled" if port.get("enabled") is False else "free"


def physical(port: Entity) -> bool:
    """Whether a cable can be plugged in: not into virtual interfaces, LAGs, bridges and radios."""
    return not ("enabled" in port and _NOT_CABLED.fullmatch(str(port["type"] or "")))


def speed(type_: str | None) -> str | None:
    """The nominal speed of a type: `10G` of `10gbase-x-sfpp`, `100M` of `100base-tx`; None where it tells none."""
    found = _SPEED.match(type_ or "")
    if not found or "base" not in str(type_):
        return None
    number, unit = float(found[1]), found[2].lower()
    if unit != "g" and number >= _GIGABIT:
        number, unit = number / _GIGABIT, "g"
    return f"{number:g}{'G' if unit == 'g' else 'M'}"


_GIGABIT = 1000


class PortRoom:
    """The ports that were read, counted."""

    def __init__(self, gathered: Gathered) -> None:
        self.known = _step("interfaces") not in gathered.failed
        self.ports = {kind: [port for port in gathered.rows(_step(kind)) if physical(port)] for kind in KINDS}
        self.groups: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        self.devices: dict[str, tuple[str, Counter[str]]] = {}
        for kind, ports in self.ports.items():
            for port in ports:
                self.groups[kind, port["type"]][state(port)] += 1
                if kind == "interfaces":
                    device = port["device"] or {}
                    named = name_of(port["device"]) or "(in a module)"
                    counts = self.devices.setdefault(device.get("id", ""), (named, Counter()))[1]
                    counts[state(port)] += 1

    def counted(self, kind: str) -> Counter[str]:
        """The states of all ports of a kind."""
        return sum((counts for (of, _), counts in self.groups.items() if of == kind), Counter())

    def positions(self) -> tuple[int, int]:
        """The strands of rear ports, and those that a cabled front port uses; known of a device, not of a place."""
        fronts = [port for port in self.ports["front_ports"] if "rear_ports" in port]
        used = {
            (ref["id"], ref.get("rear_position"))
            for port in fronts
            if state(port) in ("connected", "marked")
            for ref in port["rear_ports"] or ()
        }
        return sum(port["positions"] or 1 for port in self.ports["rear_ports"] if fronts), len(used)


def ports_table(room: PortRoom, window: Window) -> Section:
    """A row for each kind and type."""
    rows = [
        [_label(kind), type_, speed(type_) if kind == "interfaces" else None, *_counts(counts)]
        for (kind, type_), counts in sorted(
            room.groups.items(), key=lambda item: ([*KINDS].index(item[0][0]), natural(str(item[0][1])))
        )
    ]
    columns = ("kind", "type", "speed", "total", *STATES, "percent")
    return table("ports by type", columns, rows, window, PORTS)


def devices_table(room: PortRoom, window: Window) -> list[Section]:
    """A row for each device with interfaces, those with the fewest free ones first; if there are several."""
    rows = [[name, *_counts(counts)] for name, counts in room.devices.values()]
    rows.sort(key=lambda row: (row[-2], natural(str(row[0]))))
    columns = ("device", "total", *STATES, "percent")
    return [table("interfaces by device", columns, rows, window, BY_DEVICE)] if len(rows) > 1 else []


def scarce_ports(room: PortRoom) -> list[Resource]:
    """Interfaces by type, the other ports by kind, and the strands of patch panels."""
    found = [
        Resource("interfaces", type_, *_used(counts), "ports")
        for (kind, type_), counts in room.groups.items()
        if kind == "interfaces"
    ]
    found += [
        Resource(f"{_label(kind)}s", None, *_used(room.counted(kind)), "ports")
        for kind in KINDS
        if kind != "interfaces" and room.ports[kind]
    ]
    total, used = room.positions()
    if total:
        found.append(Resource("rear port positions", None, used, total, "positions"))
    return found


def ports_in_words(room: PortRoom) -> str:
    """`144 interfaces to plug into: 40 free, 96 connected, 8 disabled`."""
    if not room.known:
        return "interfaces were not read"
    counts = room.counted("interfaces")
    parts = [
        f"{counts[each]:,} {each}" for each in ("free", "connected", "marked", "disabled") if counts[each]
    ]
    return f"{counts.total():,} physical interfaces{': ' if parts else ''}{', '.join(parts)}"


def _counts(counts: Counter[str]) -> list[float | None]:
    used, total = _used(counts)
    return [total, *(counts[each] for each in STATES), share(used, total)]


def _used(counts: Counter[str]) -> tuple[int, int]:
    """Ports that are in use, and all; one that is disabled can be had again."""
    return counts["connected"] + counts["marked"], counts.total()


def _label(kind: str) -> str:
    return kind.removesuffix("s").replace("_", " ")


def _step(kind: str) -> str:
    return f"{PORTS}:{kind}"
