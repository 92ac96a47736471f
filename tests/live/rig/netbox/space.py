"""How full NetBox itself says that prefixes are, and what is free in them; run by NetBox's own Python.

For the prefixes that are there, and for plans that are made for it and taken back: nothing of them is kept.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netbox.settings")
django.setup()

from django.core.exceptions import ValidationError  # noqa: E402  (models can be imported only after the set-up)
from django.db import transaction  # noqa: E402
from ipam.models import VRF, Aggregate, IPAddress, IPRange, Prefix  # noqa: E402


def recorded() -> Iterator[dict[str, Any]]:
    """Every prefix and aggregate."""
    for prefix in Prefix.objects.all():
        name = prefix.vrf.name if prefix.vrf else None
        yield {"prefix": str(prefix.prefix), "vrf": name, "utilization": prefix.get_utilization()}
    for aggregate in Aggregate.objects.all():
        yield {
            "prefix": str(aggregate.prefix),
            "vrf": "aggregate",
            "utilization": aggregate.get_utilization(),
        }


def kept(made: Any) -> bool:
    """Whether NetBox takes it."""
    with suppress(ValidationError), transaction.atomic():
        made.full_clean()
        made.save()
        return True
    return False


def answered(plan: dict[str, Any]) -> dict[str, Any]:
    """What of a plan NetBox takes, with what it says of each prefix."""
    vrf = VRF.objects.create(name="plan", enforce_unique=False)
    prefixes = [
        Prefix(
            prefix=each["prefix"],
            vrf=vrf,
            status="container" if each["type"] == "container" else "active",
            is_pool=each["type"] == "pool",
            mark_utilized=each["mark_utilized"],
        )
        for each in plan["prefixes"]
    ]
    ranges = [
        IPRange(
            start_address=each["start_address"],
            end_address=each["end_address"],
            vrf=vrf,
            status="active",
            mark_populated=each["mark_populated"],
            mark_utilized=each["mark_utilized"],
        )
        for each in plan["ranges"]
    ]
    addresses = [IPAddress(address=each["address"], vrf=vrf, status="active") for each in plan["addresses"]]
    held = {
        "prefixes": [each for each, made in zip(plan["prefixes"], prefixes, strict=True) if kept(made)],
        "ranges": [each for each, made in zip(plan["ranges"], ranges, strict=True) if kept(made)],
        "addresses": [each for each, made in zip(plan["addresses"], addresses, strict=True) if kept(made)],
    }
    said = [
        {
            "prefix": str(prefix.prefix),
            "utilization": prefix.get_utilization(),
            "free_addresses": [str(each) for each in prefix.get_available_ips().iter_cidrs()],
            "free_prefixes": [str(each) for each in prefix.get_available_prefixes().iter_cidrs()],
        }
        for prefix in Prefix.objects.filter(vrf=vrf)
    ]
    return {**held, "said": said}


def taken_back(plan: dict[str, Any]) -> dict[str, Any]:
    """The same, with nothing left of the plan."""
    with transaction.atomic():
        found = answered(plan)
        transaction.set_rollback(True)
    return found


plans = json.loads(Path(sys.argv[1]).read_text())
json.dump({"recorded": list(recorded()), "plans": [taken_back(plan) for plan in plans]}, sys.stdout)
