"""The users of the live tests, each with a new token, printed as NAME=value; run by NetBox's own Python."""

import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netbox.settings")
django.setup()

from core.models import ObjectType  # noqa: E402  (models can be imported only after the set-up)
from users.models import ObjectPermission, Token, User  # noqa: E402

# What belongs to a site, and how it knows. Everything else (types, roles, tenants, ...) is the same for all.
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
    "dcim.macaddress": "interface__device__site__name",
    "dcim.cable": "terminations___site__name",
    "ipam.vlan": "site__name",
    "ipam.prefix": "_site__name",
    "ipam.ipaddress": "interface__device__site__name",
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


def token(owner: Any, version: int = 1, **values: Any) -> str:
    """A new token of that user, as it is sent."""
    made = Token(user=owner, version=version, **values)
    made.save()
    return f"nbt_{made.key}.{made.token}" if version == 2 else str(made.token)


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
for name, path in SITE_OF.items():
    may_view(one_site, [everything[name]], {path: site})

for name, value in {
    "NETBOX_TOKEN": token(admin),
    "NETBOX_TOKEN_V2": token(admin, version=2),
    "NETBOX_TOKEN_READ_ONLY": token(admin, write_enabled=False),
    "NETBOX_TOKEN_NO_IPS": token(no_ips),
    "NETBOX_TOKEN_ONE_SITE": token(one_site),
}.items():
    sys.stdout.write(f"{name}={value}\n")
