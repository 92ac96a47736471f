"""The far ends of breakouts: GraphQL names the first one of a port, and tells the others by type and id alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

NAMED = "far_ends"
"""Where a row holds its far ends once all of them are named."""

End = tuple[str, str]
"""The content type and the id of what a path ends at."""


def far_ends(row: Mapping[str, Any]) -> Any:
    """What the paths of a port end at."""
    return row[NAMED] if NAMED in row else row.get("connected_endpoint")


def unnamed(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What must be read to name all far ends of the ports that have several: by content type, the ids."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for type_, id_ in _several(row):
            found[type_][id_] = None
    return {type_: list(ids) for type_, ids in found.items()}


def name_all(rows: Sequence[dict[str, Any]], named: Mapping[str, Any]) -> None:
    """Put the far ends into the rows, from what was read of them by id; what may not be seen is left out."""
    for row in rows:
        ends = _several(row)
        if ends:
            row[NAMED] = [named[id_] for _, id_ in ends if id_ in named]


def _several(row: Mapping[str, Any]) -> list[End]:
    told = [path for path in row.get("cable_paths") or () if path.get("destination_id")]
    ends = [
        (f"{type_['app_label']}.{type_['model']}", str(path["destination_id"]))
        for path in told
        if (type_ := path.get("destination_type"))
    ]
    distinct = list(dict.fromkeys(ends))
    return distinct if len(distinct) > 1 else []
