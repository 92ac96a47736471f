"""The best requests that one can write by hand for the same data, to be held against netbrief's cold calls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sources.http import HttpClient

_NETBOX_USES = "id name mode device{id name}"
_NETBOX_VLANS = f"""{{vlan_list(pagination:{{offset:0,limit:1000}}){{id vid name status site{{id name}}
prefixes{{id prefix}}
interfaces_as_untagged{{{_NETBOX_USES}}} interfaces_as_tagged{{{_NETBOX_USES}}}
vminterfaces_as_untagged{{id name virtual_machine{{id name}}}}
vminterfaces_as_tagged{{id name virtual_machine{{id name}}}}}}}}"""
_NETBOX_PEERS = """link_peers{__typename ...on InterfaceType{name device{name}} ...on FrontPortType{name device{name}}
...on RearPortType{name device{name}} ...on ConsolePortType{name device{name}}
...on ConsoleServerPortType{name device{name}} ...on PowerPortType{name device{name}}
...on PowerOutletType{name device{name}} ...on PowerFeedType{name}}"""
_NETBOX_PORTS = " ".join(
    f"{each}{{id name type label {_NETBOX_PEERS}}}"
    for each in (
        "frontports",
        "rearports",
        "powerports",
        "poweroutlets",
        "consoleports",
        "consoleserverports",
    )
)
_NETBOX_DEVICE = f"""{{device_list(filters:{{name:{{exact:"%s"}}}}){{id name serial status site{{id name}}
role{{id name}} device_type{{model manufacturer{{name}}}} rack{{name}} primary_ip4{{address}} tags{{name}} custom_fields
contacts{{contact{{name}} role{{name}} priority}} journal_entries{{created kind comments created_by{{username}}}}
interfaces{{id name type enabled mtu mode description primary_mac_address{{mac_address}} lag{{name}}
untagged_vlan{{vid name}} tagged_vlans{{vid name}} ip_addresses{{address status dns_name}}
connected_endpoints{{__typename ...on InterfaceType{{name device{{name}}}}
...on FrontPortType{{name device{{name}}}}}}}}
{_NETBOX_PORTS}}}}}"""
_NAUTOBOT_VLANS = """{vlans{id vid name status{name} locations{id name} prefixes{id prefix}
interfaces_as_untagged{id name mode device{id name}} interfaces_as_tagged{id name mode device{id name}}
vminterfaces_as_untagged{id name virtual_machine{id name}} vminterfaces_as_tagged{id name virtual_machine{id name}}}}"""
_NAUTOBOT_ENDS = " ".join(
    f"{each}{{name device{{name}}}}"
    for each in (
        "interface",
        "front_port",
        "rear_port",
        "console_port",
        "console_server_port",
        "power_port",
        "power_outlet",
    )
)
_NAUTOBOT_PORTS = " ".join(
    f"{each}{{id name type label cable_termination{{cable{{terminations{{{_NAUTOBOT_ENDS}}}}}}}}}"
    for each in (
        "front_ports",
        "rear_ports",
        "power_ports",
        "power_outlets",
        "console_ports",
        "console_server_ports",
    )
)
_NAUTOBOT_DEVICE = f"""{{devices(name:"%s"){{id name serial status{{name}} location{{id name}} role{{id name}}
device_type{{model manufacturer{{name}}}} rack{{name}} primary_ip4{{address}} tags{{name}} _custom_field_data
associated_contacts{{contact{{name}} team{{name}} role{{name}} status{{name}}}}
interfaces{{id name type enabled mtu mode description mac_address lag{{name}}
untagged_vlan{{vid name}} tagged_vlans{{vid name}} ip_addresses{{address dns_name}}
interface_redundancy_group_associations{{priority interface_redundancy_group{{name}}}}
connected_interface{{name device{{name}}}}}}
{_NAUTOBOT_PORTS}}}}}"""

_PATH = {"netbox": "/graphql/", "nautobot": "/api/graphql/"}
_VLANS = {"netbox": _NETBOX_VLANS, "nautobot": _NAUTOBOT_VLANS}
_DEVICE = {"netbox": _NETBOX_DEVICE, "nautobot": _NAUTOBOT_DEVICE}


def all_vlans(kind: str, http: HttpClient) -> Callable[[], Awaitable[Any]]:
    """All VLANs with their interfaces, devices and prefixes: one nested query."""
    return lambda: http.post(_PATH[kind], {"query": _VLANS[kind]})


def one_device(kind: str, http: HttpClient, name: str) -> Callable[[], Awaitable[Any]]:
    """One device with its ports, VLANs, addresses, neighbours, contacts and journal: one nested query."""
    return lambda: http.post(_PATH[kind], {"query": _DEVICE[kind] % name})
