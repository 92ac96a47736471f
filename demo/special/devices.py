"""Filters of sites, devices, virtual machines, their interfaces and hardware addresses."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator
from functools import partial

from demo.choices import choices
from demo.clause import NOTHING, Clause
from demo.database import Database
from demo.lookups import choice, mac, time_zone
from demo.model import Model
from demo.parameter import Named, by_id, by_key, last_number_parameter, switch, text_parameter
from demo.special.owners import chassis_interfaces, on_interfaces, tied_to

_VIRTUAL = "('virtual', 'lag', 'bridge')"
_WIRELESS = "LIKE 'ieee802.11%'"
_HAS_PRIMARY_IP = Clause("primary_ip4 IS NOT NULL OR primary_ip6 IS NOT NULL")
_PARTS = {
    "console_ports": "console_port_count",
    "console_server_ports": "console_server_port_count",
    "power_ports": "power_port_count",
    "power_outlets": "power_outlet_count",
    "interfaces": "interface_count",
}


def site(_: Model) -> Iterator[Named]:
    """What only sites are filtered by."""
    return time_zone("time_zone", "time_zone")


def device(_: Model) -> Iterator[Named]:
    """What only devices are filtered by."""
    yield "has_primary_ip", switch(_HAS_PRIMARY_IP)
    yield "has_oob_ip", switch(Clause("oob_ip IS NOT NULL"))
    yield "virtual_chassis_member", switch(Clause("virtual_chassis IS NOT NULL"))
    full_depth = "device_type IN (SELECT id FROM dcim_devicetype WHERE {} is_full_depth)"
    yield "is_full_depth", switch(Clause(full_depth.format("")), Clause(full_depth.format("NOT")))
    for name, counter in _PARTS.items():
        yield name, switch(Clause(f"{counter} > 0"))
    yield "pass_through_ports", switch(Clause("front_port_count > 0 OR rear_port_count > 0"))
    for name in ("module_bays", "device_bays", "has_virtual_device_context", "local_context_data"):
        yield name, switch(NOTHING)
    yield from mac("mac_address", _owner_of_mac("device"))


def device_type(_: Model) -> Iterator[Named]:
    """What only device types are filtered by: none of them has templates or images here."""
    for name in (*_PARTS, "pass_through_ports", "module_bays", "device_bays", "inventory_items"):
        yield name, switch(NOTHING)
    yield "has_front_image", switch(NOTHING)
    yield "has_rear_image", switch(NOTHING)


def virtual_machine(_: Model) -> Iterator[Named]:
    """What only virtual machines are filtered by."""
    yield "has_primary_ip", switch(_HAS_PRIMARY_IP)
    yield "local_context_data", switch(NOTHING)
    yield from mac("mac_address", _owner_of_mac("virtual_machine"))


def device_status() -> Iterator[Named]:
    """The filter of parts of devices by the status of the device."""
    yield from choice(
        "device_status",
        "status",
        choices("Device", "status"),
        schema={"type": "string"},
        lead=lambda found: Clause(
            f"device IN (SELECT id FROM dcim_device WHERE {found.sql})", found.parameters
        ),
    )


def _owner_of_mac(owner: str) -> partial[Clause]:
    table, type_ = {
        "device": ("dcim_interface", "dcim.interface"),
        "virtual_machine": ("virtualization_vminterface", "virtualization.vminterface"),
    }[owner]
    return partial(_led_to_owner, owner, table, type_)


def _led_to_owner(owner: str, table: str, type_: str, macs: Clause) -> Clause:
    interfaces = _with_mac(type_, macs)
    return Clause(f"id IN (SELECT {owner} FROM {table} WHERE {interfaces.sql})", interfaces.parameters)


def _with_mac(type_: str, macs: Clause) -> Clause:
    return Clause(
        "id IN (SELECT assigned_object_id FROM dcim_macaddress"
        f" WHERE assigned_object_type = '{type_}' AND ({macs.sql}))",
        macs.parameters,
    )


def interface(model: Model) -> Iterator[Named]:
    """What only interfaces of devices are filtered by."""
    yield from vm_interface(model)
    for name, of_master in (("virtual_chassis_member", False), ("virtual_chassis_member_or_master", True)):
        yield name, by_key("name", partial(chassis_interfaces, of_master=of_master))
        yield f"{name}_id", by_id("id", partial(chassis_interfaces, of_master=of_master))
    yield "kind", text_parameter(_of_kind)


def vm_interface(model: Model) -> Iterator[Named]:
    """What interfaces of both devices and machines are filtered by."""
    tagged = f"id IN (SELECT source FROM {model.table}__tagged_vlans WHERE target"
    of_vid = "IN (SELECT id FROM ipam_vlan WHERE vid = ?)"
    yield "vlan_id", last_number_parameter(Clause(f"untagged_vlan = ? OR {tagged} = ?)"))
    yield "vlan", last_number_parameter(Clause(f"untagged_vlan {of_vid} OR {tagged} {of_vid})"))
    yield from mac("mac_address", partial(_with_mac, model.type))


def _of_kind(_database: Database, value: str) -> Clause:
    match value.strip().lower():
        case "physical":
            return Clause(f"type NOT IN {_VIRTUAL} AND NOT type {_WIRELESS}")
        case "virtual":
            return Clause(f"type IN {_VIRTUAL}")
        case "wireless":
            return Clause(f"type {_WIRELESS}")
        case _:
            return NOTHING


def mac_address(_: Model) -> Iterator[Named]:
    """What only hardware addresses are filtered by."""
    yield from mac("mac_address")
    yield from on_interfaces("assigned_object")
    yield from tied_to("assigned_object", "interface", "dcim.interface")
    yield from tied_to("assigned_object", "vminterface", "virtualization.vminterface")
    yield "assigned", switch(Clause("assigned_object_id IS NOT NULL"))
    yield (
        "primary",
        switch(
            Clause(
                "id IN (SELECT primary_mac_address FROM dcim_interface WHERE primary_mac_address IS NOT NULL)"
                " OR id IN (SELECT primary_mac_address FROM virtualization_vminterface"
                " WHERE primary_mac_address IS NOT NULL)"
            )
        ),
    )
