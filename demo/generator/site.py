"""One site: where it is, its racks, its VLANs and the networks on them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_network

from demo.generator.context import Context, slugify
from demo.generator.words import (
    AWKWARD_DESCRIPTION,
    AWKWARD_SITE,
    AWKWARD_SLUG,
    CONTINENTS,
    QUARTERS,
    TENANTS,
    TOWNS,
)

RACK_UNITS = 42
#: name, vid, the VRF it is routed in, whether it also has IPv6
BRANCH_VLANS = (
    ("Management", 10, None, True),
    ("Servers", 100, "Corporate", True),
    ("Users", 200, "Corporate", False),
    ("Voice", 300, "Corporate", False),
    ("Guest", 400, "Guest", False),
)
HUB_VLANS = (
    *BRANCH_VLANS,
    ("Storage", 500, "Corporate", False),
    ("DMZ", 600, None, False),
    ("Transit", 900, None, False),
)
_AWKWARD_AT = 2


@dataclass(frozen=True)
class Block:
    """The IPv4 addresses of a site: its place among blocks of 4,096, and how many times as wide it is (in bits)."""

    at: int
    wider: int = 0

    @property
    def network(self) -> str:
        """All of it."""
        return f"{self._start(0)}/{20 - self.wider}"

    def part(self, number: int) -> str:
        """The network of one of its VLANs."""
        return f"{self._start(number)}/{24 - self.wider}"

    def _start(self, number: int) -> IPv4Address:
        return IPv4Address("10.0.0.0") + (self.at << 12) + (number << 8 + self.wider)


@dataclass
class Pool:
    """The addresses of a network, given out one after the other."""

    prefix: str
    vrf: int | None
    _hosts: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        network = ip_network(self.prefix)
        self._hosts = (f"{host}/{network.prefixlen}" for host in network.hosts())

    def take(self) -> str:
        """The next address, with its mask."""
        return next(self._hosts)


@dataclass
class Racks:
    """The racks of a site, filled from the bottom; another is set up when one is full."""

    context: Context
    site: "Site"
    _next_unit: int = RACK_UNITS + 1
    current: int = 0
    all: list[int] = field(default_factory=list)

    def place(self, height: float) -> dict[str, object]:
        """Where the next device of this height goes."""
        units = int(height)
        if self._next_unit + max(units, 1) > RACK_UNITS + 1:
            self._add()
        at = self._next_unit
        self._next_unit += units
        place: dict[str, object] = {"rack": self.current, "location": self.site.room}
        return place | {"position": float(at), "face": "front"} if units else place

    def _add(self) -> None:
        # The two lowest units are left to the cables.
        self._next_unit = 3
        number = len(self.all) + 1
        self.current = self.context.add(
            "dcim.rack",
            name=f"R{number:02}",
            # Somebody once counted the racks of the first site in their own way.
            facility_id=f"{self.site.code.upper()}-{number}" if self.site.number == 0 else None,
            site=self.site.id,
            location=self.site.room,
            status="active",
            role=self.context.id_of("dcim.rackrole", "Network" if number == 1 else "Compute"),
            form_factor="4-post-cabinet",
            width=19,
            u_height=RACK_UNITS,
            starting_unit=1,
            tenant=self.site.tenant,
        )
        self.all.append(self.current)


@dataclass
class Site:
    """A site under construction."""

    id: int
    number: int
    name: str
    code: str
    hub: bool
    tenant: int | None
    region: int
    room: int = 0
    vlans: dict[str, int] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)
    racks: Racks = field(init=False)
    #: how many devices of each kind stand here, to number them
    numbered: dict[str, int] = field(default_factory=dict)

    def number_for(self, kind: str) -> int:
        """The number of the next device of a kind."""
        self.numbered[kind] = self.numbered.get(kind, 0) + 1
        return self.numbered[kind]


def build_site(context: Context, number: int, block: "Block", *, hub: bool) -> Site:
    """The site of this number, ready to be equipped."""
    town, state, latitude, longitude, zone = TOWNS[(number + context.seed - 1) % len(TOWNS)]
    turn = number // len(TOWNS)
    quarter = _quarter(turn)
    name = AWKWARD_SITE if number == _AWKWARD_AT else f"{town} {quarter}".strip()
    slug = AWKWARD_SLUG if number == _AWKWARD_AT else slugify(name)
    code = slugify(town).replace("-", "")[:3] + (str(turn + 1) if turn else "")
    region = _region(context, CONTINENTS[zone.split("/")[0]], state)
    group = _group(context, hub=hub)
    # Every third site belongs to the organisation as a whole.
    tenant = context.id_of("tenancy.tenant", TENANTS[0][1][number % 3 - 1]) if number % 3 else None
    site_id = context.add(
        "dcim.site",
        name=name,
        slug=slug,
        status="planned" if number % 11 == 10 else "active",
        region=region,
        group=group,
        tenant=tenant,
        facility=f"{code.upper()}-DC" if hub else "",
        time_zone=zone,
        physical_address=f"{number + 1} Main Street, {town}",
        latitude=round(latitude + turn / 1000, 6),
        longitude=round(longitude - turn / 1000, 6),
        description=AWKWARD_DESCRIPTION if number == _AWKWARD_AT else "",
        asns=[context.id_of("ipam.asn", "65000" if hub else "65001")],
        custom_fields={"site_code": code.upper(), "support_tier": "gold" if hub else "bronze"},
        tags=[context.id_of("extras.tag", "critical")] if hub else [],
    )
    site = Site(site_id, number, name, code, hub, tenant, region)
    site.racks = Racks(context, site)
    _rooms(context, site)
    _networks(context, site, block)
    _people(context, site)
    return site


def _quarter(turn: int) -> str:
    if turn == 0:
        return ""
    again, at = divmod(turn - 1, len(QUARTERS))
    return QUARTERS[at] + (f" {again + 1}" if again else "")


def _region(context: Context, continent: str, state: str) -> int:
    known = context.ids.setdefault("dcim.region", {})
    if continent not in known:
        context.named("dcim.region", continent, slug=slugify(continent))
    if state not in known:
        context.named("dcim.region", state, slug=slugify(state), parent=known[continent])
    return known[state]


def _group(context: Context, *, hub: bool) -> int:
    known = context.ids.setdefault("dcim.sitegroup", {})
    if not known:
        top = context.named("dcim.sitegroup", "All sites", slug="all-sites")
        context.named("dcim.sitegroup", "Data centers", slug="data-centers", parent=top)
        context.named("dcim.sitegroup", "Branches", slug="branches", parent=top)
    return known["Data centers" if hub else "Branches"]


def _rooms(context: Context, site: Site) -> None:
    building = context.add(
        "dcim.location", name="Building 1", slug="building-1", site=site.id, status="active"
    )
    room = "Hall A" if site.hub else "Server room"
    site.room = context.add(
        "dcim.location",
        name=room,
        slug=slugify(room),
        site=site.id,
        parent=building,
        status="active",
        tenant=site.tenant,
    )


def _networks(context: Context, site: Site, block: Block) -> None:
    place = {"scope_type": "dcim.site", "scope_id": site.id}
    group = context.add(
        "ipam.vlangroup",
        name=f"{site.name} VLANs",
        slug=f"{slugify(site.name)}-vlans",
        vid_ranges=[[1, 4094]],
        **place,
    )
    vrfs: dict[str | None, int | None] = {None: None}
    vrfs |= {vrf: context.id_of("ipam.vrf", vrf) for vrf in ("Corporate", "Guest")}
    for vrf_id in vrfs.values():
        context.add(
            "ipam.prefix",
            prefix=block.network,
            status="container",
            vrf=vrf_id,
            description=site.name[:50],
            **place,
        )
    context.add("ipam.prefix", prefix=f"{_ipv6(site.number)}/48", status="container", **place)
    for at, (name, vid, vrf, with_ipv6) in enumerate(HUB_VLANS if site.hub else BRANCH_VLANS):
        role = context.id_of("ipam.role", name)
        vlan = context.add(
            "ipam.vlan",
            # Somebody mistyped it once, and nobody dared to change it.
            name="Mangement" if (name, site.number % 9) == ("Management", 4) else name,
            vid=vid,
            site=site.id,
            group=group,
            status="active",
            role=role,
            tenant=site.tenant if name in {"Servers", "Users"} else None,
            custom_fields={"service_owner": "netops"} if name == "Management" else {},
            tags=[context.id_of("extras.tag", "pci-scope")] if name == "DMZ" else [],
        )
        site.vlans[name] = vlan
        network = block.part(at)
        shared = {"vlan": vlan, "role": role, "status": "active", "tenant": site.tenant, **place}
        context.add("ipam.prefix", prefix=network, vrf=vrfs[vrf], is_pool=name == "Guest", **shared)
        site.pools[name] = Pool(network, vrfs[vrf])
        if with_ipv6:
            context.add("ipam.prefix", prefix=f"{_ipv6(site.number, vid)}/64", **shared)
            site.pools[f"{name} IPv6"] = Pool(f"{_ipv6(site.number, vid)}/64", None)
    if site.number % 5 == 1:
        # A second VLAN of the same name, outside of the group, since the group has one.
        context.add("ipam.vlan", name="Users", vid=201, site=site.id, status="deprecated")
    users = site.pools["Users"]
    start, _, length = users.prefix.partition(".0/")
    context.add(
        "ipam.iprange",
        start_address=f"{start}.200/{length}",
        end_address=f"{start}.250/{length}",
        vrf=users.vrf,
        status="active",
        description="DHCP",
    )


def _ipv6(site: int, vid: int = 0) -> IPv6Address:
    """Where the addresses of a site, or of a VLAN there, begin."""
    return IPv6Address(f"2001:db8:{site:x}:{vid:x}::")


def _people(context: Context, site: Site) -> None:
    people = list(context.ids["tenancy.contact"].values())
    context.add(
        "tenancy.contactassignment",
        object_type="dcim.site",
        object_id=site.id,
        contact=people[site.number % len(people)],
        role=context.id_of("tenancy.contactrole", "On site" if not site.hub else "Technical"),
        priority="primary",
    )
