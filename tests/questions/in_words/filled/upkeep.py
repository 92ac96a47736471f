"""What changed, what is wrong, what differs."""

from __future__ import annotations

from collections.abc import Iterator

from tests.questions.in_words.case import Asked, call, filled
from tests.questions.in_words.filled.spread import spread
from tests.questions.in_words.names import Names


def upkeep(names: Names) -> Iterator[Asked]:
    """The questions."""
    for wording, site in spread(
        names.sites, "what changed at {site} since monday?", "changes in {site} since Monday"
    ):
        yield filled(wording, call("changes", site=site, since="monday"), site=site)
    for wording, site in spread(names.sites, "what happened in {site} in the last 24 hours"):
        yield filled(wording, call("changes", site=site, since="24h"), site=site)
    for wording, device in spread(names.devices, "who changed {device}?", "change history of {device}"):
        yield filled(wording, call("changes", object=device), device=device)
    for wording, device in spread(names.devices, "who edited {device} since 2026-11-01?"):
        yield filled(wording, call("changes", object=device, since="2026-11-01"), device=device)
    for wording, user in spread(
        names.users,
        "what has {user} changed this week?",
        "changes made by {user} since the start of this week",
    ):
        yield filled(wording, call("changes", by=user, since="this week"), user=user)
    yield from _compared(names)


def _compared(names: Names) -> Iterator[Asked]:
    for wording, site in spread(
        names.sites, "audit {site}", "what is wrong in {site}?", "data problems at {site}"
    ):
        yield filled(wording, call("audit", site=site), site=site)
    for wording, site in spread(names.sites, "vlan mismatches at {site}"):
        yield filled(wording, call("audit", site=site, checks=["vlan-mismatch"]), site=site)
    for wording, role in spread(names.roles, "run an audit of the role {role}"):
        yield filled(wording, call("audit", role=role), role=role)
    for wording, (one, other) in spread(
        names.devices_alike,
        "compare {one} with {other}",
        "why is {one} not like {other}?",
        "difference between {one} and {other}",
    ):
        yield filled(wording, call("compare", left=one, right=other), one=one, other=other)
    for wording, (one, other) in spread(names.site_pairs, "compare the sites {one} and {other}"):
        yield filled(wording, call("compare", left=one, right=other, type="site"), one=one, other=other)
    for wording, site in spread(names.sites, "what is different at {site} from a week ago?"):
        yield filled(
            wording,
            call("compare", left=site, since="a week ago"),
            call("changes", site=site, since="7d"),
            site=site,
        )
