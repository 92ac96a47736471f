"""Which devices: by one condition or by several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.questions.in_words.case import Asked, Call, call, filled, rows
from tests.questions.in_words.filled.spread import plural, spread
from tests.questions.in_words.names import Names


def devices(names: Names) -> Iterator[Asked]:
    """The questions."""
    for wording, site in spread(
        names.sites,
        "devices at {site}",
        "{site} devices",
        "Which devices are installed in {site}?",
        "list all the equipment we have at {site}, please",
        "show me everything of type device for the site {site}",
        "what boxes are there in {site}",
    ):
        yield filled(wording, rows("device", site=site), site=site)
    for wording, (role, site) in spread(
        names.roles_at,
        "{roles} at {site}",
        "show all {roles} in {site}",
        "which {roles} does {site} have?",
        "I'd like to see every {role} in {site}",
        "{site} {roles}",
        "list devices with role {role} at site {site}",
    ):
        shown = {"role": role.lower(), "roles": plural(role), "site": site}
        yield filled(wording, rows("device", role=role, site=site), **shown)
    for wording, role in spread(
        names.roles, "all {roles}", "where are our {roles}?", "Give me a list of {roles}"
    ):
        places = (rows("device", by="site", role=role),) if "where" in wording else ()
        yield filled(wording, rows("device", role=role), *places, roles=plural(role.lower()))
    for wording, region in spread(
        names.regions,
        "devices in the region {region}",
        "what do we run in {region}? I mean devices",
        "list devices across {region}",
    ):
        yield filled(wording, rows("device", region=region), region=region)
    for wording, maker in spread(
        names.manufacturers, "{maker} devices", "everything made by {maker}", "do we own any {maker} gear?"
    ):
        yield filled(wording, rows("device", manufacturer=maker), maker=maker)
    for wording, model in spread(
        names.models,
        "all {model} devices",
        "which devices are of model {model}",
        "where do we use the {model}?",
    ):
        places = (rows("device", by="site", device_type=model),) if "where" in wording else ()
        yield filled(wording, rows("device", device_type=model), *places, model=model)
    yield from _by_kind(names)
    yield from _several(names)
    yield from _not(names)


def _by_kind(names: Names) -> Iterator[Asked]:
    for wording, platform in spread(
        names.platforms, "devices running {platform}", "which boxes have {platform} as their platform?"
    ):
        yield filled(wording, rows("device", platform=platform), platform=platform)
    for wording, tenant in spread(
        names.tenants, "devices of tenant {tenant}", "what devices belong to {tenant}?", "{tenant} devices"
    ):
        yield filled(wording, rows("device", tenant=tenant), tenant=tenant)
    for wording, tag in spread(names.tags, "devices tagged {tag}", "devices with the tag {tag}"):
        yield filled(wording, rows("device", tag=tag), tag=tag)
    for wording, (name, label, value) in spread(
        names.choice_fields, "devices whose {label} is {value}", "devices with {label} {value}"
    ):
        yield filled(wording, _holding(name, value), label=label, value=value)


def _holding(name: str, value: str) -> Call:
    """The devices with that value of a custom field."""
    where: dict[str, Any] = {f"cf_{name}": value}
    return rows("device", **where)


def _several(names: Names) -> Iterator[Asked]:
    for wording, (one, other) in spread(
        names.site_pairs, "devices in {one} and {other}", "what devices stand at {one} or {other}?"
    ):
        yield filled(wording, rows("device", site=[one, other]), one=one, other=other)
    for wording, (role, site) in spread(
        names.roles_at, "active {roles} in {site}", "which {roles} in {site} have status active?"
    ):
        right = rows("device", role=role, site=site, status="active")
        yield filled(wording, right, roles=plural(role), site=site)
    pairs = [(maker, region) for maker, region in zip(names.manufacturers, names.regions, strict=False)]
    for wording, (maker, region) in spread(
        pairs, "{maker} devices in {region}", "any {maker} kit in {region}?"
    ):
        right = rows("device", manufacturer=maker, region=region)
        yield filled(wording, right, maker=maker, region=region)
    owned = [(tenant, role) for tenant in names.tenants for role in names.roles[:3]]
    for wording, (tenant, role) in spread(
        owned, "{roles} owned by {tenant}", "which {roles} does {tenant} have?"
    ):
        yield filled(wording, rows("device", tenant=tenant, role=role), tenant=tenant, roles=plural(role))


def _not(names: Names) -> Iterator[Asked]:
    for wording, site in spread(
        names.sites,
        "devices not in {site}",
        "every device except the ones at {site}",
    ):
        yield filled(wording, rows("device", site__n=site), site=site)
    for wording, (role, site) in spread(
        names.roles_at, "devices at {site} that aren't {roles}", "everything in {site} except {roles}"
    ):
        yield filled(wording, rows("device", site=site, role__n=role), site=site, roles=plural(role))
    for wording, site in spread(
        names.sites, "devices without a tenant at {site}", "which devices in {site} have no tenant?"
    ):
        yield filled(wording, rows("device", site=site, tenant=None), site=site)
    for wording, site in spread(
        names.sites, "devices without primary ip in {site}", "what in {site} has no management IP?"
    ):
        yield filled(
            wording,
            rows("device", site=site, has_primary_ip=False),
            rows("device", site=site, primary_ip4=None),
            call("audit", site=site, checks=["device-without-primary-ip"]),
            site=site,
        )
    for wording, maker in spread(
        names.manufacturers, "devices that are not from {maker}", "non-{maker} devices"
    ):
        yield filled(wording, rows("device", manufacturer__n=maker), maker=maker)
    for wording, (role, site) in spread(
        names.roles_at, "inactive {roles} in {site}", "{roles} in {site} that are not active"
    ):
        yield filled(
            wording, rows("device", role=role, site=site, status__n="active"), roles=plural(role), site=site
        )
