"""The kinds of hardware the network is built of."""

from dataclasses import dataclass

MANUFACTURERS = ("Arista", "Aruba", "APC", "Cisco", "Dell", "Juniper", "Opengear", "Palo Alto", "Panduit")
#: name, manufacturer, the platform it is a version of
PLATFORMS = (
    ("Arista EOS", "Arista", None),
    ("Cisco IOS-XE", "Cisco", None),
    ("Cisco IOS-XE 17.9", "Cisco", "Cisco IOS-XE"),
    ("Junos", "Juniper", None),
    ("PAN-OS", "Palo Alto", None),
    ("Linux", None, None),
    ("Ubuntu 24.04", None, "Linux"),
    ("Windows Server 2022", None, None),
)
#: name, colour, whether machines may have it, the role it is a special case of
ROLES = (
    ("Switch", "2196f3", False, None),
    ("Core switch", "3f51b5", False, "Switch"),
    ("Access switch", "00bcd4", False, "Switch"),
    ("Router", "9c27b0", False, None),
    ("Firewall", "f44336", False, None),
    ("Server", "4caf50", True, None),
    ("Application server", "8bc34a", True, "Server"),
    ("Database server", "cddc39", True, "Server"),
    ("Access point", "ff9800", False, None),
    ("Console server", "607d8b", False, None),
    ("Patch panel", "9e9e9e", False, None),
    ("PDU", "795548", False, None),
)


@dataclass(frozen=True)
class Kind:
    """A device type, and what devices of it are used for."""

    key: str
    manufacturer: str
    model: str
    role: str
    platform: str | None = None
    height: float = 1
    full_depth: bool = True
    part_number: str = ""
    watts: int = 150


KINDS = {
    kind.key: kind
    for kind in (
        Kind("core", "Arista", "DCS-7050SX3-48YC8", "Core switch", "Arista EOS", watts=320),
        Kind("chassis", "Arista", "DCS-7516R3", "Core switch", "Arista EOS", height=29, watts=9000),
        Kind(
            "access",
            "Cisco",
            "Catalyst 9300-48P",
            "Access switch",
            "Cisco IOS-XE 17.9",
            part_number="C9300-48P-A",
        ),
        Kind("router", "Cisco", "ISR 4331", "Router", "Cisco IOS-XE", part_number="ISR4331/K9"),
        Kind("border", "Juniper", "MX204", "Router", "Junos", watts=400),
        Kind("firewall", "Palo Alto", "PA-3220", "Firewall", "PAN-OS", height=2, watts=180),
        Kind("server", "Dell", "PowerEdge R650", "Server", "Ubuntu 24.04", watts=600),
        Kind("console", "Opengear", "OM2248", "Console server", full_depth=False, watts=60),
        Kind("panel", "Panduit", "CP48BLY", "Patch panel", full_depth=False, watts=0),
        Kind("pdu", "APC", "AP8941", "PDU", height=0, full_depth=False, watts=0),
        Kind("ap", "Aruba", "AP-515", "Access point", height=0, full_depth=False, watts=0),
    )
}
