"""Rack units that somebody has reserved for what is still to come."""

from collections.abc import Iterable

from demo.generator.context import Context
from demo.generator.site import RACK_UNITS, Site
from demo.generator.words import CHANGERS

_STATUSES = ("active", "pending", "stale")


def reserve_units(context: Context, sites: Iterable[Site]) -> None:
    """The two topmost units of the newest rack of every second site."""
    for number, site in enumerate(site for site in sites if site.racks.current and site.number % 2 == 0):
        context.add(
            "dcim.rackreservation",
            rack=site.racks.current,
            units=[RACK_UNITS - 1, RACK_UNITS],
            status=_STATUSES[number % len(_STATUSES)],
            user=context.id_of("users.user", CHANGERS[0]),
            tenant=site.tenant,
            description=f"Storage for {site.name}"[:200],
        )
