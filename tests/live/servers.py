"""How the live tests reach the real servers: through netbrief, and past it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from server.settings import SourceKind, SourceSettings, authorization
from sources.http import Connection, HttpClient
from tests.asking import Asker, asking, source

KINDS: tuple[SourceKind, ...] = ("netbox", "nautobot")
PATIENCE = {"timeout": 120, "deadline": 300}
"""Seconds: the machine that tests is also the one that serves."""


def setting(name: str) -> str:
    """A setting that the rig has printed; without it the test is skipped."""
    if not os.environ.get(name):
        pytest.skip(f"{name} is not set: `make rig live` starts the real servers and tests on them")
    return os.environ[name]


def real(kind: SourceKind, user: str = "", *, graphql: bool = True) -> SourceSettings:
    """A real server, by the token of one of the rig's users: "", "NO_IPS", "ONE_SITE", ..."""
    name = kind.upper()
    token = setting(f"{name}_TOKEN_{user}" if user else f"{name}_TOKEN")
    return source(setting(f"{name}_URL"), token, kind=kind, graphql=graphql)


def asking_real(
    kind: SourceKind, folder: Path, user: str = "", *, graphql: bool = True, **changes: Any
) -> Any:
    """A netbrief over a real server, with nothing in its cache."""
    return asking(real(kind, user, graphql=graphql), folder=folder, **{**PATIENCE, **changes})


@asynccontextmanager
async def past_netbrief(kind: SourceKind, user: str = "") -> AsyncIterator[HttpClient]:
    """The server's own API, to show what netbrief has to deal with."""
    told = real(kind, user)
    client = HttpClient(Connection(told.url, authorization(kind, told.token.get_secret_value()), timeout=120))
    try:
        yield client
    finally:
        await client.close()


def kind_of(asker: Asker) -> SourceKind:
    """What kind of source is asked."""
    return asker.services.configured[0].kind
