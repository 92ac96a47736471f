"""Cables: between ports, through patch panels to circuits, and for power and consoles."""

from demo.generator.context import Context
from demo.generator.equipment import OUTLETS, Device
from demo.generator.site import Site
from demo.paths import Node

_COLORS = {"cat6": "4caf50", "smf": "ffeb3b", "mmf-om4": "00bcd4", "dac-passive": "111111", "power": "f44336"}


class Cabling:
    """Plugs cables in."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._cables = 0

    def connect(self, near: Node, far: Node, type_: str = "cat6") -> int:
        """Connect two ends."""
        self._cables += 1
        context = self._context
        planned = self._cables % 47 == 0
        cable = context.add(
            "dcim.cable",
            type=type_,
            status="planned" if planned else "connected",
            label=f"C{self._cables:05}" if self._cables % 3 == 0 else "",
            color=_COLORS.get(type_, ""),
            length=float(1 + self._cables % 9) if type_ != "power" else None,
            length_unit="m" if type_ != "power" else None,
        )
        for end, (end_type, id_) in (("A", near), ("B", far)):
            context.add(
                "dcim.cabletermination",
                cable=cable,
                cable_end=end,
                termination_type=end_type,
                termination_id=id_,
            )
            context.later(end_type, id_, cable=cable, cable_end=end)
        return cable

    def link(self, near: int, far: int, type_: str = "cat6") -> int:
        """Connect two interfaces."""
        return self.connect(("dcim.interface", near), ("dcim.interface", far), type_)

    def patch(self, interface: int, panel: Device, far: Node, type_: str = "smf") -> None:
        """Lead an interface through the next free port of a panel to something behind it."""
        at = panel.site.number_for(f"port of panel {panel.id}") - 1
        self.connect(("dcim.interface", interface), ("dcim.frontport", panel.fronts[at]), type_)
        self.connect(("dcim.rearport", panel.rears[at]), far, type_)

    def power(self, devices: list[Device], pdus: list[Device], site: Site) -> None:
        """Feed the PDUs from a panel and the devices from the PDUs, each power supply from another."""
        if not pdus:
            return
        context = self._context
        panel = context.add("dcim.powerpanel", name="Panel 1", site=site.id, location=site.room)
        for number, pdu in enumerate(pdus, start=1):
            feed = context.add(
                "dcim.powerfeed",
                name=f"Feed {number}",
                power_panel=panel,
                rack=pdu.rack,
                status="active",
                type="primary" if number % 2 else "redundant",
                supply="ac",
                phase="single-phase",
                voltage=230,
                amperage=32,
                max_utilization=80,
            )
            self.connect(("dcim.powerport", pdu.power[0]), ("dcim.powerfeed", feed), "power")
        outlets = [("dcim.poweroutlet", outlet) for pdu in pdus for outlet in pdu.outlets]
        # Outlets are dealt out PDU by PDU, so that the supplies of a device hang on different ones.
        dealt = [outlets[at + pdu * OUTLETS] for at in range(OUTLETS) for pdu in range(len(pdus))]
        supplies = [
            ("dcim.powerport", port) for device in devices if device not in pdus for port in device.power
        ]
        for supply, outlet in zip(supplies, dealt, strict=False):
            self.connect(supply, outlet, "power")

    def consoles(self, devices: list[Device], console_server: Device) -> None:
        """Lead the console ports of devices to a console server."""
        ports = [device.console for device in devices if device.console is not None]
        for port, server in zip(ports, console_server.console_servers, strict=False):
            self.connect(("dcim.consoleport", port), ("dcim.consoleserverport", server))
