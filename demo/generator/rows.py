"""Rack groups: the rows that the racks of data centers stand in, and one for all racks of most branches."""

from collections.abc import Iterable, Sequence

from demo.generator.context import Context, slugify
from demo.generator.site import Site

RACKS_A_ROW = 10


def group_racks(context: Context, sites: Iterable[Site]) -> None:
    """The racks of a data center in rows, which are parts of one group; every fourth site groups none."""
    for site in sites:
        if not site.racks.all or site.number % 4 == 3:
            continue
        everything = _group(context, site, f"{site.name} racks", None)
        if not site.hub:
            _put(context, site.racks.all, everything)
            continue
        for number, first in enumerate(range(0, len(site.racks.all), RACKS_A_ROW), start=1):
            row = _group(context, site, f"{site.name} row {number}", everything)
            _put(context, site.racks.all[first : first + RACKS_A_ROW], row)


def _group(context: Context, site: Site, name: str, parent: int | None) -> int:
    return context.add("dcim.rackgroup", name=name, slug=slugify(name), site=site.id, parent=parent)


def _put(context: Context, racks: Sequence[int], group: int) -> None:
    for rack in racks:
        context.later("dcim.rack", rack, group=group)
