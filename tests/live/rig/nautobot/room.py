"""How full Nautobot itself says that racks and PDUs are; run by Nautobot's own Python.

They are made up for it and taken back: nothing of them is kept.
"""

import json
import sys
from pathlib import Path
from typing import Any

import nautobot

nautobot.setup()

# ruff: noqa: E402  (models can be imported only after the set-up)
from django.db import transaction
from nautobot.dcim.models import (
    Cable,
    Device,
    DeviceType,
    Location,
    Manufacturer,
    PowerFeed,
    PowerOutlet,
    PowerPanel,
    PowerPort,
    Rack,
    RackReservation,
)
from nautobot.extras.models import Role, Status
from nautobot.users.models import User

FACES = ("front", "rear")


def status(name: str) -> Status:
    """A status by name."""
    return Status.objects.get(name=name)


class Room:
    """A site for what is made up: one that is there."""

    def __init__(self) -> None:
        self.site = Location.objects.filter(location_type__name="Site").first()
        self.maker = Manufacturer.objects.create(name="Made up")
        self.role = Role.objects.filter(content_types__model="device").first()
        self.types = 0

    def device(self, height: int, *, full_depth: bool, state: str = "Active", **values: Any) -> Device:
        """A device of a type of its own."""
        self.types += 1
        type_ = DeviceType.objects.create(
            manufacturer=self.maker,
            model=f"Made up {self.types}",
            u_height=height,
            is_full_depth=full_depth,
        )
        return Device.objects.create(
            device_type=type_, role=self.role, location=self.site, status=status(state), **values
        )

    def rack(self, made: dict[str, Any]) -> dict[str, Any]:
        """What Nautobot says of a rack."""
        rack = Rack.objects.create(
            location=self.site,
            name="Made up",
            u_height=made["height"],
            desc_units=made["desc"],
            status=status("Active"),
        )
        for each in made["devices"]:
            self.device(
                each["height"],
                full_depth=each["full_depth"],
                state="Planned" if each["planned"] else "Active",
                rack=rack,
                position=each["position"],
                face=each["face"],
            )
        if made["reserved"]:
            RackReservation.objects.create(
                rack=rack, units=made["reserved"], user=User.objects.first(), description="Made up"
            )
        rack = Rack.objects.get(pk=rack.pk)
        used, whole = rack.get_utilization()
        return {
            "utilization": used / whole * 100,
            "occupied": {
                face: [unit["id"] for unit in rack.get_rack_units(face=face) if unit["occupied"]]
                for face in FACES
            },
            "available": {face or "both": rack.get_available_units(2, face) for face in (None, *FACES)},
        }

    def pdu(self, made: dict[str, Any]) -> dict[str, Any]:
        """What Nautobot says of a PDU."""
        panel = PowerPanel.objects.create(location=self.site, name="Made up")
        feed = PowerFeed.objects.create(
            power_panel=panel, name="Made up", status=status("Active"), **made["feed"]
        )
        pdu = self.device(0, full_depth=False)
        inlet = PowerPort.objects.create(
            device=pdu, name="In", allocated_draw=made["inlet"][0], maximum_draw=made["inlet"][1]
        )
        self.plug(feed, inlet)
        for number, (allocated, maximum, leg) in enumerate(made["supplies"]):
            outlet = PowerOutlet.objects.create(device=pdu, name=str(number), power_port=inlet, feed_leg=leg)
            supply = PowerPort.objects.create(
                device=self.device(1, full_depth=True),
                name="PSU",
                allocated_draw=allocated,
                maximum_draw=maximum,
            )
            self.plug(outlet, supply)
        draw = PowerPort.objects.get(pk=inlet.pk).get_power_draw()
        draw.pop("utilization_data", None)
        return {"limit": PowerFeed.objects.get(pk=feed.pk).available_power, **draw}

    @staticmethod
    def plug(near: Any, far: Any) -> None:
        """Connect two ends."""
        Cable(termination_a=near, termination_b=far, status=status("Connected")).save()


def taken_back(kind: str, made: dict[str, Any]) -> dict[str, Any]:
    """What Nautobot says of it, with nothing left of it."""
    with transaction.atomic():
        found: dict[str, Any] = getattr(Room(), kind)(made)
        transaction.set_rollback(True)
    return found


asked = json.loads(Path(sys.argv[1]).read_text())
json.dump({kind: [taken_back(kind, made) for made in asked[kind]] for kind in asked}, sys.stdout, default=str)
