"""How names are spread over wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

Name = TypeVar("Name")
EACH = 2
"""Questions of each wording."""


def spread(names: Sequence[Name], *wordings: str) -> Iterator[tuple[str, Name]]:
    """Every wording with the next names, in turn; none where there are no names.

    The first wording tells with which name they begin, so that not all speak of the same few.
    """
    at = sum(map(ord, wordings[0]))
    for wording in wordings if names else ():
        for _ in range(min(EACH, len(names))):
            yield wording, names[at % len(names)]
            at += 1


def plural(name: str) -> str:
    """`Access switches`, `Border Routers`."""
    return f"{name}es" if re.search(r"(?:s|x|ch|sh)$", name) else f"{name}s"
