"""Calls that must be refused, in words that help."""

from __future__ import annotations

from tests.questions.case import Case
from tests.questions.listing import refused

REFUSALS: tuple[Case, ...] = (
    refused(
        "a filter that does not exist",
        {"type": "device", "where": {"sight": "Akron"}},
        'devices have no filter "sight"',
        "site",
    ),
    refused(
        "a lookup that does not exist",
        {"type": "device", "where": {"name__like": "x"}},
        'devices have no filter "name__like"',
    ),
    refused(
        "a choice that does not exist",
        {"type": "device", "where": {"status": "actve"}},
        'no status "actve"',
        "active",
    ),
    refused(
        "a site that does not exist",
        {"type": "device", "where": {"site": "Akroon"}},
        'there is no site "Akroon"',
        "Akron",
    ),
    refused(
        "a tag that does not exist",
        {"type": "device", "where": {"tag": "critcal"}},
        'there is no tag "critcal"',
        "critical",
    ),
    refused(
        "a custom field that does not exist",
        {"type": "device", "where": {"cf_suport_tier": "gold"}},
        'no custom field "suport_tier"',
        "cf_support_tier",
    ),
    refused("a type that does not exist", {"type": "spaceship"}, 'there is no object type "spaceship"'),
    refused(
        "a column that does not exist",
        {"type": "device", "fields": ["colour"]},
        'devices have no field "colour"',
    ),
    refused(
        "an order that does not exist",
        {"type": "device", "order_by": ["colour"]},
        'devices cannot be ordered by "colour"',
    ),
    refused(
        "a date where a number belongs",
        {"type": "vlan", "where": {"vid": "2026-01-01"}},
        "vid takes a whole number",
    ),
)
