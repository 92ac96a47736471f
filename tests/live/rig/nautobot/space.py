"""How full Nautobot itself says that prefixes are, and what is free in them; run by Nautobot's own Python.

For the prefixes that are there, and for plans that are made for it and taken back: nothing of them is kept.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nautobot

nautobot.setup()

from django.core.exceptions import ValidationError  # noqa: E402  (models only after the set-up)
from django.db import transaction  # noqa: E402
from nautobot.extras.models import Status  # noqa: E402
from nautobot.ipam.models import IPAddress, IPAddressRange, Namespace, Prefix  # noqa: E402


def share(prefix: Prefix) -> float:
    """Its utilization in percent."""
    used, whole = prefix.get_utilization()
    return used / whole * 100


def recorded() -> Iterator[dict[str, Any]]:
    """Every prefix."""
    for prefix in Prefix.objects.all():
        name = None if prefix.namespace.name == "Global" else prefix.namespace.name
        yield {"prefix": str(prefix.prefix), "vrf": name, "utilization": share(prefix)}


def kept(made: Any) -> bool:
    """Whether Nautobot takes it."""
    with suppress(ValidationError), transaction.atomic():
        made.validated_save()
        return True
    return False


def answered(plan: dict[str, Any]) -> dict[str, Any]:
    """What of a plan Nautobot takes, with what it says of each prefix."""
    space = Namespace.objects.create(name="plan")
    active = Status.objects.get(name="Active")
    by_size = sorted(plan["prefixes"], key=lambda each: int(each["prefix"].partition("/")[2]))
    prefixes = [
        each
        for each in by_size
        if kept(Prefix(prefix=each["prefix"], namespace=space, type=each["type"], status=active))
    ]
    addresses = [
        each
        for each in plan["addresses"]
        if kept(IPAddress(address=each["address"], namespace=space, status=active))
    ]
    ranges = [
        each
        for each in plan["ranges"]
        if kept(
            IPAddressRange(
                start_address=each["start_address"].partition("/")[0],
                end_address=each["end_address"].partition("/")[0],
                namespace=space,
                status=active,
                is_exclusive=each["mark_populated"],
                count_as_utilized=each["mark_utilized"],
            )
        )
    ]
    said = [
        {
            "prefix": str(prefix.prefix),
            "utilization": share(prefix),
            "free_addresses": [str(each) for each in prefix.get_available_ips().iter_cidrs()],
            "free_prefixes": [str(each) for each in prefix.get_available_prefixes().iter_cidrs()],
        }
        for prefix in Prefix.objects.filter(namespace=space)
    ]
    return {"prefixes": prefixes, "ranges": ranges, "addresses": addresses, "said": said}


def taken_back(plan: dict[str, Any]) -> dict[str, Any]:
    """The same, with nothing left of the plan."""
    with transaction.atomic():
        found = answered(plan)
        transaction.set_rollback(True)
    return found


plans = json.loads(Path(sys.argv[1]).read_text())
json.dump({"recorded": list(recorded()), "plans": [taken_back(plan) for plan in plans]}, sys.stdout)
