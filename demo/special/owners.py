"""Filters by the device or virtual machine that something sits on, by way of an interface."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator, Sequence
from functools import partial

from demo.clause import Clause, is_in
from demo.database import Database
from demo.lookups import ids_of
from demo.models import MODELS
from demo.parameter import Named, Parameter, by_id, by_key


def chassis_interfaces(devices: Clause, *, of_master: bool = True) -> Clause:
    """The interfaces of devices and those of the other members of their virtual chassis.

    With `of_master` only the master of a chassis stands for its members.
    """
    chosen = f"SELECT id FROM dcim_device WHERE {devices.sql}"
    chassis = (
        f"SELECT id FROM dcim_virtualchassis WHERE master IN ({chosen})"
        if of_master
        else f"SELECT virtual_chassis FROM dcim_device WHERE {devices.sql}"
    )
    return Clause(
        f"device IN ({chosen}) OR (NOT mgmt_only AND device IN"
        f" (SELECT id FROM dcim_device WHERE virtual_chassis IN ({chassis})))",
        devices.parameters * 2,
    )


def on_interfaces(stem: str) -> Iterator[Named]:
    """The filters by device and machine of what a generic reference ties to their interfaces."""
    for name, lead in (("device", _on_devices), ("virtual_machine", _on_machines)):
        yield name, by_key("name", partial(lead, stem))
        yield f"{name}_id", by_id("id", partial(lead, stem))


def _on_devices(stem: str, devices: Clause) -> Clause:
    interfaces = chassis_interfaces(devices)
    return Clause(
        f"{stem}_type = 'dcim.interface' AND {stem}_id IN"
        f" (SELECT id FROM dcim_interface WHERE {interfaces.sql})",
        interfaces.parameters,
    )


def _on_machines(stem: str, machines: Clause) -> Clause:
    return Clause(
        f"{stem}_type = 'virtualization.vminterface' AND {stem}_id IN"
        " (SELECT id FROM virtualization_vminterface WHERE virtual_machine IN"
        f" (SELECT id FROM virtualization_virtualmachine WHERE {machines.sql}))",
        machines.parameters,
    )


def tied_to(stem: str, name: str, type_: str, *, by_name: bool = True) -> Iterator[Named]:
    """The filters by the very object that a generic reference points to, and all but those."""
    keys = (("_id", "id", "integer"), ("", "name", "string")) if by_name else (("_id", "id", "integer"),)
    for suffix, key, kind in keys:
        parameter = Parameter({"type": kind}, partial(_tied, stem, type_, key))
        yield f"{name}{suffix}", parameter
        yield f"{name}{suffix}__n", parameter.negated()


def _tied(stem: str, type_: str, key: str, database: Database, values: Sequence[str]) -> Clause:
    return Clause(f"{stem}_type = '{type_}'") & is_in(
        f"{stem}_id", ids_of(database, MODELS[type_], key, values)
    )
