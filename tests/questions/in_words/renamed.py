"""The generated inventory under quite other names: nothing that is called so in the demo is called so here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import orjson

from demo.database import Database
from demo.derive import derive
from demo.generator.context import Context, slugify
from demo.generator.network import Network
from demo.inventory import NOW, Inventory

_SITES = (
    "FRA3",
    "Lyon Datacentre 2",
    "plant-07",
    "HQ Zürich",
    "GRU1",
    "Lager Süd",
    "edge.oslo.4",
    "Kraków Office",
    "MEX-DF-1",
    "Campus Nord / B4",
    "warehouse_18",
    "SYD2",
    "Depot Bolzano",
)
_ROLES = {
    "Switch": "Fabric Node",
    "Core switch": "Spine",
    "Access switch": "Leaf",
    "Router": "Border Router",
    "Firewall": "NGFW",
    "Server": "Hypervisor",
    "Application server": "App Node",
    "Database server": "DB Node",
    "Access point": "Radio",
    "Console server": "OOB Console",
    "Patch panel": "Fiber Tray",
    "PDU": "Power Strip",
}
_REGIONS = ("EMEA", "Nordics", "DACH", "LATAM South", "Benelux", "Iberia", "ANZ", "Greater China")
_TENANTS = (
    "Acme Foods GmbH",
    "Initech",
    "Globex Retail",
    "Umbrella Pharma",
    "Stark Maritime",
    "Wayne Logistics BV",
    "Tyrell Optics",
)
_MAKERS = (
    "Nokia",
    "Extreme",
    "Schneider",
    "Huawei",
    "Supermicro",
    "Ciena",
    "Lantronix",
    "Fortinet",
    "Corning",
)
_MODELS = (
    "7220 IXR-D3",
    "7250 IXR-10",
    "S5735-L48P4X",
    "AR6280",
    "5170-ST",
    "FG-200F",
    "SYS-620U",
    "SLC 8048",
    "CCH-04U",
    "AP8853",
    "AP4000",
)
_PLATFORMS = ("SR Linux", "VRP", "VRP V200R021", "SAOS", "FortiOS", "Debian", "Debian 12", "Proxmox 8")
_PROVIDERS = ("Colt", "Zayo Europe", "GTT")
_TAGS = ("tier-1", "in-netbox", "eol", "gxp", "snmp", "refresh-2027")
_VLANS = {
    "Management": "OOB",
    "Mangement": "OBO",
    "Servers": "Compute",
    "Users": "Office LAN",
    "Voice": "VoIP",
    "Guest": "Visitors",
    "Storage": "iSCSI",
    "DMZ": "Extranet",
    "Transit": "Interco",
}
_VRFS = ("PROD", "VISITOR", "SANDBOX", "COMMON")
_FIELDS = {
    "support_tier": ("sla_class", "SLA class"),
    "purchase_date": ("commissioned_on", "Commissioned on"),
    "power_budget": ("watt_limit", "Watt limit"),
    "backed_up": ("config_archived", "Config archived"),
    "service_owner": ("squad", "Squad"),
    "site_code": ("erp_plant", "ERP plant"),
}
_CHOICES = {"gold": "platinum", "silver": "business", "bronze": "best-effort"}
_SHORT = {
    "core": "spn",
    "brd": "edge",
    "fw": "ngf",
    "pdu": "pst",
    "srv": "hyp",
    "asw": "lf",
    "rtr": "bdr",
    "ap": "wap",
}
"""What stands in names of devices for their kind."""

New = Callable[[int, str], str | None]
"""The new name of a row: from its id and its old one."""


def renamed(devices: int = 70, seed: int = 1) -> Inventory:
    """An inventory of the same shape as the generated one, with names of another style."""
    database = Database()
    database.create_tables()
    Network(Context(database, seed, NOW), devices, None).build()
    database.flush()
    _rename(database)
    derive(database)
    return Inventory(database)


def _rename(database: Database) -> None:
    places = database.query("SELECT id, name FROM dcim_site")
    sites, providers = _numbered(_SITES), _numbered(_PROVIDERS)
    codes = _codes(database)
    for table, new in {
        "dcim_site": sites,
        "dcim_region": _numbered(_REGIONS),
        "dcim_manufacturer": _numbered(_MAKERS),
        "dcim_platform": _numbered(_PLATFORMS),
        "dcim_devicerole": lambda _, name: _ROLES[name],
        "dcim_devicetype.model": _numbered(_MODELS),
        "dcim_rack": lambda id_, _: f"{chr(65 + (id_ - 1) % 26)}{id_ % 26 + 1:02}.{id_}",
        "dcim_rackgroup": lambda id_, _: f"Cage {id_}",
        "dcim_virtualchassis": lambda _, name: _machine(name, codes),
        "dcim_device": lambda _, name: name and _machine(name, codes),
        "virtualization_virtualmachine": lambda _, name: _machine(name, codes),
        "virtualization_cluster": lambda id_, _: f"pve-prod-{id_}",
        "tenancy_tenant": _numbered(_TENANTS),
        "extras_tag": _numbered(_TAGS),
        "circuits_provider": providers,
        "circuits_providernetwork": lambda id_, name: f"{providers(id_, name)} backbone",
        "circuits_circuit.cid": lambda id_, _: f"SVC/{80000 + id_ * 37}/ETH",
        "ipam_role": lambda _, name: _VLANS[name],
        "ipam_vrf": _numbered(_VRFS),
        "ipam_vlan": lambda _, name: _VLANS.get(name) or name.replace("Backbone", "Core ring"),
        "ipam_fhrpgroup": lambda _, name: _VLANS.get(name, name),
        "ipam_vlangroup": lambda id_, name: "WAN core" if id_ == 1 else f"{sites(id_ - 1, name)} L2 domain",
    }.items():
        _give(database, *table.partition(".")[::2], new)
    _rename_custom_fields(database, codes)
    _rename_in_the_log(database)
    _rename_in_texts(database, {old: sites(id_, old) for id_, old in places}, codes)


def _give(database: Database, table: str, column: str, new: New) -> None:
    """Give every row of a table a new name, and the slug that goes with it."""
    column = column or "name"
    slugged = "slug" in _columns(database, table)
    for id_, name in database.query(f'SELECT id, "{column}" FROM {table}'):
        found = new(id_, name)
        database.execute(f'UPDATE {table} SET "{column}" = ? WHERE id = ?', (found, id_))
        if slugged:
            database.execute(f"UPDATE {table} SET slug = ? WHERE id = ?", (slugify(str(found)), id_))


def _columns(database: Database, table: str) -> set[str]:
    return {row[1] for row in database.query(f"PRAGMA table_info({table})")}


def _numbered(names: tuple[str, ...]) -> Callable[[int, str], str]:
    """The name of each id: the first ones as they stand, then with the number of the turn."""

    def name(id_: int, _: str) -> str:
        turn, at = divmod(id_ - 1, len(names))
        return f"{names[at]} {turn + 1}" if turn else names[at]

    return name


def _codes(database: Database) -> Mapping[str, str]:
    """The start of the names of machines at each site, old and new."""
    codes = {}
    for id_, fields in database.query("SELECT id, custom_fields FROM dcim_site"):
        codes[str(orjson.loads(fields)["site_code"]).lower()] = f"n{id_:03}"
    return codes


def _machine(name: str, codes: Mapping[str, str]) -> str:
    """`akr-core01` as `n001spn-01`; what stands at no site keeps the end of its name."""
    site, _, rest = name.partition("-")
    kind, number = rest.rstrip("0123456789"), rest[len(rest.rstrip("0123456789")) :]
    if site not in codes:
        return f"oob.{number or 1}"
    return f"{codes[site]}{_SHORT.get(kind, kind)}-{number}"


def _rename_custom_fields(database: Database, codes: Mapping[str, str]) -> None:
    for old, (name, label) in _FIELDS.items():
        database.execute(
            "UPDATE extras_customfield SET name = ?, label = ? WHERE name = ?", (name, label, old)
        )
    values = {**_CHOICES, **{code.upper(): new.upper() for code, new in codes.items()}}
    choices = [[new, new.capitalize()] for new in _CHOICES.values()]
    database.execute(
        "UPDATE extras_customfieldchoiceset SET extra_choices = ?", (orjson.dumps(choices).decode(),)
    )
    for (table,) in database.query("SELECT name FROM sqlite_master WHERE type = 'table'"):
        if "custom_fields" not in _columns(database, table):
            continue
        for id_, held in database.query(
            f"SELECT id, custom_fields FROM {table} WHERE custom_fields IS NOT NULL"
        ):
            new = {
                _FIELDS.get(name, (name,))[0]: values.get(value, value) if isinstance(value, str) else value
                for name, value in orjson.loads(held).items()
            }
            database.execute(
                f"UPDATE {table} SET custom_fields = ? WHERE id = ?", (orjson.dumps(new).decode(), id_)
            )


def _rename_in_the_log(database: Database) -> None:
    """The change log tells objects by the names that they have."""
    for type_, table in (("dcim.device", "dcim_device"), ("dcim.interface", "dcim_interface")):
        database.execute(
            f"UPDATE core_objectchange SET object_repr = COALESCE((SELECT name FROM {table} t"
            " WHERE t.id = changed_object_id), object_repr) WHERE changed_object_type = ?",
            (type_,),
        )
    users = {"aokafor": "mwebb", "ctanaka": "p.lindqvist", "automation": "svc-ansible"}
    for old, new in users.items():
        database.execute("UPDATE users_user SET username = ? WHERE username = ?", (new, old))
        database.execute("UPDATE core_objectchange SET user_name = ? WHERE user_name = ?", (new, old))
    database.execute(
        "UPDATE core_objectchange SET prechange_data = json_set(prechange_data, '$.name', object_repr)"
        " WHERE json_extract(prechange_data, '$.name') IS NOT NULL"
    )
    database.execute(
        "UPDATE core_objectchange SET postchange_data = json_set(postchange_data, '$.name', object_repr)"
        " WHERE json_extract(postchange_data, '$.name') IS NOT NULL"
    )


def _rename_in_texts(database: Database, sites: Mapping[str, str], codes: Mapping[str, str]) -> None:
    """Where texts tell of sites and machines."""
    for table in ("ipam_prefix", "dcim_rackreservation"):
        for old, new in sites.items():
            database.execute(f"UPDATE {table} SET description = REPLACE(description, ?, ?)", (old, new))
    database.execute("UPDATE dcim_site SET physical_address = id || ' Ring Road'")
    for old, new in codes.items():
        for table, column in (("dcim_site", "facility"), ("dcim_rack", "facility_id")):
            database.execute(
                f"UPDATE {table} SET {column} = REPLACE({column}, ?, ?)", (old.upper(), new.upper())
            )
    for id_, name in database.query("SELECT id, dns_name FROM ipam_ipaddress WHERE dns_name != ''"):
        host, _, domain = name.partition(".")
        database.execute(
            "UPDATE ipam_ipaddress SET dns_name = ? WHERE id = ?", (f"{_machine(host, codes)}.{domain}", id_)
        )
