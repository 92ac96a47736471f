"""Filters of VLANs and their groups."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator
from functools import partial

from demo.clause import Clause
from demo.database import Database
from demo.lookups import contains, only_one
from demo.model import Model
from demo.models import MODELS
from demo.parameter import Named, by_id, last_number_parameter, text_parameter

_CARRIED = """
id IN (SELECT untagged_vlan FROM {0} WHERE id = ?)
OR id IN (SELECT target FROM {0}__tagged_vlans WHERE source = ?)
"""
_AT_SITE = """
site = ? OR (site IS NULL AND "group" IS NULL) OR "group" IN (
    SELECT id FROM ipam_vlangroup WHERE scope_id IS NULL
    OR (scope_type = 'dcim.site' AND scope_id = ?)
    OR (scope_type = 'dcim.region' AND scope_id IN (SELECT region FROM dcim_site WHERE id = ?))
    OR (scope_type = 'dcim.sitegroup' AND scope_id IN (SELECT "group" FROM dcim_site WHERE id = ?))
)
"""
_SCOPES = {
    "region": "dcim.region",
    "site_group": "dcim.sitegroup",
    "site": "dcim.site",
    "location": "dcim.location",
    "rack": "dcim.rack",
    "cluster_group": "virtualization.clustergroup",
    "cluster": "virtualization.cluster",
}


def vlan(_: Model) -> Iterator[Named]:
    """What only VLANs are filtered by."""
    yield "q", text_parameter(_search)
    for name, type_ in (
        ("interface_id", "dcim.interface"),
        ("vminterface_id", "virtualization.vminterface"),
    ):
        yield name, only_one(type_, "id", Clause(_CARRIED.format(MODELS[type_].table)), "integer")
    yield "available_at_site", only_one("dcim.site", "id", Clause(_AT_SITE))
    for name, type_ in (
        ("available_on_device", "dcim.device"),
        ("available_on_virtualmachine", "virtualization.virtualmachine"),
    ):
        there = _AT_SITE.replace("?", f"(SELECT site FROM {MODELS[type_].table} WHERE id = ?)")
        yield name, only_one(type_, "id", Clause(there))


def _search(_database: Database, value: str) -> Clause:
    found = contains("name", value) | contains("description", value)
    return found | Clause("vid = ?", (int(value),)) if value.strip().isdigit() else found


def vlan_group(_: Model) -> Iterator[Named]:
    """What only groups of VLANs are filtered by."""
    for name, type_ in _SCOPES.items():
        yield name, by_id("scope_id", partial(Clause.__and__, Clause("scope_type = ?", (type_,))))
    within = "? BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]')"
    yield (
        "contains_vid",
        last_number_parameter(Clause(f"EXISTS (SELECT 1 FROM json_each(vid_ranges) r WHERE {within})")),
    )
