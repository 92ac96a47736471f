"""Values that no path leads to: what front ports lead to, ports of services, objects told by type and id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]
Shape = Callable[[Row], Any]
"""Takes a field's value out of a native row where a path does not lead to it."""


def rear_ports(row: Row) -> list[dict[str, Any]]:
    """The rear ports of a front port: several since NetBox 4.5, one at one of its positions before."""
    if "rear_ports" not in row:
        return list(_strands([(1, row.get("rear_port"), row.get("rear_port_position"))]))
    several = row["rear_ports"] or ()
    return list(
        _strands((each["position"], each["rear_port"], each["rear_port_position"]) for each in several)
    )


def mapped_rear_ports(row: Row) -> list[dict[str, Any]]:
    """The same by GraphQL."""
    return list(
        _strands(
            (each["front_port_position"], each["rear_port"], each["rear_port_position"])
            for each in row["mappings"]
        )
    )


def _strands(told: Iterable[tuple[int, Any, Any]]) -> Iterator[dict[str, Any]]:
    for front, port, rear in told:
        if port is not None:
            known = port if isinstance(port, Mapping) else {"id": port}
            yield {
                "id": known["id"],
                "name": known.get("name"),
                "front_position": front,
                "rear_position": rear,
            }


def service_ports(row: Row) -> list[str] | None:
    """The ports of a service like `tcp/443`: since NetBox 4.7 told so, before by a protocol and numbers."""
    told = row.get("port_mappings")
    if told is not None:
        return list(told)
    protocol = row.get("protocol")
    bare = protocol.get("value") if isinstance(protocol, Mapping) else protocol
    return [f"{bare}/{port}".lower() for port in row.get("ports") or ()]


def prefix_type(row: Row) -> str:
    """Whether a prefix holds other prefixes, hosts, or addresses that are all usable."""
    status = row.get("status")
    if (status.get("value") if isinstance(status, Mapping) else status) == "container":
        return "container"
    return "pool" if row.get("is_pool") else "network"


def service_parent(row: Row) -> Any:
    """What a service runs on: of any type since NetBox 4.3, a device or a virtual machine before."""
    return row.get("parent") or row.get("device") or row.get("virtual_machine")


def changed_object(row: Row) -> dict[str, Any]:
    """The object of a change by type, id and the name it had: it may be gone."""
    return {
        "id": row["changed_object_id"],
        "object_type": row["changed_object_type"],
        "name": row.get("object_repr"),
    }


def fill_in(row: Any, path: str, found: Mapping[str, Any] | None = None) -> list[str]:
    """The bare ids at a path, lists on the way walked through; `found` puts what they stand for in their place."""
    step, _, inner = path.partition(".")
    held = row.get(step) if isinstance(row, dict) else None
    if inner:
        several = held if isinstance(held, list) else [held]
        return [id_ for each in several for id_ in fill_in(each, inner, found)]
    if type(held) is not int:
        return []
    if found is not None:
        row[step] = found.get(str(held), {"id": held})
    return [str(held)]
