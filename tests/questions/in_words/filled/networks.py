"""VLANs, prefixes and addresses."""

from __future__ import annotations

from collections.abc import Iterator

from tests.questions.in_words.case import Asked, call, filled, rows
from tests.questions.in_words.filled.spread import spread
from tests.questions.in_words.names import Names


def networks(names: Names) -> Iterator[Asked]:
    """The questions."""
    for wording, (vid, _, site) in spread(
        names.vlans_at,
        "which ports are in VLAN {vid} at {site}?",
        "devices that carry vlan {vid} in {site}",
        "who uses vlan {vid} at {site}",
        "vlan {vid} {site}: interfaces and devices",
    ):
        more = (rows("interface", vlan=vid, site=site),) if "ports" in wording else ()
        yield filled(wording, call("vlans", vid=vid, site=site), *more, vid=vid, site=site)
    for wording, (vid, _, _) in spread(
        names.vlans_at[::6], "which interfaces are in vlan {vid}", "where is VLAN {vid} used?"
    ):
        yield filled(wording, call("vlans", vid=vid), rows("interface", vlan=vid), vid=vid)
    for wording, name in spread(
        names.vlan_names, "which devices use the {name} VLAN?", "ports of the VLAN called {name}"
    ):
        yield filled(wording, call("vlans", name=name), name=name)
    for wording, site in spread(
        names.sites, "vlans at {site}", "Which VLANs does {site} have?", "list the vlans of {site}"
    ):
        yield filled(wording, call("vlans", site=site), rows("vlan", site=site), site=site)
    for wording, group in spread(names.of("ipam.vlangroup"), "vlans in the VLAN group {group}"):
        yield filled(wording, call("vlans", group=group), rows("vlan", group=group), group=group)
    for wording, tenant in spread(names.tenants, "vlans of tenant {tenant}"):
        yield filled(wording, call("vlans", tenant=tenant), rows("vlan", tenant=tenant), tenant=tenant)
    yield from _space(names)


def _space(names: Names) -> Iterator[Asked]:
    for wording, host in spread(
        names.addresses, "where is {host}", "who has the address {host}?", "which device uses {host}"
    ):
        yield filled(wording, call("ip_space", address=host), call("find", text=host), host=host)
    for wording, prefix in spread(
        names.prefixes,
        "how full is {prefix}?",
        "utilization of {prefix}",
        "free addresses in {prefix}",
        "next free ip in {prefix}",
    ):
        yield filled(wording, call("ip_space", prefix=prefix), call("capacity", of=prefix), prefix=prefix)
    for wording, prefix in spread(names.prefixes, "which addresses are assigned in {prefix}?"):
        right = (call("ip_space", prefix=prefix), rows("ip address", parent=prefix))
        yield filled(wording, *right, prefix=prefix)
    for wording, prefix in spread(names.prefixes, "what is {prefix}?"):
        yield filled(
            wording,
            call("describe", object=prefix),
            call("ip_space", prefix=prefix),
            call("find", text=prefix),
            prefix=prefix,
        )
    for wording, prefix in spread(
        names.containers, "next free /24 in {prefix}", "find me an available /26 inside {prefix}"
    ):
        length = 24 if "/24" in wording else 26
        yield filled(wording, call("ip_space", prefix=prefix, free_length=length), prefix=prefix)
    for wording, site in spread(
        names.sites, "next free /25 at {site}", "I need a new /25 for {site}, which one is free?"
    ):
        yield filled(wording, call("ip_space", site=site, free_length=25), site=site)
    for wording, site in spread(names.sites, "prefixes at {site}", "which subnets are used in {site}?"):
        yield filled(wording, rows("prefix", site=site), call("ip_space", site=site), site=site)
    for wording, vrf in spread(names.of("ipam.vrf"), "prefixes in VRF {vrf}", "subnets of the vrf {vrf}"):
        yield filled(wording, rows("prefix", vrf=vrf), call("ip_space", vrf=vrf), vrf=vrf)
    for wording, vrf in spread(names.of("ipam.vrf"), "address utilization in vrf {vrf}"):
        yield filled(wording, call("ip_space", vrf=vrf), vrf=vrf)
