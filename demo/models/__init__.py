"""Every object type of the demo inventory, in an order in which each comes after those it refers to."""

from collections.abc import Mapping

from demo.model import Model
from demo.models import circuits, devices, extras, ipam, places, ports, tenancy, virtualization

_BY_TYPE = {
    model.type: model
    for module in (extras, tenancy, places, devices, ports, ipam, circuits, virtualization)
    for model in module.MODELS
}

_ORDER = (
    "users.user",
    "extras.tag",
    "extras.customfieldchoiceset",
    "extras.customfield",
    "tenancy.tenantgroup",
    "tenancy.tenant",
    "tenancy.contactgroup",
    "tenancy.contactrole",
    "tenancy.contact",
    "ipam.rir",
    "ipam.asn",
    "ipam.role",
    "ipam.routetarget",
    "ipam.vrf",
    "dcim.region",
    "dcim.sitegroup",
    "dcim.site",
    "dcim.location",
    "dcim.rackgroup",
    "dcim.rackrole",
    "dcim.rack",
    "dcim.rackreservation",
    "dcim.manufacturer",
    "dcim.platform",
    "dcim.devicetype",
    "dcim.devicerole",
    "ipam.vlangroup",
    "ipam.vlan",
    "virtualization.clustertype",
    "virtualization.clustergroup",
    "virtualization.cluster",
    "dcim.virtualchassis",
    "dcim.device",
    "dcim.powerpanel",
    "dcim.powerfeed",
    "dcim.consoleport",
    "dcim.consoleserverport",
    "dcim.powerport",
    "dcim.poweroutlet",
    "dcim.rearport",
    "dcim.frontport",
    "dcim.interface",
    "virtualization.virtualmachine",
    "virtualization.vminterface",
    "dcim.macaddress",
    "circuits.provider",
    "circuits.providernetwork",
    "circuits.circuittype",
    "circuits.circuit",
    "circuits.circuittermination",
    "dcim.cable",
    "dcim.cabletermination",
    "ipam.aggregate",
    "ipam.prefix",
    "ipam.iprange",
    "ipam.fhrpgroup",
    "ipam.fhrpgroupassignment",
    "ipam.ipaddress",
    "ipam.service",
    "tenancy.contactassignment",
    "extras.journalentry",
    "core.objectchange",
)

MODELS: Mapping[str, Model] = {type_: _BY_TYPE[type_] for type_ in _ORDER}
BY_PATH: Mapping[str, Model] = {model.path: model for model in MODELS.values()}


def app_name(model: Model) -> str:
    """What the application of a type is called."""
    return model.app.upper() if model.app in {"dcim", "ipam"} else model.app.title()


def type_in_words(type_: str | None) -> str | None:
    """A type as NetBox's change log calls it: `DCIM | device`."""
    if type_ is None or type_ not in MODELS:
        return None
    return f"{app_name(MODELS[type_])} | {MODELS[type_].words}"
