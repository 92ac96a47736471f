"""Power distribution units that are made up for a test: a feed, an inlet, and what hangs on the outlets."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from tools.power_draw import LEGS, PowerTree

Made = Mapping[str, Any]


def made_up(random: Random) -> Made:
    """A PDU on a feed; its inlet says both of its draws, or neither."""
    maximum = random.randint(100, 9_000)
    return {
        "feed": {
            "phase": random.choice(["single-phase", "three-phase"]),
            "voltage": random.choice([120, 208, 230, 400]),
            "amperage": random.choice([10, 16, 20, 32, 63]),
            "max_utilization": random.randint(50, 100),
        },
        "inlet": random.choice([[None, None], [None, None], [random.randint(1, maximum), maximum]]),
        "supplies": [
            [random.choice([None, watts // 2]), watts, random.choice(LEGS)]
            for watts in (random.randint(50, 2_000) for _ in range(random.randint(0, 8)))
        ],
    }


def tree_of(made: Made, factor: float | None) -> PowerTree:
    """The ports and outlets of a PDU that was made up; those of the feed are called `inlet`."""

    def port(id_: str, draws: list[int | None]) -> dict[str, Any]:
        return {
            "id": id_,
            "device": None,
            "allocated_draw": draws[0],
            "maximum_draw": draws[1],
            "power_factor": factor,
        }

    supplies = [port(str(at), each[:2]) for at, each in enumerate(made["supplies"])]
    outlets = [
        {
            "id": f"outlet {at}",
            "power_port": {"id": "inlet"},
            "feed_leg": each[2],
            "link_peers": [{"id": str(at), "type": "dcim.powerport"}],
        }
        for at, each in enumerate(made["supplies"])
    ]
    return PowerTree([port("inlet", made["inlet"]), *supplies], outlets)
