"""Room in prefixes: what `capacity` asks of the module that answers about address space."""

from __future__ import annotations

import ipaddress

from sources.catalog import ObjectType
from sources.errors import BadFilter
from sources.where import quoted
from tools.ip_space import IpSpace, IpSpaceArguments
from tools.spans import network_span

TYPES = frozenset({"ipam.prefix", "ipam.aggregate"})
SPACE = IpSpace()


def space_question(of: str | None, type_: ObjectType | None, max_tokens: int) -> IpSpaceArguments | None:
    """The question about a prefix, or about all of them; None where neither the text nor the type is of one.

    Raises `BadFilter` where prefixes are asked for of something else: those of a site have a question of their own.
    """
    told = type_.name in TYPES if type_ else of is not None and _is_network(of)
    if told and of is not None and network_span(of) is None:
        raise BadFilter(
            f"{of!r} is no prefix",
            hint=f"the prefixes of a site: ip_space(site={quoted(of)}); of all: leave of out",
        )
    return IpSpaceArguments(prefix=of, max_tokens=max_tokens) if told else None


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return "/" in text
