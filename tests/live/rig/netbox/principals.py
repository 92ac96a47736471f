"""The users of the live tests and their tokens, printed as NAME=value; run by NetBox's own Python."""

import os
import sys
from hashlib import sha256
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netbox.settings")
django.setup()

from core.models import ObjectType  # noqa: E402  (models can be imported only after the set-up)
from django.conf import settings  # noqa: E402
from users.models import ObjectPermission, Token, User  # noqa: E402

# What belongs to a site, by its ways to the site's name. The rest, as types and roles, is the same for all.
SITE_OF = {
    "dcim.site": "name",
    "dcim.location": "site__name",
    "dcim.rack": "site__name",
    "dcim.device": "site__name",
    "dcim.interface": "device__site__name",
    "dcim.frontport": "device__site__name",
    "dcim.rearport": "device__site__name",
    "dcim.consoleport": "device__site__name",
    "dcim.consoleserverport": "device__site__name",
    "dcim.powerport": "device__site__name",
    "dcim.poweroutlet": "device__site__name",
    "dcim.powerpanel": "site__name",
    "dcim.powerfeed": "power_panel__site__name",
    "dcim.macaddress": "interface__device__site__name vminterface__virtual_machine__site__name",
    "dcim.cable": "terminations___site__name",
    "ipam.vlan": "site__name",
    "ipam.prefix": "_site__name",
    "ipam.ipaddress": "interface__device__site__name vminterface__virtual_machine__site__name",
    "circuits.circuittermination": "_site__name",
    "virtualization.cluster": "_site__name",
    "virtualization.virtualmachine": "site__name",
    "virtualization.vminterface": "virtual_machine__site__name",
}


def user(name: str, **values: Any) -> Any:
    """A user of that name, without the tokens and permissions of an earlier run."""
    found, _ = User.objects.update_or_create(username=name, defaults={"is_active": True, **values})
    found.tokens.all().delete()
    ObjectPermission.objects.filter(users=found).delete()
    return found


#: since 4.5
TWO_VERSIONS = hasattr(Token, "version")


def token(name: str, owner: Any, version: int = 1, **values: Any) -> str:
    """The token of that name as it is sent: the same after each start, so that shells that know it go on."""
    text = sha256(f"{settings.SECRET_KEY} {name}".encode()).hexdigest()
    if not TWO_VERSIONS:
        Token(user=owner, key=text[:40], **values).save()
        return text[:40]
    if version == 2:
        values["key"] = text[-12:]
    Token(user=owner, version=version, token=text[:40], **values).save()
    return f"nbt_{text[-12:]}.{text[:40]}" if version == 2 else text[:40]


def may_view(owner: Any, types: list[Any], constraints: Any = None) -> None:
    """Let a user see the objects of those types that the constraints match."""
    name = f"{owner} {types[0]}"
    permission = ObjectPermission.objects.create(name=name, actions=["view"], constraints=constraints)
    permission.users.add(owner)
    permission.object_types.set(types)


everything = {f"{each.app_label}.{each.model}": each for each in ObjectType.objects.public()}
admin = user("rig-admin", is_superuser=True)
no_ips = user("rig-no-ips")
may_view(no_ips, [each for name, each in everything.items() if name != "ipam.ipaddress"])
one_site = user("rig-one-site")
site = sys.argv[1]
may_view(one_site, [each for name, each in everything.items() if name not in SITE_OF])
for name, paths in SITE_OF.items():
    may_view(one_site, [everything[name]], [{path: site} for path in paths.split()])

versioned = [("NETBOX_TOKEN_V2", admin, {"version": 2})] if TWO_VERSIONS else []
for name, owner, values in (
    ("NETBOX_TOKEN", admin, {}),
    *versioned,
    ("NETBOX_TOKEN_READ_ONLY", admin, {"write_enabled": False}),
    ("NETBOX_TOKEN_NO_IPS", no_ips, {}),
    ("NETBOX_TOKEN_ONE_SITE", one_site, {}),
):
    sys.stdout.write(f"{name}={token(name, owner, **values)}\n")
