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
_NETBOX_DEVICE = """{device_list(filters:{name:{exact:"%s"}}){id name serial status site{id name} role{id name}
device_type{model manufacturer{name}} rack{name} primary_ip4{address} tags{name} custom_fields
interfaces{id name type enabled mtu mode description primary_mac_address{mac_address} lag{name}
untagged_vlan{vid name} tagged_vlans{vid name} ip_addresses{address status dns_name}
connected_endpoints{__typename ...on InterfaceType{name device{name}} ...on FrontPortType{name device{name}}}}}}"""
_NAUTOBOT_VLANS = """{vlans{id vid name status{name} locations{id name} prefixes{id prefix}
interfaces_as_untagged{id name mode device{id name}} interfaces_as_tagged{id name mode device{id name}}
vminterfaces_as_untagged{id name virtual_machine{id name}} vminterfaces_as_tagged{id name virtual_machine{id name}}}}"""
_NAUTOBOT_DEVICE = """{devices(name:"%s"){id name serial status{name} location{id name} role{id name}
device_type{model manufacturer{name}} rack{name} primary_ip4{address} tags{name} _custom_field_data
interfaces{id name type enabled mtu mode description mac_address lag{name}
untagged_vlan{vid name} tagged_vlans{vid name} ip_addresses{address dns_name}
connected_interface{name device{name}}}}}"""

_PATH = {"netbox": "/graphql/", "nautobot": "/api/graphql/"}
_VLANS = {"netbox": _NETBOX_VLANS, "nautobot": _NAUTOBOT_VLANS}
_DEVICE = {"netbox": _NETBOX_DEVICE, "nautobot": _NAUTOBOT_DEVICE}


def all_vlans(kind: str, http: HttpClient) -> Callable[[], Awaitable[Any]]:
    """All VLANs with their interfaces, devices and prefixes: one nested query."""
    return lambda: http.post(_PATH[kind], {"query": _VLANS[kind]})


def one_device(kind: str, http: HttpClient, name: str) -> Callable[[], Awaitable[Any]]:
    """One device with its interfaces, VLANs, addresses and neighbours: one nested query."""
    return lambda: http.post(_PATH[kind], {"query": _DEVICE[kind] % name})
