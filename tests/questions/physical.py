"""Questions about ports, power, people and what was changed."""

from __future__ import annotations

from collections.abc import Callable

from tests.questions.case import Case
from tests.questions.listing import listed
from tests.questions.truth import Row, Truth

SINCE = "2026-11-15T00:00:00Z"


def _on(device: str) -> Callable[[Truth, Row], bool]:
    return lambda truth, row: truth.title("dcim.device", row["device"]) == device


def _in_akron(truth: Truth, row: Row) -> bool:
    return truth.title("dcim.site", truth.table("dcim.device")[row["device"]]["site"]) == "Akron"


PHYSICAL: tuple[Case, ...] = (
    listed(
        "which rear ports are there at a site, on unnamed patch panels, too",
        "dcim.rearport",
        {"site": "Akron"},
        ["device", "name", "type", "positions"],
        _in_akron,
        limit=1000,
    ),
    listed(
        "which outlets has a PDU, and what feeds them",
        "dcim.poweroutlet",
        {"device": "akr-pdu01"},
        ["name", "type", "power_port", "feed_leg"],
        _on("akr-pdu01"),
    ),
    listed(
        "what do the power supplies of a switch draw",
        "dcim.powerport",
        {"device": "akr-asw01"},
        ["name", "maximum_draw", "allocated_draw"],
        _on("akr-asw01"),
    ),
    listed(
        "which console ports are cabled",
        "dcim.consoleport",
        {"cabled": True},
        ["device", "name"],
        lambda truth, row: any(
            (end["termination_type"], end["termination_id"]) == ("dcim.consoleport", row["id"])
            for end in truth.rows("dcim.cabletermination")
        ),
    ),
    listed(
        "which power feeds come from a panel",
        "dcim.powerfeed",
        {"site": "Akron"},
        ["name", "power_panel", "rack", "status", "type", "phase", "voltage", "amperage", "max_utilization"],
        lambda truth, row: (
            truth.title("dcim.site", truth.table("dcim.powerpanel")[row["power_panel"]]["site"]) == "Akron"
        ),
    ),
    listed("where are the power panels", "dcim.powerpanel", {}, ["name", "site", "location"]),
    listed("which networks of providers are known", "circuits.providernetwork", {}, ["name", "provider"]),
    listed("whom can we call", "tenancy.contact", {}, ["name", "phone", "email"]),
    listed(
        "what has one user changed since a moment",
        "core.objectchange",
        {"user_name": "aokafor", "time__gte": SINCE},
        ["object_repr", "action"],
        lambda _, row: row["user_name"] == "aokafor" and row["time"] >= SINCE[:19],
    ),
    listed(
        "what has one user changed before a moment, the moment itself left out",
        "core.objectchange",
        {"user_name": "aokafor", "time__lt": SINCE},
        ["object_repr", "action"],
        lambda _, row: row["user_name"] == "aokafor" and row["time"] < SINCE[:19],
    ),
    listed("what was written into the journal", "extras.journalentry", {}, ["comments"]),
)
