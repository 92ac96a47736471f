"""The numbers by which NetBox's change log calls object types, told by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sources.errors import NotFound, NotPermitted
from sources.http import HttpClient

_PATHS = ("/api/core/object-types/", "/api/extras/object-types/")
_SIDES = ("prechange_data", "postchange_data")


class ContentTypes:
    """The object types of one NetBox by their numbers, read once they are needed."""

    def __init__(self, http: HttpClient) -> None:
        self._http = http
        self._names: Mapping[int, str] | None = None

    async def name_in(self, changes: Iterable[Mapping[str, Any]]) -> None:
        """Put names for the numbers in what changes say of objects: `scope_type: 27` as `dcim.site`."""
        told = [
            (data, key)
            for change in changes
            for side in _SIDES
            if isinstance(data := change.get(side), dict)
            for key, value in data.items()
            if key.endswith("_type") and f"{key.removesuffix('_type')}_id" in data and type(value) is int
        ]
        if told and self._names is None:
            self._names = await self._read()
        for data, key in told:
            data[key] = (self._names or {}).get(data[key], data[key])

    async def _read(self) -> Mapping[int, str]:
        for path in _PATHS:
            try:
                answer = await self._http.get(path, [("limit", "1000")])
            except (NotFound, NotPermitted):
                continue
            return {row["id"]: f"{row['app_label']}.{row['model']}" for row in answer["results"]}
        return {}
