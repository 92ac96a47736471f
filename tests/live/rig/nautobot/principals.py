"""The users of the live tests and their tokens, printed as NAME=value; run by Nautobot's own Python."""

import sys
from hashlib import sha256
from typing import Any

import nautobot

nautobot.setup()

from django.conf import settings  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402  (models only after the set-up)
from django.core.exceptions import FieldError  # noqa: E402
from nautobot.users.models import ObjectPermission, Token, User  # noqa: E402

# What belongs to a site, by its ways to the location. The rest, as types and roles, is the same for all.
LOCATION_OF = {
    "dcim.rack": "location",
    "dcim.device": "location",
    "dcim.interface": "device__location",
    "dcim.frontport": "device__location",
    "dcim.rearport": "device__location",
    "dcim.consoleport": "device__location",
    "dcim.consoleserverport": "device__location",
    "dcim.powerport": "device__location",
    "dcim.poweroutlet": "device__location",
    "dcim.powerpanel": "location",
    "dcim.powerfeed": "power_panel__location",
    "dcim.cable": " ".join(
        (
            # until 3.1
            *(f"_termination_{side}_device__location" for side in "ab"),
            *(
                f"terminations__{end}__location"
                for end in (
                    *(
                        f"{port}_port__device"
                        for port in ("console", "console_server", "front", "power", "rear")
                    ),
                    *("interface__device", "power_outlet__device"),
                    *("power_feed__power_panel", "circuit_termination"),
                )
            ),
        )
    ),
    "ipam.vlan": "locations",
    "ipam.prefix": "locations",
    "ipam.ipaddress": "interfaces__device__location vm_interfaces__virtual_machine__cluster__location",
    "circuits.circuittermination": "location",
    "virtualization.cluster": "location",
    "virtualization.virtualmachine": "cluster__location",
    "virtualization.vminterface": "virtual_machine__cluster__location",
}
APPS = ("circuits", "cloud", "dcim", "extras", "ipam", "tenancy", "virtualization", "vpn", "wireless")


def user(name: str, **values: Any) -> Any:
    """A user of that name, without the tokens and permissions of an earlier run."""
    found, _ = User.objects.update_or_create(username=name, defaults={"is_active": True, **values})
    found.tokens.all().delete()
    ObjectPermission.objects.filter(users=found).delete()
    return found


def token(name: str, owner: Any, **values: Any) -> str:
    """The token of that name as it is sent: the same after each start, so that shells that know it go on."""
    key = sha256(f"{settings.SECRET_KEY} {name}".encode()).hexdigest()[:40]
    Token.objects.create(user=owner, key=key, **values)
    return key


def may_view(owner: Any, types: list[Any], constraints: Any = None) -> None:
    """Let a user see the objects of those types that the constraints match."""
    name = f"{owner} {types[0]}"
    permission = ObjectPermission.objects.create(name=name, actions=["view"], constraints=constraints)
    permission.users.add(owner)
    permission.object_types.set(types)


def within(model: Any, paths: str, name: str) -> list[dict[str, str]]:
    """Match what is at a site or in one of its rooms, to the depth the inventory has."""
    ways = [path for path in paths.split() if leads_on(model, path)]
    return [{f"{path}{'__parent' * depth}__name": name} for path in ways for depth in range(3)]


def leads_on(model: Any, path: str) -> bool:
    """Whether this release's model has such a way."""
    try:
        model.objects.filter(**{f"{path}__name": ""})
    except FieldError:
        return False
    return True


types = ContentType.objects.filter(app_label__in=APPS)
everything = {f"{each.app_label}.{each.model}": each for each in types}
admin = user("rig-admin", is_superuser=True)
no_ips = user("rig-no-ips")
may_view(no_ips, [each for name, each in everything.items() if name != "ipam.ipaddress"])
one_site = user("rig-one-site")
site = sys.argv[1]
bound = {*LOCATION_OF, "dcim.location"}
may_view(one_site, [each for name, each in everything.items() if name not in bound])
location = everything["dcim.location"]
places = [{"location_type__name": "Region"}, {"name": site}, *within(location.model_class(), "parent", site)]
may_view(one_site, [location], places)
for name, paths in LOCATION_OF.items():
    may_view(one_site, [everything[name]], within(everything[name].model_class(), paths, site))

for name, owner, values in (
    ("NAUTOBOT_TOKEN", admin, {}),
    ("NAUTOBOT_TOKEN_READ_ONLY", admin, {"write_enabled": False}),
    ("NAUTOBOT_TOKEN_NO_IPS", no_ips, {}),
    ("NAUTOBOT_TOKEN_ONE_SITE", one_site, {}),
):
    sys.stdout.write(f"{name}={token(name, owner, **values)}\n")
