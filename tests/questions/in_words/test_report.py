"""The report of how questions were read, and the two halves of them."""

from __future__ import annotations

from sources.types import CATALOG
from tests.questions.in_words.case import Question, Unanswerable, asked, call, filled, rows
from tests.questions.in_words.every import UNANSWERABLE, WRITTEN
from tests.questions.in_words.report import Read, half, report, split

DEVICES = asked("devices at Akron", rows("device", site="Akron"))
NEIGHBOURS = asked("neighbours of sw1", call("topology", around="sw1"))
WEATHER = Unanswerable("how is the weather", "no inventory holds it", (rows("cloud"),))


def test_every_verdict() -> None:
    found = report(
        [
            Read(DEVICES, "list_objects", {"type": "device", "where": {"site": "akron"}}, 0.9),
            Read(DEVICES, "list_objects", {"type": "device"}, 0.9),
            Read(DEVICES, "list_objects", {"type": "device"}, 0.3),
            Read(NEIGHBOURS, None, {}, 0.0),
            Read(NEIGHBOURS, "topology", {"around": "sw1"}, 0.6),
            Read(WEATHER, None, {}, 0.0),
            Read(WEATHER, "audit", {}, 0.4),
            Read(WEATHER, "audit", {}, 0.6),
            Read(WEATHER, "list_objects", {"type": "cloud"}, 0.9),
        ],
        0.6,
        CATALOG,
    )
    assert found.table() == [
        ["list_objects", 3, 1, 1, 1],
        ["topology", 2, 1, 0, 1],
        ["unanswerable", 4, 3, 1, 0],
        ["all", 9, 5, 2, 2],
    ]
    assert found.share("right") == 5 / 9
    assert len(found.missed()) == 4
    assert "expected topology {'around': 'sw1'}, came nothing" in found.missed()[2]


def test_nothing_asked() -> None:
    assert report([], 0.5, CATALOG).table() == [["all", 0, 0, 0, 0]]
    assert report([], 0.5, CATALOG).share("right") == 0


def test_the_halves_are_stable_and_of_a_size() -> None:
    assert split("devices at Akron") == split(" DEVICES at akron ") == "tuning"
    assert split("audit Akron") == "held out"
    questions: list[Question] = [*WRITTEN, *UNANSWERABLE]
    tuning, held_out = half(questions, "tuning"), half(questions, "held out")
    assert len(tuning) + len(held_out) == len(questions)
    assert 0.4 < len(tuning) / len(questions) < 0.6


def test_one_wording_is_in_one_half_whatever_names_it_has() -> None:
    questions = [filled("devices at {site}", rows("device", site=site), site=site) for site in "ABCDEFGH"]
    assert len(half(questions, "tuning")) in (0, len(questions))
