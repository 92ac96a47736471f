"""`capacity`: what is used, planned and free of racks, power, ports and prefixes, and what runs out first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, StringConstraints

from orchestration.steps import Gathered, Plan, Select, Step
from orchestration.tool import Arguments, Briefing, Draft, Found, Lookup, Tool
from sources.catalog import Catalog, squashed
from sources.errors import BadFilter
from sources.source import Condition, Entity
from tools.cable_rows import WITH_COUNTS
from tools.capacity_parts import Told, ports_told, power_told, racks_told
from tools.cluster_room import allocated_table, cluster_in_words, cluster_steps
from tools.ip_space import IpSpaceArguments
from tools.port_room import port_steps, port_steps_of, port_steps_on
from tools.power_room import further_down, power_steps, power_steps_of, power_steps_on
from tools.prefix_room import SPACE, space_question
from tools.rack_room import DEVICES, rack_steps, racks_of
from tools.scarcity import scarcity
from tools.wording import title_of

OF = "of"
COUNTED = "devices_counted"
MEMBERS = "racks_of_group"
MOST_DEVICES = 10_000
"""Devices of which racks and power are worked out at once; more are asked about by region or site."""
RACKS, POWER, PORTS = "racks", "power", "ports"
WIDE, GROUP = "dcim.region", "dcim.rackgroup"
PLACES = {
    "dcim.site": "site",
    "dcim.rack": "rack",
    "dcim.location": "location",
    WIDE: "region",
}
"""Places, and the filter by each; what is in a rack group is what is in its racks."""
_TIERS = (
    ("dcim.site",),
    ("dcim.device", "dcim.rack", "virtualization.cluster"),
    ("dcim.location", WIDE, GROUP, "dcim.powerpanel", "dcim.powerfeed"),
)
_TYPES = tuple(name for tier in _TIERS for name in tier)
_OFFERED = {
    "dcim.device": (PORTS, POWER),
    "dcim.powerpanel": (POWER,),
    "dcim.powerfeed": (POWER,),
    "virtualization.cluster": (),
}
"""What can be asked of what is no place; the first of it is answered where nothing is told."""

_NUMBER = re.compile(r"(?:#|id:)\s*\d+", re.IGNORECASE)
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class CapacityArguments(Arguments):
    """Of what, and how much is wanted."""

    of: Annotated[
        Name | None,
        Field(
            description='site, region, location, rack ("rack R01"), rack group, device, cluster, panel, feed, prefix; '
            "none: all"
        ),
    ] = None
    type: Annotated[Name | None, Field(description="racks, power or ports; or the object type of `of`")] = (
        None
    )
    fits_u: Annotated[
        float | None,
        Field(gt=0, le=100, multiple_of=0.5, description="where a device of that many units fits"),
    ] = None
    max_tokens: Annotated[int, Field(ge=300, le=20_000, description="token budget of the answer")] = 2_500


class Capacity(Tool[CapacityArguments]):
    """Used, planned and free."""

    name = "capacity"
    title = "Capacity: used, free, and what runs out first"
    description = (
        "Rack units, power or ports that are used, planned and free in a site, region, location, rack (group) or "
        "everywhere; "
        "ports of a device, load of a power panel, feed or cluster, how full a prefix is; what runs out first, where a "
        "device fits. "
        'Example: of="DM-Akron", fits_u=4.'
    )
    examples = ("where does a 4U server fit at Akron", "how full are the racks", "what runs out first")
    arguments = CapacityArguments

    def types(self, args: CapacityArguments) -> Sequence[str]:
        """The object type, if one is told."""
        return (args.type,) if args.type and _resource(args) is None else ()

    def lookups(self, args: CapacityArguments, catalog: Catalog) -> Sequence[Lookup]:
        """What is asked about, in the types that it may be of; a number may be the id of any of them."""
        if args.of is None or _space(args, catalog):
            return ()
        told = None if _resource(args) or args.type is None else catalog.find(args.type)
        if told is not None:
            _check_type(told.name, told.plural)
            return (Lookup(OF, args.of, ((told,),), facets=WITH_COUNTS),)
        tiers = tuple(tuple(catalog[name] for name in tier if name in catalog) for tier in _TIERS)
        every = tuple(type_ for tier in tiers for type_ in tier)
        for words in (2, 1):
            # "rack R12", "power panel A": the name may also be the whole text, as with a site called "Site 12".
            parts = args.of.split(maxsplit=words)
            named = catalog.find(" ".join(parts[:words]))
            if named in every and len(parts) > words:
                others = tuple(each for each in every if each is not named)
                return (Lookup(OF, parts[words], ((named,), others), also=(args.of,), facets=WITH_COUNTS),)
        # A bare number may be the id of any of them.
        return (Lookup(OF, args.of, (every,) if _NUMBER.fullmatch(args.of) else tiers, facets=WITH_COUNTS),)

    def plan(self, args: CapacityArguments, briefing: Briefing) -> Plan:
        """All of the place in one wave; of very wide places first how many devices there are."""
        if space := _space(args, briefing.catalog):
            return SPACE.plan(space, briefing)
        found, parts = _found(args, briefing), _parts(args, briefing)
        if found is None or found.type.name == WIDE:
            device = briefing.catalog["dcim.device"]
            return {COUNTED: Select(device, _where(found), limit=0)}
        if found.type.name == GROUP:
            inside = (Condition("group", "", (found.entity["id"],), (found.entity,)),)
            return {MEMBERS: Select(briefing.catalog["dcim.rack"], inside)}
        if found.type.name in PLACES:
            return _steps(found, parts, briefing.catalog)
        if found.type.name == "virtualization.cluster":
            return cluster_steps(found, briefing.catalog)
        plan: Plan = {}
        if PORTS in parts:
            plan = {**plan, **port_steps_of(found, briefing.catalog)}
        return {**plan, **power_steps_of(found, briefing.catalog)} if POWER in parts else plan

    def further(self, args: CapacityArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """What is in a wide place, if that is not too much; then what hangs on feeds, level by level."""
        if space := _space(args, briefing.catalog):
            return SPACE.further(space, gathered, briefing)
        if COUNTED in gathered.plan and len(gathered.plan) == 1:
            if gathered.total(COUNTED) > MOST_DEVICES:
                return {}
            return _steps(_found(args, briefing), _parts(args, briefing), briefing.catalog)
        if MEMBERS in gathered.plan and len(gathered.plan) == 1:
            racks = gathered.rows(MEMBERS)
            return _steps_in(racks, _parts(args, briefing), briefing.catalog) if racks else {}
        return further_down(gathered, briefing.catalog)

    def assemble(self, args: CapacityArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """Tables of each resource, before them what is fullest, and in words what is left."""
        if space := _space(args, briefing.catalog):
            return SPACE.assemble(space, gathered, briefing)
        return self._told(args, gathered, briefing)

    def _told(self, args: CapacityArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        found, parts, window = _found(args, briefing), _parts(args, briefing), briefing.window
        head = f"{found.type.label} {title_of(found.type, found.entity)}" if found else "the whole inventory"
        wide = COUNTED in gathered.plan
        place = found is None or found.type.name in (*PLACES, GROUP)
        if wide and len(gathered.plan) == 1:
            return _too_many(head, gathered.total(COUNTED))
        if MEMBERS in gathered.plan and len(gathered.plan) == 1:
            return Draft(f"{head}: no racks")
        if found and found.type.name == "virtualization.cluster":
            return Draft(f"{head}: {cluster_in_words(gathered)}", (allocated_table(gathered, window),))
        told: list[Told] = []
        if RACKS in parts:
            told.append(racks_told(gathered, window, args.fits_u, wide=wide))
        if POWER in parts and gathered.knows("feeds"):
            told.append(power_told(gathered, window, only_racks=_is_location(found), sides=place))
        if PORTS in parts:
            told.append(ports_told(gathered, window))
        words = [words for each in told for words in each.words]
        if _resource(args) is None and args.fits_u is None and place and PORTS not in parts:
            words.append('ports are counted with type="ports"')
        scarce = [each for part in told for each in part.scarce] if args.fits_u is None else []
        unread = tuple(each for part in told for each in part.unread)
        return Draft(
            f"{head}: {'; '.join(words)}",
            (*scarcity(scarce, window), *(section for part in told for section in part.sections)),
            warnings=(*(note for part in told for note in part.notes), *unread),
            complete=not unread,
        )


def _steps(found: Found | None, parts: Sequence[str], catalog: Catalog) -> Plan:
    """What must be read of a place."""
    where = _where(found)
    own = (found.entity,) if found and found.type.name == "dcim.rack" else ()
    plan: dict[str, Step] = {}
    if RACKS in parts:
        plan |= rack_steps(where, catalog, own)
    if POWER in parts:
        # A panel may stand in another room than the racks that it feeds.
        plan |= power_steps(_around(found), catalog, required=tuple(parts) == (POWER,))
        plan.setdefault(RACKS, racks_of(where, catalog, own, optional=True))
    if PORTS in parts:
        plan |= port_steps(where, catalog)
    return plan


def _steps_in(racks: Sequence[Entity], parts: Sequence[str], catalog: Catalog) -> Plan:
    """What must be read of some racks: their devices, and what hangs on these."""
    where = (Condition("rack", "", tuple(rack["id"] for rack in racks), tuple(racks)),)
    plan: dict[str, Step] = {
        RACKS: racks_of(where, catalog, racks),
        DEVICES: Select(catalog["dcim.device"], where),
    }
    if RACKS in parts:
        plan |= rack_steps(where, catalog, racks)
    if POWER in parts:
        plan |= power_steps_on(DEVICES, where, catalog, required=tuple(parts) == (POWER,))
    return {**plan, **port_steps_on(DEVICES, catalog)} if PORTS in parts else plan


def _where(found: Found | None) -> tuple[Condition, ...]:
    if found is None:
        return ()
    return (Condition(PLACES[found.type.name], "", (found.entity["id"],), (found.entity,)),)


def _around(found: Found | None) -> tuple[Condition, ...]:
    """The filter for what may hang on the feeds of a place: of a location by its site, which takes fewer reads."""
    site = found.entity["site"] if found and _is_location(found) else None
    return (Condition("site", "", (site["id"],), (site,)),) if site else _where(found)


def _is_location(found: Found | None) -> bool:
    return found is not None and found.type.name == "dcim.location"


def _found(args: CapacityArguments, briefing: Briefing) -> Found | None:
    return briefing.one(OF) if args.of is not None else None


def _resource(args: CapacityArguments) -> str | None:
    """The resource that is asked for; None where `type` is not told, or is the type of an object."""
    told = squashed(args.type or "")
    return next((each for each in (RACKS, POWER, PORTS) if told == each), None)


def _parts(args: CapacityArguments, briefing: Briefing) -> tuple[str, ...]:
    """The resources that are answered. Raises `BadFilter` where there are none of what is asked about."""
    found, told = _found(args, briefing), _resource(args)
    if args.fits_u is not None:
        if told not in (None, RACKS):
            raise BadFilter(f"fits_u asks about racks, not about {told}", hint='leave "type" out')
        told = RACKS
    if found is None or found.type.name in (*PLACES, GROUP):
        return (told,) if told else (RACKS, POWER)
    offered = _OFFERED[found.type.name]
    if told and told not in offered:
        able = " or ".join(f'type="{each}"' for each in offered) or "no type"
        raise BadFilter(f"a {found.type.label} has no {told} to count", hint=f"ask for it with {able}")
    return (told,) if told else offered[:1]


def _space(args: CapacityArguments, catalog: Catalog) -> IpSpaceArguments | None:
    """The question about address space that this is; None if it is another. Raises `BadFilter` where it is both."""
    resource = _resource(args)
    type_ = catalog.find(args.type) if args.type and resource is None else None
    found = space_question(args.of, type_, args.max_tokens)
    if found and (resource or args.fits_u is not None):
        raise BadFilter(
            "a prefix has neither racks nor ports nor power", hint='leave "type" and "fits_u" out'
        )
    return found


def _check_type(name: str, plural: str) -> None:
    if name not in _TYPES:
        raise BadFilter(
            f"the capacity of {plural} is not told here",
            hint="ask for a site, region, location, rack, rack group, device, cluster, power panel, feed or prefix",
        )


def _too_many(head: str, devices: int) -> Draft:
    summary = (
        f"{head}: {devices:,} devices are too many to work out at once ({MOST_DEVICES:,} are the most); "
        "nothing was computed: ask for a region or a site"
    )
    return Draft(summary, warnings=("racks, power and ports were not read",), complete=False)
