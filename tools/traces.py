"""How paths over cables are told: in hops, in ends, and why each goes no further."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from orchestration.answer import Row, Section
from orchestration.cells import cell, name_of
from orchestration.tool import Draft, Window
from tools.cable_graph import CableGraph
from tools.cable_paths import Leg, Link, Path, Stop
from tools.cable_rows import FEED, INLET, OUTLET, TERMINATION, Ending, Node
from tools.cable_search import Found
from tools.wording import listed

HOPS = "hops"
PATHS = "paths"
MOST_ENDS = 12
"""Ends that are named beside the hops."""
_COLUMNS = ("path", "hop", "from", "cable", "type", "status", "length", "to", "then")
_METERS = {"km": 1000.0, "m": 1.0, "cm": 0.01, "mi": 1609.344, "ft": 0.3048, "in": 0.0254}
_REACHED = frozenset({Ending.ARRIVED, Ending.PLACE})
_IN_USE = frozenset({"connected", "active"})


def in_full(graph: CableGraph, paths: Sequence[Path], window: Window) -> Draft:
    """A path with a row for each cable; the strands of a trunk that lead to one port are told as one."""
    rows: list[Row] = []
    for number, path in enumerate(paths, start=1):
        if path.near:
            rows += _rows(graph, path.near, f"{number} near")
        rows += _rows(graph, path.leg, f"{number} far" if path.near else str(number))
    [first, *_] = paths
    near = [end for path in paths for end in _beginnings(path)]
    far = [end for path in paths for end in _ends(path.leg)]
    begins = list(dict.fromkeys(stop for _, stop in near))
    stops = list(dict.fromkeys(stop for _, stop in far))
    facts: dict[str, Any] = {
        "from": cell([_stop(graph, stop) for stop in begins[:MOST_ENDS]]),
        "to": cell([_stop(graph, stop) for stop in stops[:MOST_ENDS]]),
        **({"between": _port(graph, first.begin.port)} if first.near else {}),
        **(
            {"ends": len({*begins, *stops})} if first.near else {"ends": len(stops)} if len(stops) > 1 else {}
        ),
        "reached": any(map(_is_reached, begins)) and any(map(_is_reached, stops)),
        "reason": _reason(graph, [*begins, *stops]),
        "cables": len({link.cable for links, _ in (*near, *far) for link in links}),
    }
    length = _length(graph, [link for links, _ in (*near, *far) for link in links])
    if length is not None:
        facts["length_m"] = length
    start = window.start(HOPS)
    section = Section(HOPS, _COLUMNS, rows[start:], len(rows), start, HOPS)
    summary = _summary(graph, first, (begins, stops), facts, (*near, *far))
    return _told(graph, summary, (section,), facts, (*begins, *stops))


def in_brief(graph: CableGraph, label: str, paths: Sequence[Path], window: Window) -> Draft:
    """Many paths, each in a row: of a device, a panel, a trunk, a LAG."""
    columns = ("from", "cable", "to", "cables", "end", "why")
    rows: list[Row] = []
    stops: list[Stop] = []
    for path in paths:
        near, far = _beginnings(path), list(_ends(path.leg))
        stops += [stop for _, stop in (*near, *far)]
        crossed = list(dict.fromkeys(link for links, _ in (*far, *near) for link in links))
        first = crossed[0] if crossed else None
        begins = [stop for _, stop in near if stop.ending is not Ending.ARRIVED]
        ends = [stop for _, stop in far if stop.ending is not Ending.ARRIVED]
        rows.append(
            [
                _ports(graph, [stop for _, stop in near]),
                graph.cable(first.cable).get("label") if first else None,
                _port(graph, first.far) if first else None,
                len({link.cable for link in crossed}),
                _ports(graph, [stop for _, stop in far]),
                "; ".join([*_reasons(graph, ends), *(f"begins: {why}" for why in _reasons(graph, begins))])
                or None,
            ]
        )
    start = window.start(PATHS)
    reached = sum(
        all(any(_is_reached(stop) for _, stop in side) for side in (_beginnings(path), _ends(path.leg)))
        for path in paths
    )
    summary = f"{label}: {len(rows):,} cable path{'' if len(rows) == 1 else 's'}"
    facts = {"paths_reached": reached, "paths_not_reached": len(rows) - reached} if rows else {}
    if not rows:
        summary = f"{label}: none of its ports is cabled"
    section = Section(PATHS, columns, rows[start:], len(rows), start, PATHS)
    return _told(graph, summary, (section,), facts, stops)


def between(graph: CableGraph, found: Found, names: tuple[str, str], window: Window, among: str) -> Draft:
    """The shortest paths between two places, some of them hop by hop; `among` says which cables were followed."""
    start, goal = names
    if not found.ways:
        seen = f"within {found.cables:,} cables" if found.gave_up else f"over {among}"
        facts: dict[str, Any] = {"reached": False, "paths": 0}
        facts["reason"] = "the search was given up: too many devices" if found.gave_up else "not connected"
        told = _told(graph, f"no path from {start} to {goal} {seen}", (), facts, ())
        return (
            _incomplete(told, "the search was given up: ask from a nearer device") if found.gave_up else told
        )
    if not found.cables:
        return Draft(
            f"{start} and {goal} are in the same place: no cable between", (), {"reached": True, "cables": 0}
        )
    rows: list[Row] = []
    for number, way in enumerate(found.ways, start=1):
        rows += _rows(graph, Leg(way, Stop(way[-1].far, Ending.ARRIVED)), str(number))
    way = found.ways[0]
    facts = {
        "from": _port(graph, way[0].near),
        "to": _port(graph, way[-1].far),
        "reached": True,
        "cables": found.cables,
        "paths": found.count,
    }
    if found.count > len(found.ways):
        facts["shown"] = len(found.ways)
    length = _length(graph, way)
    if length is not None and found.count == 1:
        facts["length_m"] = length
    equal = f"{found.count:,} equally short paths" if found.count > 1 else "one shortest path"
    through = _through(graph, way)
    summary = f"{start} to {goal}: {_cables(found.cables)}, {equal}{f'; one goes through {through}' if through else ''}"
    offset = window.start(HOPS)
    section = Section(HOPS, _COLUMNS, rows[offset:], len(rows), offset, HOPS)
    return _told(graph, summary, (section,), facts, ())


def nothing(label: str, reason: str) -> Draft:
    """A cable without ends, a circuit without sides, an interface that no cable can be plugged into."""
    return Draft(f"{label}: {reason}, so there is no path", (), {"reached": False, "reason": reason})


def _rows(graph: CableGraph, leg: Leg, label: str, number: int = 0) -> Iterator[Row]:
    for at, link in enumerate(leg.links):
        number += 1
        following = leg.links[at + 1].near if at + 1 < len(leg.links) else None
        then = _passing(graph, link.far, following) if following else _ending(graph, link.far, leg)
        cable = graph.cable(link.cable)
        yield [
            label,
            number,
            _port(graph, link.near),
            _cable(graph, link.cable),
            cable.get("type"),
            cable.get("status"),
            _with_unit(cable),
            _port(graph, link.far),
            then,
        ]
    cabled = [branch for branch in leg.branches if branch.links or branch.branches]
    for at, branch in enumerate(cabled, start=1):
        yield from _rows(graph, branch, f"{label}.{at}", number)


def _ends(leg: Leg) -> Iterator[tuple[tuple[Link, ...], Stop]]:
    """The ends of a path; branches that nothing is plugged into are none, unless all are."""
    ends = list(leg.ends())
    idle = [
        end for end in ends if leg.branches and end[1].ending is Ending.NOT_CABLED and _is_idle(leg, end[1])
    ]
    yield from [end for end in ends if end not in idle] or ends


def _beginnings(path: Path) -> list[tuple[tuple[Link, ...], Stop]]:
    """Where a path begins: at one port, unless it splits on both sides of the port that was asked for."""
    return list(_ends(path.near)) if path.near else path.beginnings


def _is_idle(leg: Leg, stop: Stop) -> bool:
    return any(
        (not branch.links and branch.stop == stop) or _is_idle(branch, stop) for branch in leg.branches
    )


def _passing(graph: CableGraph, port: Node, following: Node) -> str:
    name = graph.name(following).get("name") or f"#{following[1]}"
    match port[0]:
        case type_ if type_ == TERMINATION:
            return f"circuit, on at side {name}"
        case type_ if type_ == OUTLET:
            return f"fed by {name}"
        case type_ if type_ == INLET:
            return f"feeds {name}"
        case _ if graph.device(port) == graph.device(following) and port[0] == following[0]:
            return f"through the device, on at {name}"
        case _:
            return f"on at {name}"


def _ending(graph: CableGraph, far: Node, leg: Leg) -> str:
    if leg.branches:
        cabled = sum(1 for branch in leg.branches if branch.links or branch.branches)
        return f"splits into {len(leg.branches):,}, {cabled:,} of them cabled"
    if leg.stop.ending is Ending.ARRIVED:
        panel = graph.name(far).get("of") if far[0] == FEED else None
        return f"end: power panel {name_of(panel)}" if panel else "end"
    if leg.stop.port == far:
        return f"ends: {_why(graph, leg.stop)}"
    return f"{_passing(graph, far, leg.stop.port)}: {_why(graph, leg.stop)}"


def _why(graph: CableGraph, stop: Stop) -> str:
    if stop.place is None:
        return stop.ending.value
    at = "" if stop.ending is Ending.PLACE else " at"
    return f"{stop.ending.value}{at} {_port(graph, stop.place)}"


def _reasons(graph: CableGraph, stops: Sequence[Stop]) -> list[str]:
    return list(dict.fromkeys(_why(graph, stop) for stop in stops))


def _reason(graph: CableGraph, stops: Sequence[Stop]) -> str | None:
    """Why the path goes no further, where that is not because it has arrived."""
    open_ = [stop for stop in stops if stop.ending is not Ending.ARRIVED]
    told = dict.fromkeys(f"{_port(graph, stop.port)}: {_why(graph, stop)}" for stop in open_)
    return listed(list(told)) or None


def _stop(graph: CableGraph, stop: Stop) -> str | None:
    return _port(graph, stop.place or stop.port)


def _summary(
    graph: CableGraph,
    path: Path,
    sides: tuple[Sequence[Stop], Sequence[Stop]],
    facts: dict[str, Any],
    ends: Sequence[tuple[tuple[Link, ...], Stop]],
) -> str:
    stops = sides[1]
    begin = _stop(graph, path.begin)
    if not facts["cables"]:
        return f"{begin}: {_why(graph, stops[0])}"
    parts = [_cables(facts["cables"])]
    if "length_m" in facts:
        parts.append(f"{facts['length_m']:g} m")
    planned = {
        link.cable
        for links, _ in ends
        for link in links
        if graph.cable(link.cable).get("status") not in (*_IN_USE, None)
    }
    if planned:
        parts.append(f"{len(planned):,} not in use yet")
    if path.near:
        told = " and ".join(_counted(side) for side in sides)
        return f"{begin} lies between {told}: {', '.join(parts)}"
    if len(stops) > 1:
        return f"{begin} splits to {_counted(stops)}: {', '.join(parts)}"
    through = _through(graph, ends[-1][0])
    if through:
        parts.append(f"through {through}")
    line = f"{begin} -> {_stop(graph, stops[0])}: {', '.join(parts)}"
    return f"{line}; {facts['reason']}" if facts["reason"] else line


def _counted(stops: Sequence[Stop]) -> str:
    return f"{len(stops):,} ends, {sum(map(_is_reached, stops)):,} of them reached"


def _through(graph: CableGraph, links: Sequence[Link]) -> str:
    """The devices and circuits that lie between the ends."""
    owners = [graph.name(link.far).get("of") for link in links[:-1]]
    return listed(list(dict.fromkeys(str(name_of(owner)) for owner in owners if owner)))


def _is_reached(stop: Stop) -> bool:
    return stop.ending in _REACHED


def _cables(number: int) -> str:
    return f"{number:,} cable{'' if number == 1 else 's'}"


def _ports(graph: CableGraph, stops: Iterable[Stop]) -> str:
    names = [str(_port(graph, stop.port)) for stop in dict.fromkeys(stops)]
    return names[0] if len(names) == 1 else f"{len(names):,} ends: {listed(names)}"


def _port(graph: CableGraph, node: Node) -> str | None:
    return name_of(graph.name(node))


def _cable(graph: CableGraph, id_: str) -> str:
    cable = graph.cable(id_)
    return str(cable.get("label") or cable.get("name") or f"#{id_}")


def _with_unit(cable: Any) -> str | None:
    if cable.get("length") is None:
        return None
    return f"{cable['length']:g} {cable.get('length_unit') or ''}".strip()


def _length(graph: CableGraph, links: Iterable[Link]) -> float | None:
    """The length of all these cables in meters, if it is known of each."""
    cables = [graph.cable(id_) for id_ in {link.cable for link in links}]
    lengths = [
        each["length"] * _METERS[each["length_unit"]]
        for each in cables
        if each.get("length") is not None and each.get("length_unit") in _METERS
    ]
    return round(sum(lengths), 2) if lengths and len(lengths) == len(cables) else None


def _told(
    graph: CableGraph,
    summary: str,
    sections: tuple[Section, ...],
    facts: dict[str, Any],
    stops: Iterable[Stop],
) -> Draft:
    """The answer, with what it could not know."""
    draft = Draft(summary, sections, {name: value for name, value in facts.items() if value is not None})
    if graph.hidden:
        names = listed(sorted({str(name_of(graph.name(node))) for node in graph.hidden}))
        draft = _incomplete(draft, f"paths may go on where these could not be read: {names}")
    if any(stop.ending is Ending.TOO_FAR for stop in stops):
        draft = _incomplete(draft, "a path was not followed to its end: too many cables or branches")
    return draft


def _incomplete(draft: Draft, warning: str) -> Draft:
    return Draft(draft.summary, draft.sections, draft.facts, (*draft.warnings, warning), complete=False)
