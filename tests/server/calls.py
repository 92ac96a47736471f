"""A call of every tool on the demo inventory, and calls that cannot be right."""

from __future__ import annotations

from typing import Any

CALLS: dict[str, dict[str, Any]] = {
    "find": {"text": "akr-fw01"},
    "list_objects": {"type": "device", "where": {"site": "Akron"}},
    "describe": {"object": "akr-fw01"},
    "audit": {"site": "Akron"},
    "vlans": {"site": "Akron"},
    "trace": {"start": "akr-asw01 Te1/1/1"},
    "compare": {"left": "akr-core01", "right": "akr-core02"},
    "ip_space": {"site": "Akron"},
    "changes": {"site": "Akron", "since": "2026-11-10"},
    "status": {},
}
"""Every tool but `more`, which needs the cursor of another call."""

BAD_CALLS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("find", {}, "text: Field required"),
    ("find", {"text": 7}, "text: Input should be a valid string"),
    ("find", {"text": ""}, "text: String should have at least 1 character"),
    ("find", {"txt": "akron"}, 'there is no argument "txt", perhaps text'),
    ("find", {"text": "akron", "max_tokens": 12}, "max_tokens: Input should be greater than or equal to 300"),
    ("find", {"text": "akron", "types": ["spaceship"]}, 'there is no object type "spaceship"'),
    ("list_objects", {}, "type: Field required"),
    ("list_objects", {"type": "device", "where": "site=Akron"}, "where: Input should be a valid dictionary"),
    ("list_objects", {"type": "device", "limit": "many"}, "limit: Input should be a valid integer"),
    ("list_objects", {"type": "device", "limit": 0}, "limit: Input should be greater than or equal to 1"),
    ("list_objects", {"type": "device", "filters": {}}, 'there is no argument "filters"'),
    ("list_objects", {"type": "device", "fields": "name"}, "fields: Input should be a valid list"),
    ("list_objects", {"type": "device", "where": {"site": {"name": "Akron"}}}, "site takes text, a number"),
    ("list_objects", {"type": "device", "where": {"site": []}}, "site has an empty list of values"),
    ("list_objects", {"type": "device", "where": {"serial": " "}}, "serial has an empty value"),
    ("list_objects", {"type": "interface", "where": {"enabled": "maybe"}}, "enabled takes true or false"),
    ("list_objects", {"type": "vlan", "where": {"vid": "ten"}}, "vid takes a whole number"),
    ("list_objects", {"type": "device", "where": {"sight": "Akron"}}, 'devices have no filter "sight"'),
    ("list_objects", {"type": "device", "where": {"status": "actve"}}, 'devices have no status "actve"'),
    ("list_objects", {"type": "device", "group_by": "colour"}, 'devices cannot be grouped by "colour"'),
    ("list_objects", {"type": "device", "order_by": ["weight"]}, 'devices cannot be ordered by "weight"'),
    ("list_objects", {"type": "device", "include": ["wheels"]}, 'devices have no related "wheels"'),
    ("list_objects", {"type": "device", "fields": ["rak"]}, 'devices have no field "rak"'),
    ("list_objects", {"type": "device", "fields": ["site.colour"]}, 'devices have no "site.colour"'),
    ("list_objects", {"type": "device", "fields": ["cf_teir"]}, 'devices have no custom field "teir"'),
    ("list_objects", {"type": "namespace"}, 'there is no object type "namespace"'),
    ("list_objects", {"type": "devise"}, 'there is no object type "devise"'),
    ("describe", {"object": "akr-fw1"}, '"akr-fw1"'),
    ("describe", {"object": "akr-fw01", "type": "sites"}, 'there is no site "akr-fw01"'),
    ("vlans", {"site": "Akronn"}, 'there is no site "Akronn"'),
    ("vlans", {"vid": "ten"}, "vid"),
    ("trace", {"start": "akr-asw01 Gi99"}, 'akr-asw01 has no port "Gi99"'),
    ("compare", {"left": "akr-core01"}, "right is needed"),
    ("compare", {"left": "akr-core01", "right": "Akron"}, "akr-core01 is a device, Akron is a site"),
    ("export", {"cursor": "not-a-cursor"}, "bad_cursor"),
    ("ip_space", {"prefix": "10.1.0.0/161"}, "'10.1.0.0/161' is no prefix"),
    ("ip_space", {"address": "akr-fw01"}, "'akr-fw01' is no IP address"),
    ("ip_space", {"free_length": 129}, "free_length: Input should be less than or equal to 128"),
    ("changes", {"since": "soon"}, 'since "soon" is no time that is understood'),
    ("changes", {"site": "Akronn"}, 'there is no site "Akronn"'),
    ("changes", {"until": "2026-11-01", "since": "2026-11-10"}, "before it begins"),
    ("changes", {"request": "55652f8d"}, "no whole id of a request"),
    ("more", {"cursor": "not-a-cursor"}, "bad_cursor"),
    ("more", {}, "cursor: Field required"),
    ("status", {"verbose": True}, 'there is no argument "verbose"'),
    ("status", {"source": "atlantis"}, "atlantis"),
)
"""Tool, arguments, and words that the error must hold."""
