"""All questions."""

from __future__ import annotations

from tests.questions.audits import AUDITS
from tests.questions.capacities import CAPACITIES
from tests.questions.case import Case
from tests.questions.changes import CHANGES
from tests.questions.comparisons import COMPARISONS
from tests.questions.devices import DEVICES
from tests.questions.dossiers import DOSSIERS
from tests.questions.finds import FINDS
from tests.questions.groups import GROUPS
from tests.questions.impacts import IMPACTS
from tests.questions.networks import NETWORKS
from tests.questions.others import OTHERS
from tests.questions.physical import PHYSICAL
from tests.questions.places import PLACES
from tests.questions.ports import PORTS
from tests.questions.rack_groups import RACK_GROUPS
from tests.questions.refusals import REFUSALS
from tests.questions.related import RELATED
from tests.questions.rest import REST
from tests.questions.space import SPACE
from tests.questions.topologies import TOPOLOGIES
from tests.questions.traces import TRACES
from tests.questions.vlan_uses import VLANS

LISTS = (*PLACES, *DEVICES, *PORTS, *NETWORKS, *OTHERS, *PHYSICAL, *RELATED, *REFUSALS)
QUESTIONS: tuple[Case, ...] = (
    *LISTS,
    *GROUPS,
    *FINDS,
    *DOSSIERS,
    *VLANS,
    *TRACES,
    *COMPARISONS,
    *SPACE,
    *AUDITS,
    *CHANGES,
    *CAPACITIES,
    *RACK_GROUPS,
    *TOPOLOGIES,
    *IMPACTS,
    *REST,
)
