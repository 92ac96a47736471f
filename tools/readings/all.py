"""All readings of a question, of every tool."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from orchestration.words.question import Question
from orchestration.words.reading import Reading
from tools.moments import utc_now
from tools.readings import listing, numbers, objects, records
from tools.readings.cues import BESIDE_WORDS
from tools.readings.following import Before, following_readings

WORDS = listing.WORDS | BESIDE_WORDS
"""Words that are understood beside the cues."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What the readings must know besides the question."""

    checks: Mapping[str, str]
    """The names of the checks of `audit` with their titles."""
    sources: Sequence[str] = ()
    clock: Callable[[], datetime] = utc_now

    def readings(self, question: Question, before: Before | None = None) -> list[Reading]:
        """What a question may mean, the likeliest first, each call once; `before` is the call that it may follow on."""
        found = [
            *(following_readings(question, before) if before is not None else ()),
            *listing.list_readings(question),
            *objects.describe_readings(question),
            *objects.find_readings(question),
            *objects.port_readings(question),
            *objects.trace_readings(question),
            *objects.topology_readings(question),
            *objects.impact_readings(question),
            *numbers.vlan_readings(question),
            *numbers.space_readings(question),
            *numbers.capacity_readings(question),
            *records.change_readings(question, self.clock),
            *records.compare_readings(question, self.clock, self.sources),
            *records.audit_readings(question, self.checks),
            *records.status_readings(question),
        ]
        ranked = sorted(found, key=lambda each: -each.confidence(question))
        once: dict[tuple[str, str], Reading] = {}
        for each in ranked:
            once.setdefault(each.call, each)
        return list(once.values())
