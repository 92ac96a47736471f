"""How many, is there any, and counts by group."""

from __future__ import annotations

from collections.abc import Iterator

from tests.questions.in_words.case import Asked, filled, rows
from tests.questions.in_words.filled.spread import plural, spread
from tests.questions.in_words.names import Names


def counts(names: Names) -> Iterator[Asked]:
    """The questions."""
    for wording, site in spread(
        names.sites, "how many devices are at {site}?", "number of devices in {site}"
    ):
        yield filled(wording, rows("device", site=site), site=site)
    for wording, (role, site) in spread(
        names.roles_at,
        "How many {roles} are in {site}?",
        "count the {roles} at {site}",
        "is there a {role} in {site}?",
        "are there any {roles} at {site}",
        "does {site} have {roles}?",
    ):
        yield filled(wording, rows("device", role=role, site=site), role=role, roles=plural(role), site=site)
    for wording, tenant in spread(
        names.tenants, "how many devices does {tenant} own", "{tenant} device count"
    ):
        yield filled(wording, rows("device", tenant=tenant), tenant=tenant)
    yield from _by_group(names)
    yield from _by_number(names)


def _by_group(names: Names) -> Iterator[Asked]:
    for wording, site in spread(
        names.sites, "devices at {site} by role", "how many devices of each role are there in {site}?"
    ):
        yield filled(wording, rows("device", by="role", site=site), site=site)
    for wording, region in spread(
        names.regions, "how many devices per site in {region}", "device count by site for region {region}"
    ):
        yield filled(wording, rows("device", by="site", region=region), region=region)
    for wording, role in spread(names.roles, "how many {roles} per site?", "{roles} by site, counted"):
        yield filled(wording, rows("device", by="site", role=role), roles=plural(role.lower()))
    for wording, maker in spread(names.manufacturers, "number of {maker} devices per model"):
        yield filled(wording, rows("device", by="device_type", manufacturer=maker), maker=maker)
    for wording, cluster in spread(
        names.of("virtualization.cluster"),
        "how many VMs are on {cluster}",
        "number of virtual machines in {cluster}",
    ):
        yield filled(wording, rows("vm", cluster=cluster), cluster=cluster)
    for wording, provider in spread(
        names.of("circuits.provider"), "how many circuits do we have from {provider}?"
    ):
        yield filled(wording, rows("circuit", provider=provider), provider=provider)
    for wording, region in spread(names.regions, "how many sites are in {region}?"):
        yield filled(wording, rows("site", region=region), region=region)


def _by_number(names: Names) -> Iterator[Asked]:
    for wording, site in spread(names.sites, "newest device at {site}"):
        yield filled(wording, rows("device", order=["-created"], site=site), site=site)
    for wording, site in spread(names.sites, "device in {site} with the most interfaces"):
        counted = rows("interface", by="device", site=site)
        yield filled(wording, rows("device", order=["-interfaces"], site=site), counted, site=site)
    for wording, site in spread(
        names.sites,
        "devices in {site} with more than 24 interfaces",
        "which devices at {site} have over 24 ports?",
    ):
        yield filled(wording, rows("device", site=site, interfaces__gt=24), site=site)
