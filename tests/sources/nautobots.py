"""A Nautobot in memory: lists for GraphQL and REST, as much as the adapter's own decisions need."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sources.errors import NotFound, NotPermitted, Rejected
from sources.http import Connection
from sources.nautobot.adapter import NautobotSource

REGION, SITE, ROOM = "type-region", "type-site", "type-room"
SITE_A, SITE_B, ROOM_A = "place-a", "place-b", "place-room"

LOCATION_TYPES: list[dict[str, Any]] = [
    {"id": REGION, "name": "Region", "parent": None, "content_types": []},
    {
        "id": SITE,
        "name": "Site",
        "parent": {"id": REGION},
        "content_types": [{"app_label": "dcim", "model": "device"}],
    },
    {"id": ROOM, "name": "Room", "parent": {"id": SITE}, "content_types": ["dcim.device"]},
]
LOCATIONS: list[dict[str, Any]] = [
    {"id": "place-r", "name": "Ohio", "location_type": {"id": REGION}, "parent": None},
    {"id": SITE_A, "name": "Akron", "location_type": {"id": SITE}, "parent": {"id": "place-r"}},
    {"id": SITE_B, "name": "Berea", "location_type": {"id": SITE}, "parent": {"id": "place-r"}},
    {"id": ROOM_A, "name": "Room 1", "location_type": {"id": ROOM}, "parent": {"id": SITE_A}},
]
STATUSES: list[dict[str, Any]] = [
    {"name": name, "content_types": ["dcim.device", "dcim.rack"]} for name in ("Active", "End of Life")
]
ROLES: list[dict[str, Any]] = [{"name": "VIP", "content_types": ["ipam.ipaddress"]}]


@dataclass
class Asked:
    """One list of a GraphQL document."""

    listing: str
    arguments: str
    selection: str

    def number(self, name: str) -> int | None:
        """An argument that is a number."""
        found = re.search(rf"\b{name}:(\d+)", self.arguments)
        return int(found[1]) if found else None


@dataclass
class FakeNautobot:
    """Answers what the adapter's HTTP client asks. `lists` are the GraphQL lists, `tables` the REST ones."""

    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    """GraphQL lists that spoil a document, or with a path the list alone, by an error's words."""
    spoiled: dict[str, str] = field(default_factory=dict)
    stumbled: set[str] = field(default_factory=set)
    """Lists within the rows of others that Nautobot fails to give."""
    unknown_words: set[str] = field(default_factory=set)
    """Lists and fields that this Nautobot's GraphQL does not know."""
    without_graphql: bool = False
    schema: Mapping[str, Any] = field(default_factory=dict)
    documents: list[list[Asked]] = field(default_factory=list)
    gets: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        base = {
            "location_types": LOCATION_TYPES,
            "locations": LOCATIONS,
            "statuses": STATUSES,
            "roles": ROLES,
        }
        self.lists = base | self.lists
        rest = {
            "dcim/location-types": LOCATION_TYPES,
            "dcim/locations": LOCATIONS,
            "extras/statuses": STATUSES,
            "extras/roles": ROLES,
        }
        self.tables = rest | self.tables

    def source(self, **options: Any) -> NautobotSource:
        """The adapter on this Nautobot."""
        source = NautobotSource("nautobot", Connection("http://nautobot", "Token x"), **options)
        source.http.get = self.get  # type: ignore[method-assign]
        source.http.post = self.post  # type: ignore[method-assign]
        return source

    @property
    def asked(self) -> list[Asked]:
        """Every list that was asked for by GraphQL, without the survey's."""
        return [each for document in self.documents for each in document]

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """A GraphQL answer."""
        assert path == "/api/graphql/"
        if self.without_graphql:
            raise NotFound("nothing here")
        if "__type(" in body["query"]:
            return {"data": self.schema}
        fields = top_level(body["query"])
        self.documents.append([each for alias, each in fields.items() if alias.startswith("r")])
        unknown = [each for each in self.unknown_words if re.search(rf"\b{each}\b", body["query"])]
        if unknown or any(each.listing in self.refused for each in fields.values()):
            told = " ".join(f'{{"message": "Cannot query field "{each}" on type "T"."}}' for each in unknown)
            raise Rejected("the document is refused", {"errors": told})
        data: dict[str, Any] = {}
        errors = []
        for alias, each in fields.items():
            if alias.startswith("r") and each.listing in self.spoiled:
                data[alias] = None
                errors.append({"path": [alias], "message": self.spoiled[each.listing]})
                continue
            # A survey's look at a type that a test does not speak of shows a row.
            others = [{"id": "x"}] if alias.startswith("p_") else []
            rows = [] if each.listing in self.forbidden else self.lists.get(each.listing, others)
            start = each.number("offset") or 0
            limit = each.number("limit")
            data[alias] = rows[start : None if limit is None else start + limit]
            within = [name for name in self.stumbled if f"{name}{{" in each.selection]
            errors += [{"path": [alias, 0, name], "message": "it fails"} for name in within]
        return {"data": data} | ({"errors": errors} if errors else {})

    async def get(self, path: str, params: Sequence[tuple[str, str]] = (), *, patience: int = 1) -> Any:
        """A REST answer."""
        self.gets.append((path, list(params)))
        endpoint = path.removeprefix("/api/").strip("/")
        if endpoint.replace("-", "_").rpartition("/")[2] in self.forbidden:
            raise NotPermitted("not this")
        if endpoint not in self.tables and endpoint not in self.counts:
            raise NotFound("nothing here")
        rows = self.tables.get(endpoint, [])
        ids = [value for name, value in params if name == "id"]
        if ids:
            rows = [row for row in rows if row["id"] in ids]
        options = dict(params)
        start, limit = int(options.get("offset", 0)), int(options.get("limit", 50))
        count = len(rows) if ids else self.counts.get(endpoint, len(rows))
        return {"count": count, "results": rows[start : start + limit]}


def top_level(query: str) -> dict[str, Asked]:
    """The lists of a document by their alias."""
    found: dict[str, Asked] = {}
    text = query.strip()[1:-1]
    at = 0
    while match := re.compile(r"\s*(\w+):(\w+)").match(text, at):
        alias, listing = match[1], match[2]
        at = match.end()
        arguments = ""
        if text[at] == "(":
            end = text.index("){", at)
            arguments, at = text[at + 1 : end], end + 1
        depth, start = 0, at
        while True:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
            if depth == 0:
                break
        found[alias] = Asked(listing, arguments, text[start + 1 : at - 1])
    return found
