"""Which checked REST filters mean the same in NetBox's GraphQL, and how they are said there.

Only those that are sure: a name without regard to case, VLAN numbers, the site that a VLAN group is for, and
references that are no trees (a tree's REST filter includes the descendants, its GraphQL filter does not).
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from sources.catalog import Kind, ObjectType
from sources.netbox.words import word
from sources.source import NativeFilters

TREES = frozenset(
    {
        "dcim.region",
        "dcim.sitegroup",
        "dcim.location",
        "dcim.devicerole",
        "dcim.platform",
        "tenancy.tenantgroup",
    }
)
MOST_NAMES = 20
_OF_SITE = 'scope_type:{app_label:{exact:"dcim"},model:{exact:"site"}}'


def in_graphql(type_: ObjectType, filters: NativeFilters) -> str | None:
    """The filters as a GraphQL input object; None where they cannot be said for sure."""
    if len(filters) == 1 and filters[0][0] == f"{type_.title}__ie" and len(filters[0][1]) <= MOST_NAMES:
        return _any_name(type_.title, filters[0][1])
    parts = []
    for name, values in filters:
        if name == "vid" and type_.name == "ipam.vlan":
            parts.append(f"vid:{{filter_lookup:{{in_list:[{','.join(values)}]}}}}")
            continue
        if name == "site" and type_.name == "ipam.vlangroup" and len(values) == 1 and values != ("null",):
            site = orjson.dumps(values[0]).decode()
            parts.append(f"{_OF_SITE},scope_id:{site}")
            continue
        field = name.removesuffix("_id")
        known = type_.fields.get(field)
        plain = (
            known is not None and known.kind in (Kind.REF, Kind.REFS) and word(type_, field).filter == name
        )
        if (
            known is None
            or not plain
            or known.target in TREES
            or not word(type_, field).column
            or "null" in values
        ):
            return None
        parts.append(f"{field}:{{id:{{in_list:{orjson.dumps(values).decode()}}}}}")
    return f"{{{','.join(parts)}}}"


def _any_name(title: str, values: Sequence[str]) -> str:
    """A chain of OR: it takes one object, not a list."""
    text = ""
    for value in reversed(values):
        quoted = orjson.dumps(value).decode()
        text = f"{{{title}:{{i_exact:{quoted}}}{',OR:' + text if text else ''}}}"
    return text
