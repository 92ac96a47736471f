"""All questions in words."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, Unanswerable
from tests.questions.in_words.filled.counts import counts
from tests.questions.in_words.filled.devices import devices
from tests.questions.in_words.filled.networks import networks
from tests.questions.in_words.filled.objects import objects
from tests.questions.in_words.filled.unanswerable import unanswerable
from tests.questions.in_words.filled.upkeep import upkeep
from tests.questions.in_words.filled.wiring import wiring
from tests.questions.in_words.names import Names
from tests.questions.in_words.written.addresses import ADDRESSES
from tests.questions.in_words.written.counts import COUNTS
from tests.questions.in_words.written.devices import DEVICES
from tests.questions.in_words.written.differences import DIFFERENCES
from tests.questions.in_words.written.dossiers import DOSSIERS
from tests.questions.in_words.written.failures import FAILURES
from tests.questions.in_words.written.field_agent import AGENT
from tests.questions.in_words.written.field_architect import ARCHITECT
from tests.questions.in_words.written.field_manager import MANAGER
from tests.questions.in_words.written.field_noc import NOC
from tests.questions.in_words.written.field_technician import TECHNICIAN
from tests.questions.in_words.written.field_unanswerable import NEARLY_ANSWERABLE
from tests.questions.in_words.written.health import HEALTH
from tests.questions.in_words.written.history import HISTORY
from tests.questions.in_words.written.negations import NEGATIONS
from tests.questions.in_words.written.numbers import NUMBERS
from tests.questions.in_words.written.others import OTHERS
from tests.questions.in_words.written.plain_devices import PLAIN_DEVICES
from tests.questions.in_words.written.plain_lookups import PLAIN_LOOKUPS
from tests.questions.in_words.written.plain_objects import PLAIN_OBJECTS
from tests.questions.in_words.written.plain_unanswerable import PLAIN_UNANSWERABLE
from tests.questions.in_words.written.plain_wiring import PLAIN_WIRING
from tests.questions.in_words.written.ports import PORTS
from tests.questions.in_words.written.rooms import ROOMS
from tests.questions.in_words.written.superlatives import SUPERLATIVES
from tests.questions.in_words.written.unanswerable import UNANSWERABLE as PLAINLY_UNANSWERABLE
from tests.questions.in_words.written.vlan_uses import VLANS
from tests.questions.in_words.written.wiring import WIRING
from tests.questions.truth import Truth

WRITTEN: tuple[Asked, ...] = (
    *DEVICES,
    *COUNTS,
    *NEGATIONS,
    *NUMBERS,
    *SUPERLATIVES,
    *PORTS,
    *OTHERS,
    *DOSSIERS,
    *VLANS,
    *ADDRESSES,
    *WIRING,
    *FAILURES,
    *ROOMS,
    *HISTORY,
    *HEALTH,
    *DIFFERENCES,
    *NOC,
    *TECHNICIAN,
    *ARCHITECT,
    *AGENT,
    *MANAGER,
    *PLAIN_DEVICES,
    *PLAIN_OBJECTS,
    *PLAIN_LOOKUPS,
    *PLAIN_WIRING,
)
"""Those about the generated inventory."""

UNANSWERABLE: tuple[Unanswerable, ...] = (*PLAINLY_UNANSWERABLE, *NEARLY_ANSWERABLE, *PLAIN_UNANSWERABLE)

__all__ = ["UNANSWERABLE", "WRITTEN", "filled_in", "unanswerable_in"]


def filled_in(truth: Truth) -> list[Asked]:
    """The templates, filled from an inventory."""
    names = Names(truth)
    parts = (devices, counts, objects, networks, wiring, upkeep)
    return list({question.text: question for part in parts for question in part(names)}.values())


def unanswerable_in(truth: Truth) -> list[Unanswerable]:
    """What must not be answered, about what an inventory holds."""
    return list(unanswerable(Names(truth)))
