"""The filters that only one object type, or one kind of type, has."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from ipaddress import ip_interface

from demo.addresses import host, pack, span
from demo.choices import choices
from demo.clause import EVERYTHING, NOTHING, Clause, any_of, is_in
from demo.database import Database
from demo.lookups import (
    Named,
    as_moment,
    choice,
    contains,
    ids_of,
    number,
    object_types,
    reference,
    text,
    through,
)
from demo.model import Model
from demo.models import MODELS
from demo.parameter import (
    Parameter,
    last_number_parameter,
    numbers_parameter,
    switch,
    text_parameter,
    texts_parameter,
)

_PORTS = (
    "dcim.consoleport",
    "dcim.consoleserverport",
    "dcim.powerport",
    "dcim.poweroutlet",
    "dcim.interface",
    "dcim.frontport",
    "dcim.rearport",
    "dcim.powerfeed",
    "circuits.circuittermination",
)
_VIRTUAL_KINDS = "('virtual', 'lag', 'bridge')"
_WIRELESS_KINDS = "LIKE 'ieee802.11%'"


def particular(model: Model) -> Iterator[Named]:
    """Every such filter of a type; one that the type's fields already gave is replaced."""
    if "cable" in model.by_name:
        yield "cabled", switch(Clause("cable IS NOT NULL"))
        yield "occupied", switch(Clause("cable IS NOT NULL OR mark_connected"))
    if "_connected" in model.by_name:
        yield "connected", switch(Clause("_connected"))
    if "device" in model.by_name and model.app == "dcim" and model.type != "dcim.device":
        yield from choice(
            "device_status",
            "status",
            choices("Device", "status"),
            schema={"type": "string"},
            wrap=partial(_of_device, column="device"),
        )
    if model.type in _OF_TYPE:
        yield from _OF_TYPE[model.type](model)


def _of_device(clause: Clause, column: str) -> Clause:
    return Clause(f"{column} IN (SELECT id FROM dcim_device WHERE {clause.sql})", clause.parameters)


# Devices, virtual machines and their interfaces


def _device(_: Model) -> Iterator[Named]:
    yield "has_primary_ip", switch(Clause("primary_ip4 IS NOT NULL OR primary_ip6 IS NOT NULL"))
    yield "has_oob_ip", switch(Clause("oob_ip IS NOT NULL"))
    yield "virtual_chassis_member", switch(Clause("virtual_chassis IS NOT NULL"))
    yield (
        "is_full_depth",
        switch(
            Clause("device_type IN (SELECT id FROM dcim_devicetype WHERE is_full_depth)"),
        ),
    )
    for name, counter in (
        ("console_ports", "console_port_count"),
        ("console_server_ports", "console_server_port_count"),
        ("power_ports", "power_port_count"),
        ("power_outlets", "power_outlet_count"),
        ("interfaces", "interface_count"),
    ):
        yield name, switch(Clause(f"{counter} > 0"))
    yield "pass_through_ports", switch(Clause("front_port_count > 0 OR rear_port_count > 0"))
    yield from _mac_of("device", "dcim.interface")


def _virtual_machine(_: Model) -> Iterator[Named]:
    yield "has_primary_ip", switch(Clause("primary_ip4 IS NOT NULL OR primary_ip6 IS NOT NULL"))
    yield from _mac_of("virtual_machine", "virtualization.vminterface")


def _mac_of(owner: str, interface: str) -> Iterator[Named]:
    def wrap(clause: Clause) -> Clause:
        return Clause(
            f"id IN (SELECT {owner} FROM {MODELS[interface].table} WHERE id IN ({_assigned_macs(interface, clause)}))",
            clause.parameters,
        )

    yield from text("mac_address", "mac_address", folded=True, wrap=wrap, empty=False)


def _assigned_macs(interface: str, clause: Clause) -> str:
    return (
        "SELECT assigned_object_id FROM dcim_macaddress"
        f" WHERE assigned_object_type = '{interface}' AND ({clause.sql})"
    )


def _vlan_carriers(model: Model) -> Iterator[Named]:
    tagged = f"SELECT source FROM {model.table}__tagged_vlans WHERE target"

    def by_id(_database: Database, id_: int) -> Clause:
        return Clause(f"untagged_vlan = ? OR id IN ({tagged} = ?)", (id_, id_))

    def by_vid(_database: Database, vid: int) -> Clause:
        vlans = "(SELECT id FROM ipam_vlan WHERE vid = ?)"
        return Clause(f"untagged_vlan IN {vlans} OR id IN ({tagged} IN {vlans})", (vid, vid))

    yield "vlan_id", last_number_parameter(by_id)
    yield "vlan", last_number_parameter(by_vid)
    yield from text(
        "mac_address",
        "mac_address",
        folded=True,
        wrap=lambda clause: Clause(f"id IN ({_assigned_macs(model.type, clause)})", clause.parameters),
        empty=False,
    )


def _interface(model: Model) -> Iterator[Named]:
    yield from _vlan_carriers(model)
    for name, master_only in (("virtual_chassis_member", False), ("virtual_chassis_member_or_master", True)):
        yield (
            name,
            texts_parameter(
                lambda _, values, only=master_only: _chassis_interfaces(
                    is_in("name", values), master_only=only
                )
            ),
        )
        yield (
            f"{name}_id",
            numbers_parameter(
                lambda _, values, only=master_only: _chassis_interfaces(is_in("id", values), master_only=only)
            ),
        )
    yield "kind", text_parameter(_interface_kind)


def _chassis_interfaces(devices: Clause, *, master_only: bool = True) -> Clause:
    """The interfaces of devices and, for the master of a virtual chassis, of its other members."""
    chosen = f"SELECT id FROM dcim_device WHERE {devices.sql}"
    chassis = f"SELECT id FROM dcim_virtualchassis WHERE master IN ({chosen})"
    if not master_only:
        chassis = f"SELECT virtual_chassis FROM dcim_device WHERE {devices.sql}"
    return Clause(
        f"device IN ({chosen}) OR (NOT mgmt_only AND device IN"
        f" (SELECT id FROM dcim_device WHERE virtual_chassis IN ({chassis})))",
        devices.parameters * 2,
    )


def _interface_kind(_database: Database, value: str) -> Clause:
    match value.strip().lower():
        case "physical":
            return Clause(f"type NOT IN {_VIRTUAL_KINDS} AND NOT type {_WIRELESS_KINDS}")
        case "virtual":
            return Clause(f"type IN {_VIRTUAL_KINDS}")
        case "wireless":
            return Clause(f"type {_WIRELESS_KINDS}")
        case _:
            return NOTHING


def _interfaces_of_devices(devices: Clause) -> Clause:
    interfaces = _chassis_interfaces(devices)
    return Clause(f"SELECT id FROM dcim_interface WHERE {interfaces.sql}", interfaces.parameters)


def _interfaces_of_machines(machines: Clause) -> Clause:
    return Clause(
        "SELECT id FROM virtualization_vminterface WHERE virtual_machine IN"
        f" (SELECT id FROM virtualization_virtualmachine WHERE {machines.sql})",
        machines.parameters,
    )


def _owners(stem: str) -> Iterator[Named]:
    """The filters by device and virtual machine of whatever sits on their interfaces."""
    for name, type_, interfaces in (
        ("device", "dcim.interface", _interfaces_of_devices),
        ("virtual_machine", "virtualization.vminterface", _interfaces_of_machines),
    ):

        def found(
            objects: Clause, type_: str = type_, interfaces: Callable[[Clause], Clause] = interfaces
        ) -> Clause:
            inner = interfaces(objects)
            return Clause(f"{stem}_type = '{type_}' AND {stem}_id IN ({inner.sql})", inner.parameters)

        yield name, texts_parameter(lambda _, values, found=found: found(is_in("name", values)))
        yield f"{name}_id", numbers_parameter(lambda _, values, found=found: found(is_in("id", values)))


def _assigned(stem: str, name: str, type_: str) -> Iterator[Named]:
    """The filters by one interface, and by the name that several may have."""
    target = MODELS[type_]
    for suffix, key, kind in (("_id", "id", "integer"), ("", "name", "string")):

        def compile_assigned(database: Database, values: Sequence[str], key: str = key) -> Clause:
            return Clause(f"{stem}_type = '{type_}'") & is_in(
                f"{stem}_id", ids_of(database, target, key, values)
            )

        yield f"{name}{suffix}", Parameter({"type": kind}, compile_assigned)


def _mac_address(_: Model) -> Iterator[Named]:
    yield from text("mac_address", "mac_address", folded=True, empty=False)
    yield from _owners("assigned_object")
    yield from _assigned("assigned_object", "interface", "dcim.interface")
    yield from _assigned("assigned_object", "vminterface", "virtualization.vminterface")
    yield "assigned", switch(Clause("assigned_object_id IS NOT NULL"))
    yield (
        "primary",
        switch(
            Clause(
                "id IN (SELECT primary_mac_address FROM dcim_interface WHERE primary_mac_address IS NOT NULL)"
                " OR id IN (SELECT primary_mac_address FROM virtualization_vminterface"
                " WHERE primary_mac_address IS NOT NULL)"
            ),
        ),
    )


# Cables


def _cable(_: Model) -> Iterator[Named]:
    ends = "SELECT cable FROM dcim_cabletermination WHERE"

    def ending(condition: Clause) -> Clause:
        return Clause(f"id IN ({ends} {condition.sql})", condition.parameters)

    for name, table, key in (
        ("device", "dcim_device", "name"),
        ("rack", "dcim_rack", "name"),
        ("location", "dcim_location", "name"),
        ("site", "dcim_site", "slug"),
    ):

        def by_key(
            _database: Database, values: Sequence[str], name: str = name, table: str = table, key: str = key
        ) -> Clause:
            keys = is_in(key, values)
            return ending(Clause(f"_{name} IN (SELECT id FROM {table} WHERE {keys.sql})", keys.parameters))

        yield name, texts_parameter(by_key)
        yield f"{name}_id", numbers_parameter(lambda _, ids, name=name: ending(is_in(f"_{name}", ids)))
    for type_ in _PORTS:
        name = f"{type_.split('.')[1]}_id"
        yield (
            name,
            numbers_parameter(
                lambda _, ids, type_=type_: ending(
                    Clause("termination_type = ?", (type_,)) & is_in("termination_id", ids)
                )
            ),
        )
    for side in ("A", "B"):
        end = Clause("cable_end = ?", (side,))
        stem = f"termination_{side.lower()}"
        yield f"{stem}_type", texts_parameter(lambda _, values: ending(is_in("termination_type", values)))
        yield (
            f"{stem}_id",
            numbers_parameter(lambda _, ids, end=end: ending(end & is_in("termination_id", ids))),
        )
    yield (
        "unterminated",
        switch(
            ~(ending(Clause("cable_end = 'A'")) & ending(Clause("cable_end = 'B'"))),
        ),
    )
    yield from choice("color", "color", {}, schema={"type": "string"})


# Addresses


def _network(value: str) -> tuple[bytes, bytes, int] | None:
    try:
        return span(value.strip())
    except ValueError:
        return None


def _family(_: Model) -> Iterator[Named]:
    yield "family", last_number_parameter(lambda _, family: Clause("family = ?", (family,)))


def _mask_length() -> Iterator[Named]:
    yield "mask_length", numbers_parameter(lambda _, lengths: is_in("_length", lengths))
    yield "mask_length__gte", last_number_parameter(lambda _, length: Clause("_length >= ?", (length,)))
    yield "mask_length__lte", last_number_parameter(lambda _, length: Clause("_length <= ?", (length,)))


def _exactly(networks: Sequence[str]) -> Clause:
    spans = [found for value in networks if (found := _network(value))]
    return any_of(Clause("_first = ? AND _length = ?", (first, length)) for first, _, length in spans)


def _inside(value: str, *, itself: bool) -> Clause:
    if (found := _network(value)) is None:
        return NOTHING
    first, last, length = found
    sign = ">=" if itself else ">"
    return Clause(f"_first BETWEEN ? AND ? AND _length {sign} ?", (first, last, length))


def _around(value: str) -> Clause:
    """The networks that contain a network or are it, or that contain an address."""
    if (found := _network(value)) is None:
        return NOTHING
    first, last, length = found
    if "/" not in value:
        # A bare address isn't inside of itself as a network.
        length -= 1
    return Clause("_first <= ? AND _last >= ? AND _length <= ?", (first, last, length))


def _search_network(_database: Database, value: str) -> Clause:
    value = value.strip()
    found = contains("description", value) | contains("prefix", value)
    return found | _around(value if "/" in value else f"{value}/{128 if ':' in value else 32}")


def _aggregate(model: Model) -> Iterator[Named]:
    yield from _family(model)
    yield "prefix", text_parameter(lambda _, value: _exactly([value]))
    yield "q", text_parameter(_search_network)


def _prefix(model: Model) -> Iterator[Named]:
    yield from _family(model)
    yield from _mask_length()
    yield "prefix", texts_parameter(lambda _, values: _exactly(values))
    yield "within", text_parameter(lambda _, value: _inside(value, itself=False))
    yield "within_include", text_parameter(lambda _, value: _inside(value, itself=True))
    yield "contains", text_parameter(lambda _, value: _around(value))
    yield from number("depth", "_depth")
    yield from number("children", "_children")
    yield (
        "vlan_vid",
        last_number_parameter(
            lambda _, vid: through(model, "vlan.vid", lambda column: Clause(f"{column} = ?", (vid,)))
        ),
    )
    yield from _present_in_vrf()
    yield "q", text_parameter(_search_network)


def _present_in_vrf() -> Iterator[Named]:
    """Addresses of a VRF and of those that export a route target which it imports."""
    for name, key, kind in (("present_in_vrf_id", "id", "integer"), ("present_in_vrf", "rd", "string")):

        def compile_present(database: Database, values: Sequence[str], key: str = key) -> Clause:
            if not values[-1]:
                return EVERYTHING
            (id_,) = ids_of(database, MODELS["ipam.vrf"], key, values[-1:])
            return Clause(
                "vrf = ? OR vrf IN (SELECT source FROM ipam_vrf__export_targets WHERE target IN"
                " (SELECT target FROM ipam_vrf__import_targets WHERE source = ?))",
                (id_, id_),
            )

        yield name, Parameter({"type": kind}, compile_present, many=False)


def _is_address(values: Sequence[str], column: str = "_host", length: str | None = "_length") -> Clause:
    found: list[Clause] = []
    for value in values:
        try:
            packed, mask = host(value)
        except ValueError:
            continue
        clause = Clause(f"{column} = ?", (packed,))
        found.append(clause & Clause(f"{length} = ?", (mask,)) if "/" in value and length else clause)
    return any_of(found)


def _parents(values: Sequence[str], first: str, last: str) -> Clause:
    found: list[Clause] = []
    for value in values:
        if (network := _network(value)) is None:
            return NOTHING
        found.append(Clause(f"{first} >= ? AND {last} <= ?", network[:2]))
    return any_of(found)


def _ip_address(model: Model) -> Iterator[Named]:
    yield from _family(model)
    yield from _mask_length()
    yield "address", texts_parameter(lambda _, values: _is_address(values))
    yield "parent", texts_parameter(lambda _, values: _parents(values, "_host", "_host"))
    yield from _owners("assigned_object")
    yield from _assigned("assigned_object", "interface", "dcim.interface")
    yield from _assigned("assigned_object", "vminterface", "virtualization.vminterface")
    yield from (
        each
        for each in _assigned("assigned_object", "fhrpgroup", "ipam.fhrpgroup")
        if each[0].endswith("_id")
    )
    on_interface = Clause("assigned_object_type IN ('dcim.interface', 'virtualization.vminterface')")
    yield "assigned_to_interface", switch(on_interface)
    yield "assigned", switch(Clause("assigned_object_id IS NOT NULL"))
    yield from _present_in_vrf()

    def of_service(database: Database, values: Sequence[str]) -> Clause:
        services = is_in("source", ids_of(database, MODELS["ipam.service"], "id", values))
        return Clause(
            f"id IN (SELECT target FROM ipam_service__ipaddresses WHERE {services.sql})", services.parameters
        )

    yield "service_id", Parameter({"type": "integer"}, of_service)

    def search(_database: Database, value: str) -> Clause:
        start = Clause("address LIKE ? || '%'", (value,))
        return contains("dns_name", value) | contains("description", value) | start

    yield "q", text_parameter(search)


def _ip_range(model: Model) -> Iterator[Named]:
    yield from _family(model)
    yield "start_address", texts_parameter(lambda _, values: _is_address(values, "_first", None))
    yield "end_address", texts_parameter(lambda _, values: _is_address(values, "_last", None))
    yield "parent", texts_parameter(lambda _, values: _parents(values, "_first", "_last"))

    def around(_database: Database, value: str) -> Clause:
        try:
            address = ip_interface(value.strip()).ip
        except ValueError:
            return NOTHING
        packed = pack(address.version, int(address))
        return Clause("_first <= ? AND _last >= ?", (packed, packed))

    yield "contains", text_parameter(around)


def _vlan(model: Model) -> Iterator[Named]:
    def search(_database: Database, value: str) -> Clause:
        found = contains("name", value) | contains("description", value)
        return found | Clause("vid = ?", (int(value),)) if value.strip().isdigit() else found

    yield "q", text_parameter(search)
    for name, table in (("interface_id", "dcim_interface"), ("vminterface_id", "virtualization_vminterface")):

        def carried(_database: Database, id_: int, table: str = table) -> Clause:
            return Clause(
                f"id IN (SELECT untagged_vlan FROM {table} WHERE id = ?)"
                f" OR id IN (SELECT target FROM {table}__tagged_vlans WHERE source = ?)",
                (id_, id_),
            )

        yield name, last_number_parameter(carried)

    def at_site(_database: Database, site: int) -> Clause:
        groups = (
            "SELECT id FROM ipam_vlangroup WHERE scope_id IS NULL OR (scope_type = 'dcim.site' AND scope_id = ?)"
            " OR (scope_type = 'dcim.region' AND scope_id IN (SELECT region FROM dcim_site WHERE id = ?))"
            " OR (scope_type = 'dcim.sitegroup' AND scope_id IN (SELECT \"group\" FROM dcim_site WHERE id = ?))"
        )
        return Clause(f'site = ? OR "group" IN ({groups}) OR (site IS NULL AND "group" IS NULL)', (site,) * 4)

    yield "available_at_site", last_number_parameter(at_site)

    def on_device(database: Database, device: int) -> Clause:
        return at_site(database, database.value("SELECT site FROM dcim_device WHERE id = ?", (device,)))

    yield "available_on_device", last_number_parameter(on_device)


def _vlan_group(_: Model) -> Iterator[Named]:
    for kind in ("region", "site_group", "site", "location", "rack", "cluster_group", "cluster"):
        app = "virtualization" if kind.startswith("cluster") else "dcim"
        type_ = f"{app}.{kind.replace('_', '')}"
        yield (
            kind,
            numbers_parameter(
                lambda _, ids, type_=type_: Clause("scope_type = ?", (type_,)) & is_in("scope_id", ids)
            ),
        )
    yield (
        "contains_vid",
        last_number_parameter(
            lambda _, vid: Clause(
                "EXISTS (SELECT 1 FROM json_each(vid_ranges) r"
                " WHERE ? BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]'))",
                (vid,),
            )
        ),
    )


def _service(_: Model) -> Iterator[Named]:
    for name, type_ in (
        ("device", "dcim.device"),
        ("virtual_machine", "virtualization.virtualmachine"),
        ("fhrpgroup", "ipam.fhrpgroup"),
    ):

        def by_name(_database: Database, values: Sequence[str], type_: str = type_) -> Clause:
            names = is_in("name", values)
            return Clause(
                f"parent_object_type = '{type_}' AND parent_object_id IN"
                f" (SELECT id FROM {MODELS[type_].table} WHERE {names.sql})",
                names.parameters,
            )

        yield name, texts_parameter(by_name)
        yield (
            f"{name}_id",
            numbers_parameter(
                lambda _, ids, type_=type_: (
                    Clause("parent_object_type = ?", (type_,)) & is_in("parent_object_id", ids)
                )
            ),
        )

    def mapped(condition: Clause) -> Clause:
        return Clause(
            f"EXISTS (SELECT 1 FROM json_each(port_mappings) m WHERE {condition.sql})", condition.parameters
        )

    yield "port_mappings", texts_parameter(lambda _, values: mapped(is_in("m.value", values)))
    yield (
        "port",
        numbers_parameter(
            lambda _, ports: mapped(any_of(Clause("m.value LIKE '%/' || ?", (str(port),)) for port in ports))
        ),
    )
    yield (
        "protocol",
        texts_parameter(
            lambda _, values: mapped(any_of(Clause("m.value LIKE ? || '/%'", (value,)) for value in values))
        ),
    )


# Circuits


def _circuit(model: Model) -> Iterator[Named]:
    ending = MODELS["circuits.circuittermination"]
    for by in ending.by:
        if by.path.startswith("_"):
            for name, parameter in reference(ending, by):
                if name != "location":
                    yield (
                        name,
                        _on(parameter, "id IN (SELECT circuit FROM circuits_circuittermination WHERE {})"),
                    )

    def search(_database: Database, value: str) -> Clause:
        own = any_of(contains(column, value) for column in model.search)
        ends = any_of(contains(column, value) for column in ("xconnect_id", "pp_info", "description"))
        return own | Clause(
            f"id IN (SELECT circuit FROM circuits_circuittermination WHERE {ends.sql})", ends.parameters
        )

    yield "q", text_parameter(search)


def _provider(_: Model) -> Iterator[Named]:
    ending = MODELS["circuits.circuittermination"]
    for by in ending.by:
        if by.path.startswith("_") and by.name != "location":
            for name, parameter in reference(ending, by):
                yield (
                    name,
                    _on(
                        parameter,
                        "id IN (SELECT provider FROM circuits_circuit WHERE id IN"
                        " (SELECT circuit FROM circuits_circuittermination WHERE {}))",
                    ),
                )


def _on(parameter: Parameter, sql: str) -> Parameter:
    """A parameter of another type, led back to the objects that are listed."""

    def compile_there(database: Database, values: Sequence[str]) -> Clause:
        found = parameter.compile(database, values)
        return Clause(sql.format(found.sql), found.parameters)

    return Parameter(parameter.schema, compile_there, parameter.many)


# What is said about objects


def _listed_types(column: str) -> Parameter:
    return texts_parameter(
        lambda _, values: any_of(
            Clause(f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = ?)", (value,))
            for value in values
        )
    )


def _custom_field(_: Model) -> Iterator[Named]:
    yield "object_type", _listed_types("object_types")


def _object_change(_: Model) -> Iterator[Named]:
    for name, sign in (("time_after", ">="), ("time_before", "<=")):
        yield (
            name,
            Parameter(
                {"type": "string", "format": "date-time"},
                lambda _, values, sign=sign: (
                    Clause(f"time {sign} ?", (as_moment(values[-1]),)) if values[-1] else EVERYTHING
                ),
                many=False,
            ),
        )
    yield "request_id", text_parameter(lambda _, value: Clause("request_id = ?", (value.lower(),)))
    yield from object_types("related_object_type", "related_object_type")


def _journal_entry(_: Model) -> Iterator[Named]:
    yield "created_by_id", numbers_parameter(lambda _, ids: is_in("created_by", ids))

    def by_name(database: Database, values: Sequence[str]) -> Clause:
        return is_in("created_by", ids_of(database, MODELS["users.user"], "username", values))

    yield "created_by", Parameter({"type": "string"}, by_name)


def _assignment(_: Model) -> Iterator[Named]:
    yield from _owners("interface")


_OF_TYPE: dict[str, Callable[[Model], Iterator[Named]]] = {
    "dcim.device": _device,
    "dcim.interface": _interface,
    "dcim.macaddress": _mac_address,
    "dcim.cable": _cable,
    "virtualization.virtualmachine": _virtual_machine,
    "virtualization.vminterface": _vlan_carriers,
    "ipam.aggregate": _aggregate,
    "ipam.prefix": _prefix,
    "ipam.ipaddress": _ip_address,
    "ipam.iprange": _ip_range,
    "ipam.vlan": _vlan,
    "ipam.vlangroup": _vlan_group,
    "ipam.service": _service,
    "ipam.fhrpgroupassignment": _assignment,
    "circuits.circuit": _circuit,
    "circuits.provider": _provider,
    "extras.customfield": _custom_field,
    "extras.journalentry": _journal_entry,
    "core.objectchange": _object_change,
}
