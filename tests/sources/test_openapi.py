"""A server's description of itself is read once, however long it takes and whoever gives up waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from sources.errors import SourceTooSlow
from sources.http import Connection, HttpClient
from sources.openapi import Schema, reduce_document

DOCUMENT = {"paths": {"/api/dcim/devices/": {"get": {"parameters": [{"name": "name", "in": "query"}]}}}}


class Slow(HttpClient):
    """Answers when it is told to."""

    def __init__(self) -> None:
        super().__init__(Connection("http://netbox", "Token x"))
        self.answers = asyncio.Event()
        self.failing = False
        self.asked: list[int] = []

    async def get(self, path: str, params: Sequence[tuple[str, str]] = (), *, patience: int = 1) -> Any:
        assert (path, params) == ("/api/schema/", ())
        self.asked.append(patience)
        if self.failing:
            raise SourceTooSlow("no answer")
        await self.answers.wait()
        return DOCUMENT


async def test_reading_goes_on_for_the_next_call() -> None:
    http = Slow()
    schema = Schema(http, None, "/api/schema/")
    first = asyncio.create_task(schema.digest())
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    http.answers.set()
    assert (await schema.digest()).filters == {"dcim/devices": frozenset({"name"})}
    assert len(http.asked) == 1
    assert http.asked[0] > 1


async def test_what_failed_is_read_again() -> None:
    http = Slow()
    schema = Schema(http, None, "/api/schema/")
    http.failing = True
    with pytest.raises(SourceTooSlow):
        await schema.digest()
    http.failing = False
    http.answers.set()
    assert (await schema.digest()).filters


def test_choices_are_told_with_a_label_or_plainly() -> None:
    labelled = {"type": "object", "properties": {"value": {"enum": ["active", "offline", ""]}}}
    row = {
        "properties": {
            "status": labelled,
            "type": {"enum": ["cat6", "smf", None]},
            "name": {"type": "string"},
        }
    }
    listing = {"properties": {"results": {"items": {"$ref": "#/components/schemas/Cable"}}}}
    response = {"content": {"application/json": {"schema": listing}}}
    document = {
        "paths": {"/api/dcim/cables/": {"get": {"responses": {"200": response}}}},
        "components": {"schemas": {"Cable": row}},
    }
    assert reduce_document(document).choices == {
        "dcim/cables": {"status": ("active", "offline"), "type": ("cat6", "smf")}
    }
