"""One object: what it is, where it is, what it has."""

from __future__ import annotations

from collections.abc import Iterator

from tests.questions.in_words.case import Asked, call, filled, rows
from tests.questions.in_words.filled.spread import spread
from tests.questions.in_words.names import Names


def objects(names: Names) -> Iterator[Asked]:
    """The questions."""
    for wording, name in spread(
        names.devices,
        "tell me about {name}",
        "what is {name}?",
        "describe device {name}",
        "{name} details please",
    ):
        yield filled(wording, call("describe", object=name), name=name)
    for wording, name in spread(names.devices, "where is {name}", "Where can I find {name}?"):
        yield filled(wording, call("find", text=name), call("describe", object=name), name=name)
    for type_, wordings in _DESCRIBED.items():
        for wording, name in spread(names.of(type_), *wordings):
            yield filled(wording, call("describe", object=name, type=type_), name=name)
    for wording, name in spread(
        names.devices,
        "interfaces of {name}",
        "show me the ports on {name}",
        "what interfaces does {name} have?",
    ):
        yield filled(wording, rows("interface", device=name), call("describe", object=name), name=name)
    yield from _of_device(names)
    yield from _by_number(names)
    yield from _places(names)


def _of_device(names: Names) -> Iterator[Asked]:
    for wording, name in spread(
        names.devices, "disabled interfaces on {name}", "which ports of {name} are disabled?"
    ):
        yield filled(wording, rows("interface", device=name, enabled=False), name=name)
    for wording, name in spread(names.devices, "ip addresses of {name}", "which IPs are on {name}?"):
        yield filled(wording, rows("ip address", device=name), call("describe", object=name), name=name)
    for wording, name in spread(names.devices, "serial number of {name}", "what's the serial of {name}?"):
        yield filled(
            wording, call("describe", object=name), rows("device", name=name, fields=["serial"]), name=name
        )


def _by_number(names: Names) -> Iterator[Asked]:
    for wording, serial in spread(names.serials, "which device has serial {serial}?", "serial {serial}"):
        yield filled(wording, call("find", text=serial), rows("device", serial=serial), serial=serial)
    for wording, mac in spread(names.macs, "find mac {mac}", "whose MAC is {mac}?"):
        yield filled(wording, call("find", text=mac), rows("interface", mac_address=mac), mac=mac)


def _places(names: Names) -> Iterator[Asked]:
    for wording, region in spread(
        names.regions, "sites in {region}", "which sites belong to the region {region}?"
    ):
        yield filled(wording, rows("site", region=region), region=region)
    for wording, site in spread(names.sites, "racks at {site}", "which racks are in {site}?"):
        yield filled(wording, rows("rack", site=site), site=site)
    for wording, site in spread(names.sites, "circuits at {site}", "which circuits end in {site}?"):
        yield filled(wording, rows("circuit", site=site), site=site)
    for wording, site in spread(names.sites, "VMs in {site}", "virtual machines at {site}"):
        yield filled(wording, rows("vm", site=site), site=site)
    for wording, provider in spread(
        names.of("circuits.provider"),
        "circuits from {provider}",
        "which lines do we get from the provider {provider}?",
    ):
        yield filled(wording, rows("circuit", provider=provider), provider=provider)
    for wording, cluster in spread(names.of("virtualization.cluster"), "vms on {cluster}"):
        yield filled(
            wording,
            rows("vm", cluster=cluster),
            call("describe", object=cluster, type="cluster"),
            cluster=cluster,
        )
    for wording, (rack, site) in spread(
        names.racks, "what is in rack {rack} at {site}?", "devices in rack {rack}, {site}"
    ):
        alone = sum(name == rack for name, _ in names.racks) == 1
        dossier = (call("describe", object=rack, type="rack"), rows("device", rack=rack)) if alone else ()
        yield filled(wording, rows("device", rack=rack, site=site), *dossier, rack=rack, site=site)


_DESCRIBED = {
    "dcim.site": ("tell me about the site {name}", "overview of site {name}"),
    "virtualization.virtualmachine": ("what is the VM {name}?",),
    "virtualization.cluster": ("describe cluster {name}",),
    "circuits.circuit": ("tell me about circuit {name}", "details of circuit {name}"),
    "circuits.provider": ("describe the provider {name}",),
    "dcim.virtualchassis": ("describe the virtual chassis {name}",),
    "dcim.manufacturer": ("tell me about the manufacturer {name}",),
}
