"""Filters of networks, addresses and what runs on them."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator, Sequence
from functools import partial

from demo.addresses import host, span
from demo.choices import choices
from demo.clause import NOTHING, Clause, any_of, is_in
from demo.database import Database
from demo.lookups import NO_CHOICE, contains, ids_of, number, only_one, reference, starts
from demo.model import By, Model
from demo.models import MODELS
from demo.parameter import (
    InvalidValueError,
    Named,
    Parameter,
    by_id,
    by_key,
    last_number_parameter,
    numbers_parameter,
    switch,
    text_parameter,
    texts_parameter,
)
from demo.special.owners import on_interfaces, tied_to

_FAMILY = last_number_parameter(Clause("family = ?"))
_SERVICE_PARENTS = {
    "device": "dcim.device",
    "virtual_machine": "virtualization.virtualmachine",
    "fhrpgroup": "ipam.fhrpgroup",
}


def _network(value: str) -> tuple[bytes, bytes, int] | None:
    try:
        return span(value.strip())
    except ValueError:
        return None


def _exactly(_database: Database, values: Sequence[str]) -> Clause:
    spans = [found for value in values if (found := _network(value))]
    return any_of(Clause("_first = ? AND _length = ?", (first, length)) for first, _, length in spans)


def _inside(sign: str, _database: Database, value: str) -> Clause:
    """The networks in a network; the sign says whether that one is among them."""
    if (found := _network(value)) is None:
        return NOTHING
    first, last, length = found
    return Clause(f"_first BETWEEN ? AND ? AND _length {sign} ?", (first, last, length))


def _around(_database: Database, value: str) -> Clause:
    """The networks that contain a network or are it, or that contain an address."""
    if (found := _network(value)) is None:
        return NOTHING
    first, last, length = found
    # A network of one address doesn't contain that address.
    return Clause(
        "_first <= ? AND _last >= ? AND _length <= ?", (first, last, length if "/" in value else length - 1)
    )


def _search_network(database: Database, value: str) -> Clause:
    value = value.strip()
    as_network = value if "/" in value else f"{value}/{128 if ':' in value else 32}"
    return contains("description", value) | contains("prefix", value) | _around(database, as_network)


def aggregate(_: Model) -> Iterator[Named]:
    """What only aggregates are filtered by."""
    yield "family", _FAMILY
    yield "prefix", text_parameter(lambda database, value: _exactly(database, [value]))
    yield "q", text_parameter(_search_network)


def prefix(_: Model) -> Iterator[Named]:
    """What only prefixes are filtered by."""
    yield "family", _FAMILY
    yield from _mask_length()
    yield "prefix", texts_parameter(_exactly)
    yield "within", text_parameter(partial(_inside, ">"))
    yield "within_include", text_parameter(partial(_inside, ">="))
    yield "contains", text_parameter(_around)
    yield from number("depth", "_depth")
    yield from number("children", "_children")
    for suffix, sign in (("", "="), ("__lt", "<"), ("__lte", "<="), ("__gt", ">"), ("__gte", ">=")):
        of_vid = Clause(f"vlan IN (SELECT id FROM ipam_vlan WHERE vid {sign} ?)")
        yield f"vlan_vid{suffix}", last_number_parameter(of_vid, "integer")
    other_vid = ~Clause("vlan IN (SELECT id FROM ipam_vlan WHERE vid = ?)")
    yield "vlan_vid__n", last_number_parameter(other_vid, "integer")
    yield "vlan_vid__empty", switch(Clause("vlan IS NULL"))
    yield from _present_in_vrf()
    yield "q", text_parameter(_search_network)


def _mask_length() -> Iterator[Named]:
    yield "mask_length", numbers_parameter(lambda _, lengths: is_in("_length", lengths))
    yield "mask_length__gte", last_number_parameter(Clause("_length >= ?"))
    yield "mask_length__lte", last_number_parameter(Clause("_length <= ?"))


def _present_in_vrf() -> Iterator[Named]:
    """What is in a VRF, or in one that exports a route target which it imports."""
    present = Clause(
        "vrf = ? OR vrf IN (SELECT source FROM ipam_vrf__export_targets WHERE target IN"
        " (SELECT target FROM ipam_vrf__import_targets WHERE source = ?))"
    )
    yield "present_in_vrf_id", only_one("ipam.vrf", "id", present)
    yield "present_in_vrf", only_one("ipam.vrf", "rd", present)


def _is_address(column: str, length: str, _database: Database, values: Sequence[str]) -> Clause:
    """Rows with one of these addresses; a mask counts only where it is given and there is a column for it."""
    found: list[Clause] = []
    for value in values:
        try:
            packed, mask = host(value)
        except ValueError:
            continue
        clause = Clause(f"{column} = ?", (packed,))
        found.append(clause & Clause(f"{length} = ?", (mask,)) if "/" in value and length else clause)
    return any_of(found)


def _in_networks(first: str, last: str, _database: Database, values: Sequence[str]) -> Clause:
    spans = [_network(value) for value in values]
    if None in spans:
        return NOTHING
    return any_of(Clause(f"{first} >= ? AND {last} <= ?", found[:2]) for found in spans if found)


def ip_address(_: Model) -> Iterator[Named]:
    """What only addresses are filtered by."""
    yield "family", _FAMILY
    yield from _mask_length()
    yield "address", texts_parameter(partial(_is_address, "_host", "_length"))
    yield "parent", texts_parameter(partial(_in_networks, "_host", "_host"))
    yield from on_interfaces("assigned_object")
    yield from tied_to("assigned_object", "interface", "dcim.interface")
    yield from tied_to("assigned_object", "vminterface", "virtualization.vminterface")
    yield from tied_to("assigned_object", "fhrpgroup", "ipam.fhrpgroup", by_name=False)
    on_interface = Clause("assigned_object_type IN ('dcim.interface', 'virtualization.vminterface')")
    yield "assigned_to_interface", switch(on_interface)
    yield "assigned", switch(Clause("assigned_object_id IS NOT NULL"))
    yield from _present_in_vrf()
    of_service = Parameter({"type": "integer"}, _of_service)
    yield "service_id", of_service
    yield "service_id__n", of_service.negated()
    yield "q", text_parameter(_search_address)


def _of_service(database: Database, values: Sequence[str]) -> Clause:
    services = is_in("source", ids_of(database, MODELS["ipam.service"], "id", values))
    return Clause(
        f"id IN (SELECT target FROM ipam_service__ipaddresses WHERE {services.sql})", services.parameters
    )


def _search_address(_database: Database, value: str) -> Clause:
    return contains("dns_name", value) | contains("description", value) | starts("address", value)


def ip_range(_: Model) -> Iterator[Named]:
    """What only ranges are filtered by."""
    yield "family", _FAMILY
    yield "start_address", texts_parameter(partial(_is_address, "_first", ""))
    yield "end_address", texts_parameter(partial(_is_address, "_last", ""))
    yield "parent", texts_parameter(partial(_in_networks, "_first", "_last"))
    yield "contains", text_parameter(_range_around)


def _range_around(_database: Database, value: str) -> Clause:
    try:
        packed, mask = host(value.strip())
    except ValueError:
        return NOTHING
    # NetBox compares with the masks, so that an address is only found with the mask of the range.
    return Clause("_first <= ? AND _last >= ? AND start_address LIKE '%/' || ?", (packed, packed, mask))


def asn(_: Model) -> Iterator[Named]:
    """What only AS numbers are filtered by: the sites and providers that have them."""
    for name, type_ in (("site", "dcim.site"), ("provider", "circuits.provider")):
        yield from _with_negation(name, Parameter({"type": "string"}, partial(_having, type_, "slug")))
        yield from _with_negation(f"{name}_id", Parameter({"type": "integer"}, partial(_having, type_, "id")))
    led = "id IN (SELECT target FROM dcim_site__asns WHERE source IN (SELECT id FROM dcim_site WHERE {}))"
    for name, parameter in reference(MODELS["dcim.site"], By("site_group", "group", tree=True)):
        if not name.endswith("__n"):
            yield from _with_negation(name, parameter.led(led))


def _having(type_: str, key: str, database: Database, values: Sequence[str]) -> Clause:
    owners = is_in("source", ids_of(database, MODELS[type_], key, values))
    return Clause(
        f"id IN (SELECT target FROM {MODELS[type_].table}__asns WHERE {owners.sql})", owners.parameters
    )


def fhrp_assignment(_: Model) -> Iterator[Named]:
    """What only assignments to redundancy groups are filtered by."""
    return on_interfaces("interface")


def service(_: Model) -> Iterator[Named]:
    """What only services are filtered by: who offers them, and on which ports."""
    for name, type_ in _SERVICE_PARENTS.items():
        yield name, by_key("name", partial(_offered_by, type_))
        yield f"{name}_id", by_id("id", partial(_offered_by, type_))
    yield from _with_negation(
        "port_mappings", texts_parameter(lambda _, values: _mapped(is_in("m.value", values)))
    )
    yield from _with_negation(
        "protocol",
        Parameter({"type": "string"}, _of_protocols),
    )
    number_of = "CAST(substr(m.value, instr(m.value, '/') + 1) AS INTEGER)"
    yield from _with_negation("port", numbers_parameter(lambda _, ports: _mapped(is_in(number_of, ports))))
    for lookup, sign in (("lt", "<"), ("lte", "<="), ("gt", ">"), ("gte", ">=")):
        beyond = partial(_mapped_to, f"{number_of} {sign} ?")
        yield f"port__{lookup}", numbers_parameter(beyond)


def _with_negation(name: str, parameter: Parameter) -> Iterator[Named]:
    yield name, parameter
    yield f"{name}__n", parameter.negated()


def _offered_by(type_: str, found: Clause) -> Clause:
    return Clause(
        f"parent_object_type = '{type_}' AND parent_object_id IN"
        f" (SELECT id FROM {MODELS[type_].table} WHERE {found.sql})",
        found.parameters,
    )


def _of_protocols(_database: Database, values: Sequence[str]) -> Clause:
    known = choices("Service", "protocol")
    for value in values:
        if value not in known:
            raise InvalidValueError(NO_CHOICE.format(value))
    return _mapped(any_of(Clause("m.value LIKE ? || '/%'", (value,)) for value in values))


def _mapped_to(sql: str, _database: Database, ports: Sequence[int]) -> Clause:
    return _mapped(any_of(Clause(sql, (port,)) for port in ports))


def _mapped(condition: Clause) -> Clause:
    return Clause(
        f"EXISTS (SELECT 1 FROM json_each(port_mappings) m WHERE {condition.sql})", condition.parameters
    )
