"""Settings that reach a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.services import open_source
from sources.source import Match
from sources.types import CATALOG
from tests.asking import plain_settings
from tests.sources.nautobots import ROOM, SITE, FakeNautobot


@pytest.mark.parametrize(("site_types", "native"), [("", SITE), ("Room, Store", ROOM)])
async def test_a_user_says_which_location_types_are_sites(
    site_types: str, native: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAUTOBOT_URL", "http://nautobot")
    monkeypatch.setenv("NAUTOBOT_TOKEN", "x")
    monkeypatch.setenv("NETBRIEF_SITE_TYPES", site_types)
    monkeypatch.delenv("NETBOX_URL", raising=False)
    monkeypatch.delenv("NETBOX_TOKEN", raising=False)
    settings = plain_settings(tmp_path)
    [configured] = settings.sources()
    source, nautobot = open_source(configured, settings), FakeNautobot()
    monkeypatch.setattr(source.http, "get", nautobot.get)  # type: ignore[attr-defined]
    monkeypatch.setattr(source.http, "post", nautobot.post)  # type: ignore[attr-defined]
    await source.read([Match(CATALOG["dcim.site"])])
    assert f'location_type:"{native}"' in nautobot.asked[0].arguments
