"""Cables, neighbours, what fails with what, and room for more."""

from __future__ import annotations

from collections.abc import Iterator

from tests.questions.in_words.case import Asked, call, filled
from tests.questions.in_words.filled.spread import spread
from tests.questions.in_words.names import Names


def wiring(names: Names) -> Iterator[Asked]:
    """The questions."""
    for wording, (device, port) in spread(
        names.ports,
        "where does {device} {port} go?",
        "trace {device} {port}",
        "what is at the other end of {port} on {device}?",
    ):
        yield filled(wording, call("trace", start=f"{device} {port}"), device=device, port=port)
    for wording, cable in spread(names.cables, "trace cable {cable}", "path of cable {cable}"):
        yield filled(wording, call("trace", start=f"cable {cable}"), cable=cable)
    for wording, (one, other) in spread(
        names.devices_alike, "cable path from {one} to {other}", "how is {one} connected to {other}?"
    ):
        yield filled(wording, call("trace", start=one, to=other), one=one, other=other)
    for wording, device in spread(
        names.devices, "neighbours of {device}", "what is {device} connected to?", "devices next to {device}"
    ):
        more = (
            (call("trace", start=device), call("describe", object=device)) if "connected" in wording else ()
        )
        yield filled(wording, call("topology", around=device), *more, device=device)
    for wording, site in spread(names.sites, "topology of {site}", "draw the network of {site}"):
        yield filled(wording, call("topology", around=site), site=site)
    yield from _failures(names)
    yield from _room(names)


def _failures(names: Names) -> Iterator[Asked]:
    for wording, device in spread(
        names.devices,
        "what breaks if {device} fails?",
        "impact of {device} going down",
        "can I take {device} down for maintenance?",
        "what is affected when {device} is switched off",
    ):
        yield filled(wording, call("impact", object=device), device=device)
    for wording, circuit in spread(
        names.of("circuits.circuit"), "what happens if circuit {circuit} goes down?"
    ):
        yield filled(wording, call("impact", object=f"circuit {circuit}"), circuit=circuit)
    for wording, cable in spread(names.cables, "can I unplug cable {cable}?"):
        yield filled(wording, call("impact", object=f"cable {cable}"), cable=cable)
    for wording, cluster in spread(names.of("virtualization.cluster"), "what do we lose if {cluster} fails"):
        yield filled(wording, call("impact", object=cluster), cluster=cluster)
    for wording, provider in spread(names.of("circuits.provider"), "impact of an outage at {provider}"):
        yield filled(wording, call("impact", object=provider), provider=provider)


def _room(names: Names) -> Iterator[Asked]:
    for wording, site in spread(
        names.sites, "how full are the racks in {site}?", "free rack space at {site}"
    ):
        yield filled(wording, call("capacity", of=site, type="racks"), site=site)
    for wording, site in spread(names.sites, "where does a 3U device fit in {site}?"):
        right = (call("capacity", of=site, fits_u=3), call("capacity", of=site, fits_u=3, type="racks"))
        yield filled(wording, *right, site=site)
    for wording, site in spread(names.sites, "how much power is left at {site}?"):
        yield filled(wording, call("capacity", of=site, type="power"), site=site)
    for wording, device in spread(
        names.devices, "free ports on {device}", "how many ports of {device} are still free?"
    ):
        yield filled(
            wording,
            call("capacity", of=device, type="ports"),
            call("capacity", of=device),
            device=device,
        )
    alone = [rack for rack, _ in names.racks if sum(name == rack for name, _ in names.racks) == 1]
    for wording, rack in spread(alone, "how full is rack {rack}?", "free units in rack {rack}"):
        yield filled(
            wording,
            call("capacity", of=f"rack {rack}"),
            call("capacity", of=f"rack {rack}", type="racks"),
            rack=rack,
        )
