"""Power that is left: what must be read of feeds and what hangs on them, and the tables of feeds, legs and racks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from orchestration.answer import Section
from orchestration.cells import name_of
from orchestration.steps import Fetch, Follow, Gathered, Given, Load, Plan, Select
from orchestration.tool import Found, Window
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity
from sources.types import DETAILS, PEERS
from tools.power_draw import LEGS, POWER_PORT, Draw, PowerTree, limit, peers, three_phase
from tools.scarcity import Resource, share
from tools.tables import filled, table
from tools.wording import natural

FEEDS = "feeds"
RACKS = "racks"
PORTS = "power_ports"
OUTLETS = "outlets"
OWNER = "power_of"
SIDES_TABLE = "sides"
LEGS_TABLE = "legs"
STATES = "states"
ACTIVE = "active"
SIDES = ("primary", "redundant")
_DRAWN = frozenset({BASE, DETAILS})
_LINKED = frozenset({BASE, PEERS})


def power_steps(where: Sequence[Condition], catalog: Catalog, *, required: bool) -> Plan:
    """The feeds of a place, and all power ports and outlets there."""
    return {
        FEEDS: Select(catalog["dcim.powerfeed"], tuple(where), _LINKED, optional=not required),
        PORTS: Select(catalog[POWER_PORT], tuple(where), _DRAWN, optional=True),
        OUTLETS: Select(catalog["dcim.poweroutlet"], tuple(where), _LINKED, optional=True),
    }


def power_steps_on(devices: str, racks: Sequence[Condition], catalog: Catalog, *, required: bool) -> Plan:
    """The feeds of some racks, and the power ports and outlets of the devices that another step reads."""
    relations = catalog["dcim.device"].relations
    return {
        FEEDS: Select(catalog["dcim.powerfeed"], tuple(racks), _LINKED, optional=not required),
        PORTS: Follow(devices, relations["power_ports"], catalog[POWER_PORT], _DRAWN),
        OUTLETS: Follow(devices, relations["power_outlets"], catalog["dcim.poweroutlet"], _LINKED),
    }


def power_steps_of(found: Found, catalog: Catalog) -> Plan:
    """The feeds of a panel, the feed itself, or those that a device hangs on, with its own ports and outlets."""
    feed, owner = catalog["dcim.powerfeed"], Given(found.type, (found.entity,))
    if found.type.name == feed.name:
        return {FEEDS: Fetch(feed, (found.entity["id"],), _LINKED, optional=False)}
    relations = found.type.relations
    if found.type.name == "dcim.powerpanel":
        return {
            OWNER: owner,
            FEEDS: Follow(OWNER, relations["power_feeds"], feed, _LINKED, optional=False),
        }
    port, outlet = catalog[POWER_PORT], catalog["dcim.poweroutlet"]
    return {
        OWNER: owner,
        PORTS: Follow(OWNER, relations["power_ports"], port, _DRAWN | _LINKED, optional=False),
        OUTLETS: Follow(OWNER, relations["power_outlets"], outlet, _LINKED, optional=False),
        FEEDS: Load(PORTS, "link_peers", feed, _LINKED),
    }


def further_down(gathered: Gathered, catalog: Catalog) -> Plan:
    """The next level down from the feeds, where it was not read with the place: ports, and their outlets."""
    if not gathered.knows(FEEDS):
        return {}
    asked = {
        id_
        for name, step in gathered.plan.items()
        if name.startswith(PORTS) and isinstance(step, Fetch)
        for id_ in step.ids
    }
    wanted = _tree(gathered).wanted(gathered.rows(FEEDS)) - asked
    if not wanted:
        return {}
    level = sum(1 for name in gathered.plan if name.startswith(PORTS))
    port = catalog[POWER_PORT]
    ports, outlet = f"{PORTS}:{level}", catalog["dcim.poweroutlet"]
    return {
        ports: Fetch(port, tuple(sorted(wanted)), _DRAWN),
        f"{OUTLETS}:{level}": Follow(ports, port.relations["power_outlets"], outlet, _LINKED),
    }


@dataclass(frozen=True)
class PowerRoom:
    """The feeds of a place in order, and what hangs on them."""

    feeds: Sequence[Entity]
    tree: PowerTree
    sites: Mapping[str, str | None]
    """The sites of the racks that were read."""

    def site(self, feed: Entity) -> str | None:
        """The site of a feed's rack, if that is known: racks and panels of different sites share names."""
        return self.sites.get((feed["rack"] or {}).get("id", ""))

    def draw(self, feed: Entity, leg: str = "") -> Draw:
        """What is drawn from a feed, or from one of its legs."""
        return sum((self.tree.draw(port, leg) for port in peers(feed)), Draw())

    def drawn(self, feeds: Iterable[Entity]) -> Draw:
        """What is drawn from several feeds."""
        return sum((self.draw(feed) for feed in feeds), Draw())

    @cached_property
    def by_state(self) -> dict[tuple[str | None, str | None], list[Entity]]:
        """The feeds by status and side, those in use first: of no two of these the limits add up."""
        found: dict[tuple[str | None, str | None], list[Entity]] = defaultdict(list)
        for feed in self.feeds:
            found[feed["status"], feed["type"]].append(feed)
        return dict(sorted(found.items(), key=lambda item: (item[0][0] != ACTIVE, *map(str, item[0]))))

    def unsaid(self, feeds: Iterable[Entity]) -> int:
        """Power ports on these feeds that do not say what is allocated to them, so that sums are the least it is."""
        return len({port for feed in feeds for inlet in peers(feed) for port in self.tree.unsaid(inlet)})

    def unknown(self) -> int:
        """Power ports that are cabled to a feed or an outlet here, and that could not be read."""
        return len(self.tree.wanted(self.feeds))

    @cached_property
    def by_rack(self) -> dict[str, list[Entity]]:
        """The feeds of each rack that has any."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for feed in self.feeds:
            if feed["rack"]:
                found[feed["rack"]["id"]].append(feed)
        return found

    def devices(self, feeds: Iterable[Entity]) -> dict[str, float]:
        """The devices that use power from these feeds, with what is allocated to them there."""
        found: dict[str, float] = defaultdict(float)
        for port in {each for feed in feeds for inlet in peers(feed) for each in self.tree.consumers(inlet)}:
            device = self.tree.ports[port]["device"]
            found[(device or {}).get("id", port)] += self.tree.draw(port).allocated
        return found


def power_room(gathered: Gathered, *, only_racks: bool = False) -> PowerRoom:
    """What was read of the power of a place; `only_racks`: of the feeds just those of the racks that were read."""
    sites = {rack["id"]: name_of(rack["site"]) for rack in gathered.rows(RACKS)}
    feeds = [
        feed for feed in gathered.rows(FEEDS) if not only_racks or (feed["rack"] or {}).get("id") in sites
    ]
    return PowerRoom(sorted(feeds, key=_rank), _tree(gathered), sites)


def feeds_table(room: PowerRoom, window: Window) -> Section:
    """A row a feed: its limit, what is allocated and drawn at most, and what is left."""
    rows = []
    for feed in room.feeds:
        most, drawn = limit(feed), room.draw(feed)
        rows.append(
            [
                feed["name"],
                name_of(feed["power_panel"]),
                room.site(feed),
                name_of(feed["rack"]),
                feed["status"],
                feed["type"],
                feed["phase"],
                most,
                round(drawn.allocated),
                round(drawn.maximum),
                None if most is None else most - round(drawn.allocated),
                share(drawn.allocated, most),
                room.unsaid([feed]) or None,
            ]
        )
    columns = (
        "feed",
        "panel",
        "site",
        "rack",
        "status",
        "type",
        "phase",
        "limit_va",
        "allocated_va",
        "maximum_va",
        "free_va",
        "percent",
        "ports_without_draw",
    )
    return table("power feeds", columns, rows, window, FEEDS)


def states_table(room: PowerRoom, window: Window) -> list[Section]:
    """A row for each status and type of the feeds, where there are several: they do not add up to one capacity."""
    rows = []
    for (status, type_), feeds in room.by_state.items():
        drawn, most = room.drawn(feeds), sum(limit(feed) or 0 for feed in feeds)
        rows.append([status, type_, len(feeds), most, round(drawn.allocated), round(drawn.maximum)])
    columns = ("status", "type", "feeds", "limit_va", "allocated_va", "maximum_va")
    return filled("power by status and side", columns, rows, window, STATES) if len(rows) > 1 else []


def legs_table(room: PowerRoom, window: Window) -> list[Section]:
    """A row for each leg of the feeds of three phases, if there are any."""
    rows = [
        [
            feed["name"],
            feed["status"],
            leg,
            third,
            round(used.allocated),
            round(used.maximum),
            share(used.allocated, third),
        ]
        for feed in room.feeds
        if three_phase(feed)
        for third in [_third(feed)]
        for leg in LEGS
        for used in [room.draw(feed, leg)]
    ]
    columns = ("feed", "status", "leg", "limit_va", "allocated_va", "maximum_va", "percent")
    return filled("power by leg", columns, rows, window, LEGS_TABLE)


def sides_table(room: PowerRoom, window: Window) -> list[Section]:
    """A row a rack: its active feeds side by side, and how full one side is if the other fails."""
    rows = []
    for feeds in room.by_rack.values():
        active = [feed for feed in feeds if feed["status"] == ACTIVE]
        sides = [[feed for feed in active if feed["type"] == side] for side in SIDES]
        drawn = [room.drawn(side).allocated for side in sides]
        devices = [room.devices(side) for side in sides]
        alone = [
            {device: held for device, held in mine.items() if device not in other}
            for mine, other in (devices, devices[::-1])
        ]
        # What has a supply on the other side moves there, what has none goes off.
        after = [drawn[1] + drawn[0] - sum(alone[0].values()), drawn[0] + drawn[1] - sum(alone[1].values())]
        limits = [sum(limit(feed) or 0 for feed in side) for side in sides]
        rows.append(
            [
                room.site(feeds[0]),
                name_of(feeds[0]["rack"]),
                *map(round, drawn),
                share(after[0], limits[1]),
                share(after[1], limits[0]),
                len(alone[0]) + len(alone[1]),
            ]
        )
    columns = (
        "site",
        "rack",
        "primary_va",
        "redundant_va",
        "redundant_percent_if_primary_fails",
        "primary_percent_if_redundant_fails",
        "devices_on_one_side",
    )
    return filled("power by rack, both sides", columns, rows, window, SIDES_TABLE)


def scarce_power(room: PowerRoom) -> list[Resource]:
    """The feeds in use and their legs, by what is allocated."""
    found = []
    for feed in (each for each in room.feeds if each["status"] == ACTIVE):
        name = " ".join(
            str(each) for each in (room.site(feed), name_of(feed["power_panel"]), feed["name"]) if each
        )
        found.append(_resource("power feed", name, room.draw(feed), limit(feed)))
        if three_phase(feed):
            found += [
                _resource("power leg", f"{name} {leg}", room.draw(feed, leg), _third(feed)) for leg in LEGS
            ]
    return found


def power_in_words(room: PowerRoom) -> str:
    """`2 power feeds: 3,200 of 5,888 VA active primary, 3,100 of 5,888 VA active redundant allocated`.

    Never as one sum: a redundant feed stands in for a primary one, and one that is planned gives nothing yet.
    """
    if not room.feeds:
        return "no power feeds"
    number, parts = len(room.feeds), []
    for state, feeds in room.by_state.items():
        most = sum(limit(feed) or 0 for feed in feeds)
        least, told = "at least " if room.unsaid(feeds) else "", " ".join(each for each in state if each)
        parts.append(f"{least}{room.drawn(feeds).allocated:,.0f} of {most:,} VA {told}".rstrip())
    return f"{number:,} power feed{'' if number == 1 else 's'}: {', '.join(parts)} allocated"


def without_draw(room: PowerRoom) -> list[str]:
    """What is said of power ports that tell no draw."""
    number = room.unsaid(room.feeds)
    if not number:
        return []
    ports = "1 power port does not say" if number == 1 else f"{number:,} power ports do not say"
    return [f"{ports} what is allocated: the sums of power are the least that it is"]


def _tree(gathered: Gathered) -> PowerTree:
    def rows(stem: str) -> list[Entity]:
        return [row for name in gathered.pages if name.startswith(stem) for row in gathered.rows(name)]

    return PowerTree(rows(PORTS), rows(OUTLETS))


def _resource(what: str, of: str, drawn: Draw, most: float | None) -> Resource:
    return Resource(what, of, round(drawn.allocated), most or 0, "VA")


def _third(feed: Entity) -> int | None:
    most = limit(feed)
    return None if most is None else most // 3


def _rank(feed: Entity) -> tuple[object, ...]:
    return (
        str(name_of(feed["rack"]) or ""),
        str(name_of(feed["power_panel"]) or ""),
        natural(str(feed["name"] or "")),
        feed["id"],
    )
