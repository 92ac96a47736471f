"""When two calls ask the same: spellings make no difference, meanings do."""

from __future__ import annotations

from typing import Any

import pytest

from sources.types import CATALOG
from tests.questions.in_words.case import Call, asked, call, matches, rows

SAME = [
    (rows("device", site="Akron"), rows("devices", site="akron")),
    (
        rows("device", site="Saint-Étienne/O'Hare 50% «Süd»"),
        rows("dcim.device", site="saint-etienne-ohare-50-sud"),
    ),
    (rows("device", site="Akron"), rows("device", sites=["Akron"], fields=["name", "rack"], limit=10)),
    (rows("device", site=["Akron", "Albany"]), rows("device", site=["albany", "akron"])),
    (rows("device", status__n="active"), rows("device", status__not="Active")),
    (rows("device", tag="critical"), rows("device", tags="critical")),
    (rows("interface", enabled=False), rows("port", enabled__n="true")),
    (rows("vlan", vid__gt=1000), rows("vlan", vid__gte=1001)),
    (rows("site", devices=0), rows("site", devices=None)),
    (rows("site", devices=0), rows("site", devices__lt=1)),
    (rows("site", devices__gt=0), rows("site", devices="not null")),
    (rows("device", interfaces__gt=40), rows("device", interface_count__gt=40)),
    (rows("device", order=["-interfaces"]), rows("device", order=["-interface_count"])),
    (rows("device", fields=["primary_ip4"]), rows("device")),
    (rows("device", tenant=None), rows("device", tenant__null=True)),
    (rows("device", name="sw1"), rows("device", name__ie="SW1")),
    (rows("device", by="role"), rows("device", by="roles")),
    (rows("device", order=["-created"]), rows("device", order=["-created", "name"], limit=1)),
    (rows("device", name="sw1", fields=["serial"]), rows("device", name="sw1", fields=["name", "serial"])),
    (call("describe", object="Akron", type="site"), call("describe", object="akron")),
    (call("describe", object="Akron", type="site"), call("describe", object="site Akron", max_tokens=900)),
    (call("vlans", vid=100), call("vlans", vid=[100], site=None)),
    (call("trace", start="a", to="b"), call("trace", start="b", to="a")),
    (call("trace", start="sw1 Gi1/0/48"), call("trace", start="port Gi1/0/48 on SW1")),
    (call("compare", left="a", right="b"), call("compare", left="b", right="a")),
    (call("topology", around="sw1"), call("topology", around="sw1", depth=1, kind="network")),
    (call("changes", since="24h"), call("changes", since="the last 24 hours")),
    (call("changes", since="7d"), call("changes")),
    (
        call("ip_space", prefix="10.1.0.0/16", free_length=24),
        call("ip_space", free_length=24, prefix="10.1.0.0/16"),
    ),
    (call("ip_space", address="2001:db8::1"), call("ip_space", address="2001:DB8:0::1")),
    (call("find", text="aa:bb:cc:dd:ee:ff"), call("find", text="AABB.CCDD.EEFF")),
    (call("capacity", of="Akron", type="racks"), call("capacity", of="site Akron", type="rack")),
    (call("audit", checks=["high", "low"]), call("audit", checks=["low", "high"])),
]
OTHER = [
    (rows("device", site="Akron"), rows("device")),
    (rows("device", site="Akron"), rows("rack", site="Akron")),
    (rows("device", site="Akron"), rows("device", site="Akron", status="active")),
    (rows("device", site="Akron"), rows("device", site__n="Akron")),
    (rows("device", site="Akron"), rows("device", site="Akron", by="role")),
    (rows("device", site="Akron"), rows("device", colour="Akron")),
    (rows("device", site="Akron"), rows("device", site="")),
    (rows("vlan", vid__gt=1000), rows("vlan", vid__gte=1000)),
    (rows("device", interfaces__gt=40), rows("device", interfaces__lt=40)),
    (rows("device", name="sw1", fields=["serial"]), rows("device", name="sw1")),
    (rows("device", order=["-created"]), rows("device", order=["created"])),
    (call("describe", object="Akron", type="site"), call("describe", object="Akron", type="rack")),
    (call("impact", object="vlan 100"), call("impact", object="100")),
    (call("topology", around="sw1"), call("topology", around="sw1", depth=2)),
    (call("changes", since="24h"), call("changes", since="2d")),
    (call("changes", site="Akron"), call("changes", site="Akron", since="soon")),
    (call("vlans", vid=100), call("vlans", vid=[100, 200])),
    (call("ip_space", address="10.1.4.7"), call("ip_space", address="10.14.7.1")),
    (call("compare", left="a", right="b"), call("compare", left="a", right="c")),
    (call("compare", left="a", since="7d"), call("compare", left="a", right="b")),
    (call("audit"), call("status")),
]


@pytest.mark.parametrize(("expected", "answered"), SAME, ids=str)
def test_another_spelling_is_the_same_call(expected: Call, answered: Call) -> None:
    assert matches(asked("?", expected), *answered, CATALOG)


@pytest.mark.parametrize(("expected", "answered"), OTHER, ids=str)
def test_another_meaning_is_another_call(expected: Call, answered: Call) -> None:
    assert not matches(asked("?", expected), *answered, CATALOG)


def test_any_of_the_right_calls_will_do() -> None:
    question = asked("where is sw1", call("find", text="sw1"), call("describe", object="sw1"))
    wanted: list[tuple[str, dict[str, Any]]] = [("find", {"text": "SW1"}), ("describe", {"object": "sw1"})]
    assert all(matches(question, *each, CATALOG) for each in wanted)
    assert not matches(question, "trace", {"start": "sw1"}, CATALOG)
