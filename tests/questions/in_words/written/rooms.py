"""Room for more: rack units, power and ports."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

ROOMS: tuple[Asked, ...] = (
    asked("where does a 4U server fit?", call("capacity", fits_u=4)),
    asked(
        "where can I put a 2u box in akron",
        call("capacity", of="Akron", fits_u=2),
        call("capacity", of="Akron", fits_u=2, type="racks"),
    ),
    asked(
        "is there space for 10 units in the New York racks",
        call("capacity", of="New York", fits_u=10),
        call("capacity", of="New York", fits_u=10, type="racks"),
    ),
    asked("how full are the racks at Albany", call("capacity", of="Albany", type="racks")),
    asked("rack space left in Scranton?", call("capacity", of="Scranton", type="racks")),
    asked("free rack units", call("capacity", type="racks")),
    asked("how much power is left in Akron", call("capacity", of="Akron", type="power")),
    asked("power headroom albany", call("capacity", of="Albany", type="power")),
    asked("how loaded are our power feeds", call("capacity", type="power")),
    asked("how many free switchports are there in Camden", call("capacity", of="Camden", type="ports")),
    asked(
        "available ports on alb-asw01",
        call("capacity", of="alb-asw01", type="ports"),
        call("capacity", of="alb-asw01"),
    ),
    asked("what runs out first?", call("capacity")),
    asked("capacity of Akron", call("capacity", of="Akron")),
    asked("how busy is cluster akr-cluster01", call("capacity", of="akr-cluster01")),
    asked(
        "from site Akron to its racks to the devices in them: how utilized is it",
        call("capacity", of="Akron"),
        call("capacity", of="Akron", type="racks"),
    ),
    asked("reserved rack units", rows("rack reservation"), call("capacity", type="racks")),
    asked(
        "port utilization of akr-core02",
        call("capacity", of="akr-core02", type="ports"),
        call("capacity", of="akr-core02"),
    ),
    asked("Which racks still have room in Buffalo?", call("capacity", of="Buffalo", type="racks")),
)
