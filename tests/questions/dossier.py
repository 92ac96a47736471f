"""What a dossier must hold, for each kind of object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.questions.case import Expect, Expected, Table
from tests.questions.truth import Row, Truth

PORT = "dcim.interface"
DEVICE = "dcim.device"


CONTACT = ("contact", "role", "priority")
_KINDS = {
    "dcim.frontport": "front port",
    "dcim.rearport": "rear port",
    "dcim.powerport": "power port",
    "dcim.poweroutlet": "power outlet",
    "dcim.consoleport": "console port",
    "dcim.consoleserverport": "console server port",
}


def contacts(truth: Truth, type_: str, id_: int, *reached: str) -> Table:
    """Who is in charge of an object, and how to reach them."""
    assigned = truth.rows(
        "tenancy.contactassignment", lambda row: (row["object_type"], row["object_id"]) == (type_, id_)
    )
    people = truth.table("tenancy.contact")
    rows = [
        [
            truth.show("tenancy.contactassignment", row, "contact"),
            truth.show("tenancy.contactassignment", row, "role"),
            row["priority"],
            *(people[row["contact"]][name] for name in reached),
        ]
        for row in assigned
    ]
    return Table((*CONTACT, *reached), rows)


def reachable(site_name: str) -> Expect:
    """How the contacts of a site are reached."""
    return lambda truth: Expected(
        {
            "contacts": contacts(
                truth, "dcim.site", truth.named("dcim.site", site_name)["id"], "phone", "email"
            )
        }
    )


def noted(name: str, *columns: str) -> Expect:
    """What the journal says of a device, the latest first."""

    def expect(truth: Truth) -> Expected:
        about = ("dcim.device", truth.named(DEVICE, name)["id"])
        rows = truth.rows(
            "extras.journalentry",
            lambda row: (row["assigned_object_type"], row["assigned_object_id"]) == about,
        )
        rows.sort(key=lambda row: str(row["created"]), reverse=True)
        users = truth.table("users.user")
        rows = [{**row, "created": f"{row['created'][:19]}Z"} for row in rows]
        shown = [
            [{**row, "by": users[row["created_by"]]["username"]}[each] for each in columns] for row in rows
        ]
        return Expected({"journal entries": Table(columns, shown, ordered=True)})

    return expect


def _peer(truth: Truth, type_: str, id_: int) -> tuple[str, ...]:
    """What is at the other end of a port's cable."""
    if (type_, id_) not in truth.cabled:
        return ()
    cable, end = truth.cabled[type_, id_]
    return truth.ends(cable, "B" if end == "A" else "A")


def beside(name: str) -> Expect:
    """The ports of a device beside its interfaces with what their cables lead to, and its gateways."""

    def expect(truth: Truth) -> Expected:
        row = truth.named(DEVICE, name)
        ports = [
            [kind, port["name"], port["type"], _peer(truth, type_, port["id"])]
            for type_, kind in _KINDS.items()
            for port in truth.rows(type_, lambda each: each["device"] == row["id"])
        ]
        own = {port["id"] for port in truth.interfaces_of(name)}
        members = truth.rows("ipam.fhrpgroupassignment", lambda each: each["interface_id"] in own)
        tables = {"other ports": Table(("kind", "name", "type", "cabled_to"), ports)}
        if members:
            tables["gateway interfaces"] = gateways(truth, members)
        return Expected(tables, summary=(f"{len(ports)} other ports",))

    return expect


def gateways(truth: Truth, members: Sequence[Row]) -> Table:
    """Interfaces in FHRP groups with the address that they share."""
    rows = []
    for member in members:
        group = truth.table("ipam.fhrpgroup")[member["group"]]
        shared = truth.addresses_on("ipam.fhrpgroup", [group["id"]])
        interface = truth.generic(member["interface_type"], member["interface_id"])
        rows.append(
            [str(group["group_id"]), [each["address"] for each in shared], interface, member["priority"]]
        )
    return Table(("number", "addresses", "interface", "priority"), rows)


def shared(text: str) -> Expect:
    """An address that gateways share: who takes part."""

    def expect(truth: Truth) -> Expected:
        group = truth.named("ipam.ipaddress", text)["assigned_object_id"]
        members = truth.rows("ipam.fhrpgroupassignment", lambda each: each["group"] == group)
        return Expected({"gateway interfaces": gateways(truth, members)}, {"role": "vrrp"})

    return expect


def facts(truth: Truth, type_: str, row: Row, *columns: str) -> dict[str, Any]:
    """An object's own fields as its dossier shows them."""
    shown = {name: truth.show(type_, row, name) for name in columns}
    if "type" in shown:
        shown[f"{type_.partition('.')[2]}_type"] = shown.pop("type")
    return {"type": type_, **shown}


def table(truth: Truth, type_: str, columns: Sequence[str], rows: Sequence[Row]) -> Table:
    """Rows of one type in these columns."""
    return Table(tuple(columns), [[truth.show(type_, row, name) for name in columns] for row in rows])


def numbers(truth: Truth, ids: Sequence[int]) -> str | None:
    """VLANs by number, in order."""
    return ",".join(str(vid) for vid in sorted(truth.table("ipam.vlan")[id_]["vid"] for id_ in ids)) or None


def _far(truth: Truth, type_: str, id_: int, dead_ends: Sequence[str]) -> str | None:
    """Where a port leads to in the end; a cable that leads nowhere is just a cable."""
    far = truth.far_end(type_, id_)
    if far is not None and far[0] not in dead_ends:
        return truth.generic(*far)
    return "cabled" if (type_, id_) in truth.cabled else None


def device(name: str, dead_ends: Sequence[str] = ()) -> Expect:
    """A device with its ports, and what is on them. Paths into things of the types `dead_ends` lead nowhere."""

    def expect(truth: Truth) -> Expected:
        row = truth.named(DEVICE, name)
        ports = truth.interfaces_of(name)
        addresses: dict[int, list[str]] = {}
        for address in truth.addresses_on(PORT, [port["id"] for port in ports]):
            addresses.setdefault(address["assigned_object_id"], []).append(address["address"])
        shown = [
            [
                port["name"],
                port["type"],
                port["enabled"],
                port["mode"],
                numbers(truth, [port["untagged_vlan"]] if port["untagged_vlan"] else []),
                numbers(truth, port["tagged_vlans"]),
                _far(truth, PORT, port["id"], dead_ends),
                addresses.get(port["id"], []),
            ]
            for port in ports
        ]
        columns = ("name", "type", "enabled", "mode", "untagged", "tagged", "connected_to", "addresses")
        own = (
            "name",
            "site",
            "role",
            "device_type",
            "status",
            "location",
            "rack",
            "position",
            "platform",
            "serial",
            "tenant",
            "primary_ip4",
        )
        held = facts(truth, DEVICE, row, *own)
        held["custom_fields"] = {
            key: value for key, value in row["custom_fields"].items() if value is not None
        } or None
        return Expected({"interfaces": Table(columns, shown)}, held, (f"{len(ports)} interface",))

    return expect


def machine(name: str) -> Expect:
    """A virtual machine with its interfaces."""
    type_, port = "virtualization.virtualmachine", "virtualization.vminterface"

    def expect(truth: Truth) -> Expected:
        row = truth.named(type_, name)
        ports = truth.rows(port, lambda each: each["virtual_machine"] == row["id"])
        shown = [
            [
                each["name"],
                each["mode"],
                numbers(truth, [each["untagged_vlan"]] if each["untagged_vlan"] else []),
                truth.show(port, each, "mac_address"),
                [address["address"] for address in truth.addresses_on(port, [each["id"]])],
            ]
            for each in ports
        ]
        own = (
            "name",
            "status",
            "cluster",
            "site",
            "role",
            "platform",
            "vcpus",
            "memory",
            "disk",
            "primary_ip4",
            "tags",
        )
        return Expected(
            {"interfaces": Table(("name", "mode", "untagged", "mac_address", "addresses"), shown)},
            facts(truth, type_, row, *own),
        )

    return expect


def counted(truth: Truth, **tests: tuple[str, Callable[[Row], bool]]) -> dict[str, int]:
    """How many rows of each type pass its test."""
    return {title: len(truth.rows(type_, test)) for title, (type_, test) in tests.items()}


def site(name: str) -> Expect:
    """A site with what it has of everything."""

    def expect(truth: Truth) -> Expected:
        row = truth.named("dcim.site", name)
        id_ = row["id"]

        def here(each: Row) -> bool:
            return bool(each["site"] == id_)

        def ends_here(circuit: Row) -> bool:
            return any(
                (end["circuit"], end["termination_type"], end["termination_id"])
                == (circuit["id"], "dcim.site", id_)
                for end in truth.rows("circuits.circuittermination")
            )

        held = facts(
            truth,
            "dcim.site",
            row,
            "name",
            "status",
            "region",
            "tenant",
            "facility",
            "physical_address",
            "time_zone",
        )
        held["counts"] = counted(
            truth,
            devices=(DEVICE, here),
            racks=("dcim.rack", here),
            locations=("dcim.location", here),
            vlans=("ipam.vlan", here),
            prefixes=("ipam.prefix", lambda each: truth.show("ipam.prefix", each, "scope") == name),
            circuits=("circuits.circuit", ends_here),
            virtual_machines=("virtualization.virtualmachine", here),
        )
        roles = Counter(truth.show(DEVICE, each, "role") for each in truth.rows(DEVICE, here))
        return Expected(
            {
                "devices by role": Table(("role", "count"), [[*each] for each in roles.items()]),
                "contacts": contacts(truth, "dcim.site", id_),
            },
            held,
        )

    return expect


def building(site_name: str, name: str) -> Expect:
    """A location with all that stands in it and in the locations within."""

    def expect(truth: Truth) -> Expected:
        [row] = truth.rows(
            "dcim.location",
            lambda each: each["name"] == name and truth.title("dcim.site", each["site"]) == site_name,
        )
        within = {row["id"]}
        for each in truth.rows("dcim.location"):
            within |= {each["id"]} if each["parent"] in within else set()
        racks = truth.rows("dcim.rack", lambda each: each["location"] in within)
        devices = truth.rows(DEVICE, lambda each: each["location"] in within)
        roles = Counter(truth.show(DEVICE, each, "role") for each in devices)
        inner = truth.rows("dcim.location", lambda each: each["parent"] == row["id"])
        return Expected(
            {
                "racks (with locations within)": table(truth, "dcim.rack", ("name", "location"), racks),
                "devices by role (with locations within)": Table(
                    ("role", "count"), [[*each] for each in roles.items()]
                ),
                "locations directly within": table(truth, "dcim.location", ("name", "status"), inner),
            },
            {"counts": {"devices": len(devices)}, "counted": "with locations within"},
        )

    return expect


def tenant(name: str) -> Expect:
    """A tenant with what it has of everything."""
    types = {
        "sites": "dcim.site",
        "racks": "dcim.rack",
        "devices": DEVICE,
        "vlans": "ipam.vlan",
        "vrfs": "ipam.vrf",
        "prefixes": "ipam.prefix",
        "ip_addresses": "ipam.ipaddress",
        "circuits": "circuits.circuit",
        "clusters": "virtualization.cluster",
        "virtual_machines": "virtualization.virtualmachine",
    }

    def expect(truth: Truth) -> Expected:
        row = truth.named("tenancy.tenant", name)

        def owned(each: Row) -> bool:
            return bool(each["tenant"] == row["id"])

        counts = {title: len(truth.rows(type_, owned)) for title, type_ in types.items()}
        return Expected(facts={**facts(truth, "tenancy.tenant", row, "name", "group"), "counts": counts})

    return expect


def vlan(site_name: str, vid: int) -> Expect:
    """A VLAN with the ports that carry it, and its prefixes."""

    def expect(truth: Truth) -> Expected:
        [row] = truth.rows(
            "ipam.vlan",
            lambda each: each["vid"] == vid and truth.title("dcim.site", each["site"]) == site_name,
        )

        def carries(port: Row) -> bool:
            return truth.in_vlan(port, row["id"])

        guest = "virtualization.vminterface"
        prefixes = truth.rows("ipam.prefix", lambda each: each["vlan"] == row["id"])
        return Expected(
            {
                "interfaces": table(
                    truth, PORT, ("device", "name", "mode", "enabled"), truth.rows(PORT, carries)
                ),
                "vm interfaces": table(
                    truth, guest, ("virtual_machine", "name", "mode"), truth.rows(guest, carries)
                ),
                "prefixes": table(truth, "ipam.prefix", ("prefix", "vrf", "role"), prefixes),
            },
            facts(truth, "ipam.vlan", row, "vid", "name", "site", "group", "status", "role"),
        )

    return expect


def prefix(text: str, vrf: str | None) -> Expect:
    """A prefix with what it lies in, and what lies in it, all in the same VRF."""

    def expect(truth: Truth) -> Expected:
        type_ = "ipam.prefix"

        def same(each: Row) -> bool:
            return bool(truth.show(type_, each, "vrf") == vrf)

        [row] = truth.rows(type_, same, lambda each: each["prefix"] == text)
        around = truth.rows(type_, same, lambda each: truth.inside(text, each["prefix"]))
        below = truth.rows(type_, same, lambda each: truth.inside(each["prefix"], text))
        addresses = truth.rows(
            "ipam.ipaddress",
            lambda each: truth.show("ipam.ipaddress", each, "vrf") == vrf,
            lambda each: truth.inside(truth.host(each), text),
        )
        return Expected(
            {
                "containing prefixes": table(truth, type_, ("prefix", "vrf", "scope"), around),
                "child prefixes": table(truth, type_, ("prefix", "scope", "vlan", "role"), below),
                "IP addresses": table(truth, "ipam.ipaddress", ("address", "status", "dns_name"), addresses),
            },
            facts(truth, type_, row, "prefix", "vrf", "scope", "vlan", "role"),
        )

    return expect


def address(text: str, without: str = "") -> Expect:
    """An address with its interface and the prefixes of its VRF that contain it."""

    def expect(truth: Truth) -> Expected:
        row = truth.named("ipam.ipaddress", text)
        host = truth.host(row)
        around = truth.rows(
            "ipam.prefix",
            lambda each: each["vrf"] == row["vrf"],
            lambda each: truth.inside(host, each["prefix"]),
        )
        around = [each for each in around if each["prefix"] != without]
        return Expected(
            {"containing prefixes": table(truth, "ipam.prefix", ("prefix", "vrf", "scope"), around)},
            facts(truth, "ipam.ipaddress", row, "address", "vrf", "status", "assigned", "dns_name"),
        )

    return expect


def circuit(cid: str) -> Expect:
    """A circuit with both its ends."""

    def expect(truth: Truth) -> Expected:
        row = truth.named("circuits.circuit", cid)
        ends = truth.rows("circuits.circuittermination", lambda each: each["circuit"] == row["id"])
        columns = ("term_side", "termination", "port_speed", "xconnect_id")
        own = ("cid", "provider", "type", "status", "tenant", "commit_rate", "install_date")
        return Expected(
            {"terminations": table(truth, "circuits.circuittermination", columns, ends)},
            facts(truth, "circuits.circuit", row, *own),
        )

    return expect


def holder(
    type_: str, name: str, own: Sequence[str], parts: Mapping[str, tuple[str, str, Sequence[str]]]
) -> Expect:
    """An object with the rows of other types that refer to it: title -> type, its field, columns."""

    def expect(truth: Truth) -> Expected:
        row = truth.named(type_, name)
        tables = {
            title: table(
                truth, target, columns, truth.rows(target, lambda each, f=field: each[f] == row["id"])
            )  # type: ignore[misc]  # default binds the loop variable
            for title, (target, field, columns) in parts.items()
        }
        return Expected(tables, facts(truth, type_, row, *own))

    return expect


def rack(site_name: str) -> Expect:
    """The rack of a site with what stands in it, from the top, what is reserved, and what is left."""

    def expect(truth: Truth) -> Expected:
        [row] = truth.rows("dcim.rack", lambda each: truth.title("dcim.site", each["site"]) == site_name)
        devices = truth.rows(DEVICE, lambda each: each["rack"] == row["id"])
        columns = ("position", "name", "face", "role", "device_type", "status")
        reserved = truth.rows("dcim.rackreservation", lambda each: each["rack"] == row["id"])
        held = facts(
            truth, "dcim.rack", row, "name", "site", "location", "status", "role", "u_height", "facility_id"
        )
        held["rack_units"] = units(truth, row, devices, reserved)
        return Expected(
            {
                "devices": table(truth, DEVICE, columns, devices),
                "reservations": Table(
                    ("units", "by", "why"),
                    [
                        [
                            f"{min(each['units'])}-{max(each['units'])}",
                            truth.table("users.user")[each["user"]]["username"],
                            each["description"],
                        ]
                        for each in reserved
                    ],
                ),
            },
            held,
            (f"{held['rack_units']['free']} of {row['u_height']} units free",),
        )

    return expect


def units(truth: Truth, row: Row, devices: Sequence[Row], reserved: Sequence[Row]) -> dict[str, int]:
    """Unit by unit: what stands there counts first, then what is planned, then what is reserved."""
    of: dict[int, str] = {unit: "reserved" for each in reserved for unit in each["units"]}
    ranked = sorted(devices, key=lambda each: each["status"] != "planned")
    for device in ranked:
        height = truth.table("dcim.devicetype")[device["device_type"]]["u_height"]
        start = device["position"]
        if start:
            for unit in range(int(start), int(start + height)):
                of[unit] = "planned" if device["status"] == "planned" and of.get(unit) != "used" else "used"
    counts = Counter(of.values())
    every = {name: counts[name] for name in ("used", "planned", "reserved")}
    return {"units": row["u_height"], **every, "free": row["u_height"] - len(of)}
