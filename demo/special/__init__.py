"""The filters that only one object type, or one kind of type, has."""

from collections.abc import Callable, Iterator, Mapping

from demo.model import Model
from demo.parameter import Named
from demo.special import addresses, cables, circuits, devices, notes, vlans

_OF_TYPE: Mapping[str, Callable[[Model], Iterator[Named]]] = {
    "dcim.site": devices.site,
    "dcim.device": devices.device,
    "dcim.devicetype": devices.device_type,
    "dcim.interface": devices.interface,
    "dcim.macaddress": devices.mac_address,
    "virtualization.virtualmachine": devices.virtual_machine,
    "virtualization.vminterface": devices.vm_interface,
    "dcim.cable": cables.cable,
    "dcim.rearport": cables.rear_port,
    "ipam.aggregate": addresses.aggregate,
    "ipam.prefix": addresses.prefix,
    "ipam.ipaddress": addresses.ip_address,
    "ipam.iprange": addresses.ip_range,
    "ipam.asn": addresses.asn,
    "ipam.fhrpgroupassignment": addresses.fhrp_assignment,
    "ipam.service": addresses.service,
    "ipam.vlan": vlans.vlan,
    "ipam.vlangroup": vlans.vlan_group,
    "circuits.circuit": circuits.circuit,
    "circuits.provider": circuits.provider,
    "extras.tag": notes.tag,
    "extras.customfield": notes.custom_field,
    "extras.journalentry": notes.journal_entry,
    "core.objectchange": notes.object_change,
}


def special(model: Model) -> Iterator[Named]:
    """Every such filter of a type; one that the type's fields already gave is replaced."""
    if "mark_connected" in model.by_name:
        yield from cables.cabled(model)
    if "device" in model.by_name and model.app == "dcim":
        yield from devices.device_status()
    if model.type in _OF_TYPE:
        yield from _OF_TYPE[model.type](model)
