"""How full NetBox itself says that racks and PDUs are; run by NetBox's own Python.

They are made up for it and taken back: nothing of them is kept.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netbox.settings")
django.setup()

from dcim.models import (  # noqa: E402  (models can be imported only after the set-up)
    Cable,
    Device,
    DeviceRole,
    DeviceType,
    Manufacturer,
    PowerFeed,
    PowerOutlet,
    PowerPanel,
    PowerPort,
    Rack,
    RackReservation,
    Site,
)
from django.db import transaction  # noqa: E402
from users.models import User  # noqa: E402

FACES = ("front", "rear")


class Room:
    """A site for what is made up."""

    def __init__(self) -> None:
        self.site = Site.objects.create(name="Made up", slug="made-up")
        self.maker = Manufacturer.objects.create(name="Made up", slug="made-up")
        self.role = DeviceRole(name="Made up", slug="made-up")
        self.role.save()
        self.types = 0

    def device(self, height: float, *, full_depth: bool, counted: bool, **values: Any) -> Device:
        """A device of a type of its own."""
        self.types += 1
        type_ = DeviceType(
            manufacturer=self.maker,
            model=f"Made up {self.types}",
            slug=f"made-up-{self.types}",
            u_height=height,
            is_full_depth=full_depth,
            exclude_from_utilization=not counted,
        )
        type_.save()
        device = Device(device_type=type_, role=self.role, site=self.site, **values)
        device.save()
        return device

    def rack(self, made: dict[str, Any]) -> dict[str, Any]:
        """What NetBox says of a rack."""
        rack = Rack(
            site=self.site,
            name="Made up",
            u_height=made["height"],
            starting_unit=made["first"],
            desc_units=made["desc"],
        )
        rack.save()
        for each in made["devices"]:
            self.device(
                each["height"],
                full_depth=each["full_depth"],
                counted=each["counted"],
                rack=rack,
                position=each["position"],
                face=each["face"],
                status="planned" if each["planned"] else "active",
            )
        if made["reserved"]:
            RackReservation(rack=rack, units=made["reserved"], user=User.objects.first()).save()
        rack = Rack.objects.get(pk=rack.pk)
        return {
            "utilization": rack.get_utilization(),
            "occupied": {
                face: [float(unit["id"]) for unit in rack.get_rack_units(face=face) if unit["occupied"]]
                for face in FACES
            },
            "available": {
                face or "both": [float(unit) for unit in rack.get_available_units(2, face)]
                for face in (None, *FACES)
            },
        }

    def pdu(self, made: dict[str, Any]) -> dict[str, Any]:
        """What NetBox says of a PDU."""
        panel = PowerPanel.objects.create(site=self.site, name="Made up")
        feed = PowerFeed(power_panel=panel, name="Made up", **made["feed"])
        feed.save()
        pdu = self.device(0, full_depth=False, counted=True)
        inlet = PowerPort(
            device=pdu, name="In", allocated_draw=made["inlet"][0], maximum_draw=made["inlet"][1]
        )
        inlet.save()
        self.plug(feed, inlet)
        for number, (allocated, maximum, leg) in enumerate(made["supplies"]):
            outlet = PowerOutlet(device=pdu, name=str(number), power_port=inlet, feed_leg=leg)
            outlet.save()
            supply = PowerPort(
                device=self.device(1, full_depth=True, counted=True),
                name="PSU",
                allocated_draw=allocated,
                maximum_draw=maximum,
            )
            supply.save()
            self.plug(outlet, supply)
        draw = PowerPort.objects.get(pk=inlet.pk).get_power_draw()
        return {"limit": PowerFeed.objects.get(pk=feed.pk).available_power, **draw}

    @staticmethod
    def plug(near: Any, far: Any) -> None:
        """Connect two ends."""
        Cable(a_terminations=[near], b_terminations=[far]).save()


def taken_back(kind: str, made: dict[str, Any]) -> dict[str, Any]:
    """What NetBox says of it, with nothing left of it."""
    with transaction.atomic():
        found: dict[str, Any] = getattr(Room(), kind)(made)
        transaction.set_rollback(True)
    return found


asked = json.loads(Path(sys.argv[1]).read_text())
json.dump({kind: [taken_back(kind, made) for made in asked[kind]] for kind in asked}, sys.stdout, default=str)
