"""Names in a question that the lexicon lacks, looked for in the source: devices, racks, VLANs, circuits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cache.reader import Reader
from orchestration.resolve import INDEXED
from orchestration.words.lexicon import Meaning, Sense, reduced
from orchestration.words.question import Question
from sources.catalog import Catalog, ObjectType
from sources.source import Condition, Match

LOOKED_IN = (
    "dcim.device",
    "virtualization.virtualmachine",
    "dcim.rack",
    "dcim.location",
    "ipam.vlan",
    "circuits.circuit",
    "dcim.powerpanel",
    "dcim.powerfeed",
    "dcim.virtualchassis",
    "dcim.cable",
    "circuits.providernetwork",
    "tenancy.contact",
)
"""The types that have too many objects for a lexicon, in the order of what a name is likeliest to be."""


async def names_in(question: Question, reader: Reader) -> Mapping[str, Sequence[Meaning]]:
    """What the unknown words of a question are the names of, by reduced name: one wave of reads at most."""
    texts = tuple(question.candidates())
    if not texts:
        return {}
    types = _types(question.lexicon.catalog)
    reads = [
        Match(
            type_, await reader.source.translate(type_, [Condition(type_.title, "ie", texts)]), limit=INDEXED
        )
        for type_ in types
    ]
    wanted = {reduced(text) for text in texts}
    found: dict[str, list[Meaning]] = defaultdict(list)
    for type_, page in zip(types, await reader.read(reads), strict=True):
        for row in page.rows:
            name = str(row.get(type_.title) or "")
            meaning = Meaning(Sense.NAME, type_.name, name)
            if reduced(name) in wanted and meaning not in found[reduced(name)]:
                found[reduced(name)].append(meaning)
    return found


def _types(catalog: Catalog) -> list[ObjectType]:
    return [catalog[name] for name in LOOKED_IN if name in catalog]
