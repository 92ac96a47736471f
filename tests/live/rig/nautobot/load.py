"""Load the generated inventory into an empty Nautobot, as it models that network; run by its own Python.

The rows are NetBox's. Every object is saved by Nautobot's own code, which so fills in all that it keeps
beside what it is given: parents of prefixes and addresses, cable paths, circuit ends. Names are as in NetBox;
ids are made from NetBox's, so that each load gives the same ones.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import ceil
from pathlib import Path
from typing import Any

import nautobot

nautobot.setup()

# ruff: noqa: E402  (models can be imported only after the set-up)
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from loader import Instead, Kind, LeftOutError, Loader, Row, Values, content_type, identity, role, status
from nautobot.circuits import models as circuits
from nautobot.dcim import models as dcim
from nautobot.dcim.choices import InterfaceRedundancyGroupProtocolChoices, InterfaceTypeChoices
from nautobot.extras import models as extras
from nautobot.extras.utils import FeatureQuery
from nautobot.ipam import models as ipam
from nautobot.tenancy import models as tenancy
from nautobot.users.models import User
from nautobot.virtualization import models as virtualization

_INTERFACE = {"parent": ("parent_interface", "dcim.interface"), "lag": ("lag", "dcim.interface")}
_ROLE = ("role", "dcim.devicerole")

KINDS = {
    "users.user": Kind(User),
    "extras.tag": Kind(extras.Tag),
    "extras.customfield": Kind(extras.CustomField),
    "tenancy.tenantgroup": Kind(tenancy.TenantGroup, {"parent": ("parent", "tenancy.tenantgroup")}),
    "tenancy.tenant": Kind(tenancy.Tenant, {"group": ("tenant_group", "tenancy.tenantgroup")}),
    "tenancy.contactgroup": Kind(extras.Team),
    "tenancy.contact": Kind(extras.Contact, {"groups": ("teams", "tenancy.contactgroup")}),
    "tenancy.contactassignment": Kind(extras.ContactAssociation, {"role": ("role", "tenancy.contactrole")}),
    "dcim.region": Kind(dcim.Location, {"parent": ("parent", "dcim.region")}),
    "dcim.site": Kind(dcim.Location, {"region": ("parent", "dcim.region")}),
    "dcim.location": Kind(dcim.Location),
    "dcim.rackgroup": Kind(dcim.RackGroup, {"parent": ("parent", "dcim.rackgroup")}),
    "dcim.rack": Kind(
        dcim.Rack, {"role": ("role", "dcim.rackrole"), "group": ("rack_group", "dcim.rackgroup")}
    ),
    "dcim.rackreservation": Kind(dcim.RackReservation, {"user": ("user", "users.user")}),
    "dcim.manufacturer": Kind(dcim.Manufacturer),
    "dcim.platform": Kind(dcim.Platform),
    "dcim.devicetype": Kind(dcim.DeviceType),
    "dcim.virtualchassis": Kind(dcim.VirtualChassis, {"master": ("master", "dcim.device")}),
    "dcim.device": Kind(dcim.Device, {"role": _ROLE}),
    "dcim.powerpanel": Kind(dcim.PowerPanel),
    "dcim.powerfeed": Kind(dcim.PowerFeed),
    "dcim.consoleport": Kind(dcim.ConsolePort),
    "dcim.consoleserverport": Kind(dcim.ConsoleServerPort),
    "dcim.powerport": Kind(dcim.PowerPort),
    "dcim.poweroutlet": Kind(dcim.PowerOutlet),
    "dcim.rearport": Kind(dcim.RearPort),
    "dcim.frontport": Kind(dcim.FrontPort),
    "dcim.interface": Kind(dcim.Interface, {**_INTERFACE, "bridge": ("bridge", "dcim.interface")}),
    "dcim.cable": Kind(dcim.Cable),
    "ipam.rir": Kind(ipam.RIR),
    "ipam.routetarget": Kind(ipam.RouteTarget),
    "ipam.vrf": Kind(ipam.VRF),
    "ipam.vlangroup": Kind(ipam.VLANGroup),
    "ipam.vlan": Kind(ipam.VLAN, {"group": ("vlan_group", "ipam.vlangroup"), "role": ("role", "ipam.role")}),
    "ipam.aggregate": Kind(ipam.Prefix),
    "ipam.prefix": Kind(ipam.Prefix, {"role": ("role", "ipam.role")}),
    "ipam.fhrpgroup": Kind(dcim.InterfaceRedundancyGroup),
    "ipam.fhrpgroupassignment": Kind(
        dcim.InterfaceRedundancyGroupAssociation, {"group": ("interface_redundancy_group", "ipam.fhrpgroup")}
    ),
    "ipam.ipaddress": Kind(ipam.IPAddress),
    "ipam.service": Kind(ipam.Service, {"ipaddresses": ("ip_addresses", "ipam.ipaddress")}),
    "circuits.provider": Kind(circuits.Provider),
    "circuits.providernetwork": Kind(circuits.ProviderNetwork),
    "circuits.circuittype": Kind(circuits.CircuitType),
    "circuits.circuit": Kind(circuits.Circuit, {"type": ("circuit_type", "circuits.circuittype")}),
    "circuits.circuittermination": Kind(circuits.CircuitTermination),
    "virtualization.clustertype": Kind(virtualization.ClusterType),
    "virtualization.clustergroup": Kind(virtualization.ClusterGroup),
    "virtualization.cluster": Kind(
        virtualization.Cluster,
        {
            "type": ("cluster_type", "virtualization.clustertype"),
            "group": ("cluster_group", "virtualization.clustergroup"),
        },
    ),
    "virtualization.virtualmachine": Kind(
        virtualization.VirtualMachine, {"role": _ROLE, "cluster": ("cluster", "virtualization.cluster")}
    ),
    "virtualization.vminterface": Kind(
        virtualization.VMInterface,
        {
            "parent": ("parent_interface", "virtualization.vminterface"),
            "bridge": ("bridge", "virtualization.vminterface"),
        },
    ),
    "extras.journalentry": Kind(extras.Note, {"created_by": ("user", "users.user")}),
}
if hasattr(ipam, "IPAddressRange"):  # since 3.2
    KINDS["ipam.iprange"] = Kind(ipam.IPAddressRange)

inventory: dict[str, list[Row]] = json.loads(Path(sys.argv[1]).read_text())
ends = {(row["cable"], row["cable_end"]): row for row in inventory.pop("dcim.cabletermination")}
# An aggregate is a prefix in Nautobot: the same one, where NetBox has both.
order = [each for each in inventory if each != "ipam.aggregate"]
order.insert(order.index("ipam.prefix") + 1, "ipam.aggregate")
loader = Loader(KINDS, {each: inventory[each] for each in order})
one, generic = loader.one, loader.generic


def values(type_: str) -> Callable[[Values], Values]:
    """Name the function for the values that a row of a type holds in another form."""

    def register(function: Values) -> Values:
        loader.values[type_] = function
        return function

    return register


def instead(type_: str) -> Callable[[Instead], Instead]:
    """Name the function that gives the object for a row of a type."""

    def register(function: Instead) -> Instead:
        loader.instead[type_] = function
        return function

    return register


def models(types: Iterable[str]) -> list[Any]:
    """Nautobot's records of object types for NetBox's."""
    return [content_type(model) for model in {KINDS[each].model for each in types if each in KINDS}]


# Organisation


@values("extras.tag")
def _(row: Row) -> dict[str, Any]:
    return {"content_types": models(row["object_types"] or KINDS)}


@instead("extras.customfieldchoiceset")
def _(row: Row) -> Any:
    # In Nautobot the choices belong to the field.
    return row["extra_choices"]


@instead("extras.customfield")
def _(row: Row) -> Any:
    if row["type"] in {"object", "multiobject"}:
        raise LeftOutError("Nautobot's custom fields hold no objects")
    renamed = {"longtext": "markdown", "decimal": "text", "multiselect": "multi-select"}
    made = loader.make(
        row,
        key=row["name"],
        label=row["label"] or row["name"],
        type=renamed.get(row["type"], row["type"]),
        grouping=row["group_name"],
        content_types=models(row["object_types"]),
    )
    for value, _label in one("extras.customfieldchoiceset", row["choice_set"]) or ():
        extras.CustomFieldChoice.objects.create(custom_field=made, value=value)
    return made


@instead("tenancy.contactrole")
def _(row: Row) -> Any:
    return role(row["name"], extras.ContactAssociation, description=row["description"])


@values("tenancy.contactassignment")
def _(row: Row) -> dict[str, Any]:
    about = attached(row, "object")
    return {
        "status": status(extras.ContactAssociation, row["priority"] or "primary"),
        "associated_object_type": content_type(about),
        "associated_object_id": about.pk,
    }


def attached(row: Row, stem: str) -> Any:
    """The object a row is about, which must be there."""
    if about := generic(row, stem):
        return about
    raise LeftOutError("what it belongs to is left out")


# Places


def location_type(name: str, parent: Any, *, nestable: bool) -> Any:
    """A kind of location that can hold everything."""
    form = {"parent": parent, "nestable": nestable}
    made, _ = dcim.LocationType.objects.update_or_create(name=name, defaults=form)
    made.content_types.set(ContentType.objects.filter(FeatureQuery("locations").get_query()))
    return made


REGION = location_type("Region", None, nestable=True)
SITE = location_type("Site", REGION, nestable=False)
LOCATION = location_type("Location", SITE, nestable=True)


def scope(row: Row, stem: str = "scope") -> Any:
    """The location that a generic reference names, if it names one."""
    found = generic(row, stem)
    return found if isinstance(found, dcim.Location) else None


def asn(row: Row) -> int | None:
    """The one AS number that a site or a provider can have."""
    return next((one("ipam.asn", each) for each in row["asns"]), None)


@instead("ipam.asn")
def _(row: Row) -> Any:
    return row["asn"]


@values("dcim.region")
def _(_row: Row) -> dict[str, Any]:
    return {"location_type": REGION}


@values("dcim.site")
def _(row: Row) -> dict[str, Any]:
    return {"location_type": SITE, "asn": asn(row)}


@values("dcim.location")
def _(row: Row) -> dict[str, Any]:
    return {
        "location_type": LOCATION,
        "parent": one("dcim.location", row["parent"]) or one("dcim.site", row["site"]),
    }


@values("dcim.powerpanel")
def located(row: Row) -> dict[str, Any]:
    """In the room if there is one, else in the site."""
    return {"location": one("dcim.location", row["location"]) or one("dcim.site", row["site"])}


@values("dcim.rackgroup")
def _(row: Row) -> dict[str, Any]:
    return {"location": one("dcim.site", row["site"])}


@instead("dcim.rackrole")
def _(row: Row) -> Any:
    return role(row["name"], dcim.Rack, color=row["color"], description=row["description"])


@values("dcim.rack")
def _(row: Row) -> dict[str, Any]:
    return {**located(row), "type": row["form_factor"] or ""}


# Devices and what they are connected by


@values("dcim.devicetype")
def _(row: Row) -> dict[str, Any]:
    return {"u_height": ceil(row["u_height"])}


@instead("dcim.devicerole")
def _(row: Row) -> Any:
    holders = (dcim.Device, virtualization.VirtualMachine) if row["vm_role"] else (dcim.Device,)
    return role(row["name"], *holders, color=row["color"], description=row["description"])


@values("dcim.device")
def _(row: Row) -> dict[str, Any]:
    cluster = one("virtualization.cluster", row["cluster"])
    # Since 3.0 a device may be in several.
    several = hasattr(dcim.Device, "clusters")
    return {
        **located(row),
        "name": row["name"] or None,
        "position": whole(row["position"]),
        **({"clusters": [cluster] if cluster else []} if several else {"cluster": cluster}),
    }


def whole(number: float | None) -> int | None:
    """A number if it has no fraction: Nautobot knows no half rack units and no parts of a processor."""
    return int(number) if number is not None and float(number).is_integer() else None


@values("dcim.interface")
def _(row: Row) -> dict[str, Any]:
    return {"type": row["type"] if row["type"] in InterfaceTypeChoices.values() else "other"}


@instead("dcim.macaddress")
def _(row: Row) -> Any:
    interface = attached(row, "assigned_object")
    if loader.late[interface].setdefault("mac_address", row["mac_address"]) != row["mac_address"]:
        raise LeftOutError("an interface has one")
    return interface


@values("dcim.cable")
def _(row: Row) -> dict[str, Any]:
    return {
        "length": None if row["length"] is None else round(row["length"]),
        "termination_a": generic(ends[row["id"], "A"], "termination"),
        "termination_b": generic(ends[row["id"], "B"], "termination"),
    }


# Addresses and VLANs


@instead("ipam.role")
def _(row: Row) -> Any:
    return role(row["name"], ipam.Prefix, ipam.VLAN, description=row["description"], weight=row["weight"])


@values("ipam.vrf")
def _(row: Row) -> dict[str, Any]:
    # The same prefix may be in two VRFs, but only once in a namespace.
    return {"namespace": ipam.Namespace.objects.get_or_create(name=row["name"])[0]}


GLOBAL = ipam.Namespace.objects.get(name="Global")


def namespace(row: Row) -> Any:
    """The namespace of what NetBox has in a VRF or in none."""
    vrf = one("ipam.vrf", row["vrf"])
    return vrf.namespace if vrf else GLOBAL


@values("ipam.vlangroup")
def _(row: Row) -> dict[str, Any]:
    ranges = ",".join(f"{first}-{last}" for first, last in row["vid_ranges"])
    return {"range": ranges, "location": scope(row)}


@values("ipam.vlan")
def _(row: Row) -> dict[str, Any]:
    site = one("dcim.site", row["site"])
    return {"locations": [site] if site else []}


@instead("ipam.aggregate")
def _(row: Row) -> Any:
    # NetBox may have a prefix just as large beside it.
    made = ipam.Prefix.objects.filter(namespace=GLOBAL, prefix=row["prefix"]).first() or loader.make(
        row, prefix=row["prefix"], namespace=GLOBAL, type="container"
    )
    loader.late[made]["rir"] = one("ipam.rir", row["rir"])
    loader.late[made]["date_allocated"] = f"{row['date_added']}T00:00:00Z" if row["date_added"] else None
    return made


@values("ipam.prefix")
def _(row: Row) -> dict[str, Any]:
    space, vrf, place = namespace(row), one("ipam.vrf", row["vrf"]), scope(row)
    if ipam.Prefix.objects.filter(namespace=space, prefix=row["prefix"]).exists():
        raise LeftOutError("it is in that namespace already")
    container = row["status"] == "container"
    return {
        "prefix": row["prefix"],
        "namespace": space,
        "type": "container" if container else "pool" if row["is_pool"] else "network",
        "status": status(ipam.Prefix, "active" if container else row["status"]),
        "locations": [place] if place else [],
        "vrfs": [vrf] if vrf else [],
    }


@values("ipam.iprange")
def _(row: Row) -> dict[str, Any]:
    purpose = one("ipam.role", row["role"])
    return {
        "start_address": row["start_address"].split("/")[0],
        "end_address": row["end_address"].split("/")[0],
        "_namespace": namespace(row),
        "role": role(purpose.name, ipam.IPAddressRange) if purpose else None,
    }


@values("ipam.fhrpgroup")
def _(row: Row) -> dict[str, Any]:
    protocol = row["protocol"].rstrip("23")
    taken = dcim.InterfaceRedundancyGroup.objects.filter(name=row["name"]).exists()
    return {
        "name": f"{row['name']} {row['group_id']}".strip() if taken else row["name"],
        "protocol": protocol if protocol in InterfaceRedundancyGroupProtocolChoices.values() else "",
        "protocol_group_id": str(row["group_id"]),
    }


@values("ipam.fhrpgroupassignment")
def _(row: Row) -> dict[str, Any]:
    return {"interface": attached(row, "interface")}


@instead("ipam.ipaddress")
def _(row: Row) -> Any:
    space, host = namespace(row), row["address"].split("/")[0]
    # A host has one object in a namespace, which may be on several interfaces.
    made = ipam.IPAddress.objects.filter(parent__namespace=space, host=host).first()
    if made is None:
        by_lease = row["status"] in {"dhcp", "slaac"}
        made = loader.make(
            row,
            address=row["address"],
            _namespace=space,
            type=row["status"] if by_lease else "host",
            status=status(ipam.IPAddress, "active" if by_lease else row["status"]),
            role=address_role(row["role"]) if row["role"] else None,
        )
    else:
        loader.left_out["ipam.ipaddress: it is in that namespace already, and now on one more interface"] += 1
    on = generic(row, "assigned_object")
    if isinstance(on, dcim.InterfaceRedundancyGroup):
        loader.late[on]["virtual_ip_id"] = made.pk
    elif on is not None:
        on.ip_addresses.add(made)
    return made


def address_role(value: str) -> Any:
    """The role of an address, which NetBox has as a choice."""
    name = value.title() if value in {"anycast", "loopback", "secondary"} else value.upper()
    return role(name, ipam.IPAddress)


@instead("ipam.service")
def _(row: Row) -> Any:
    parent = attached(row, "parent_object")
    field = "virtual_machine" if isinstance(parent, virtualization.VirtualMachine) else "device"
    ports: dict[str, list[int]] = defaultdict(list)
    for mapping in row["port_mappings"]:
        protocol, _, number = mapping.partition("/")
        ports[protocol].append(int(number))
    # A service has one protocol: any more are services of their own beside it.
    (protocol, numbers), *more = ports.items()
    made = loader.make(row, protocol=protocol, ports=numbers, **{field: parent})
    for other, others in more:
        name = f"{row['name']}-{other}"
        beside = ipam.Service.objects.create(name=name, protocol=other, ports=others, **{field: parent})
        beside.ip_addresses.set(made.ip_addresses.all())
    return made


# Circuits and virtual machines


@values("circuits.provider")
def _(row: Row) -> dict[str, Any]:
    return {"asn": asn(row)}


@values("circuits.circuittermination")
def _(row: Row) -> dict[str, Any]:
    place = scope(row, "termination")
    return {"location": place, "provider_network": None if place else generic(row, "termination")}


@values("virtualization.cluster")
def _(row: Row) -> dict[str, Any]:
    return {"location": scope(row)}


@values("virtualization.virtualmachine")
def _(row: Row) -> dict[str, Any]:
    if not row["cluster"]:
        raise LeftOutError("Nautobot wants a cluster")
    return {"vcpus": whole(row["vcpus"])}


@values("virtualization.vminterface")
def _(row: Row) -> dict[str, Any]:
    if one("virtualization.virtualmachine", row["virtual_machine"]) is None:
        raise LeftOutError("what it belongs to is left out")
    return {}


# Journal and change log


@values("extras.journalentry")
def _(row: Row) -> dict[str, Any]:
    about, author = attached(row, "assigned_object"), one("users.user", row["created_by"])
    return {
        "assigned_object_type": content_type(about),
        "assigned_object_id": about.pk,
        "user_name": author.username if author else "",
        "note": row["comments"],
    }


@instead("core.objectchange")
def _(row: Row) -> Any:
    kind = KINDS.get(row["changed_object_type"])
    if kind is None:
        raise LeftOutError("of a type that Nautobot lacks")
    # Nautobot keeps the object as it is after the change, twice: as the database and as the API has it.
    stored = dict(row["postchange_data"] or row["prechange_data"])
    shown = dict(stored)
    if stored.get("status"):
        now = status(kind.model, stored["status"])
        stored["status"] = str(now.pk)
        shown["status"] = {"id": str(now.pk), "object_type": "extras.status", "name": now.name}
    made = extras.ObjectChange(
        pk=identity("core.objectchange", row["id"]),
        time=row["time"],
        user=one("users.user", row["user"]),
        user_name=row["user_name"],
        request_id=row["request_id"],
        action=row["action"],
        changed_object_type=content_type(kind.model),
        changed_object_id=identity(row["changed_object_type"], row["changed_object_id"]),
        change_context="web",
        object_repr=row["object_repr"],
        object_data=stored,
        object_data_v2=shown,
    )
    # Any other way of saving sets the time.
    made.save_base(raw=True)
    return made


with transaction.atomic():
    left_out = loader.load()
    # An interface can be only in a VRF that its device has.
    for interface in dcim.Interface.objects.exclude(vrf=None).select_related("vrf"):
        interface.vrf.devices.add(interface.device_id)
    for interface in virtualization.VMInterface.objects.exclude(vrf=None).select_related("vrf"):
        interface.vrf.virtual_machines.add(interface.virtual_machine_id)
for reason, number in left_out.items():
    sys.stdout.write(f"           nautobot: left out {number} {reason}\n")
