"""Room in prefixes: what `capacity` asks of the module that answers about address space."""

from __future__ import annotations

import ipaddress

from sources.catalog import ObjectType
from tools.ip_space import IpSpace, IpSpaceArguments

TYPES = frozenset({"ipam.prefix", "ipam.aggregate"})
SPACE = IpSpace()


def space_question(of: str | None, type_: ObjectType | None, max_tokens: int) -> IpSpaceArguments | None:
    """The question about a prefix, or about all of them; None where neither the text nor the type is of one."""
    told = type_.name in TYPES if type_ else of is not None and _is_network(of)
    return IpSpaceArguments(prefix=of, max_tokens=max_tokens) if told else None


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return "/" in text
