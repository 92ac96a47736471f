"""Sort keys: names with numbers in the order a reader expects, ports by their place in the device."""

import re
from functools import lru_cache

_DIGITS = re.compile(r"(\d+)")
_PORT = re.compile(
    r"^(?P<kind>[^\d.:]+)?"
    r"(?:(?P<slot>\d+)/)?(?:(?P<subslot>\d+)/)?(?:(?P<position>\d+)/)?(?:(?P<subposition>\d+)/)?"
    r"(?P<number>\d+)?(?::(?P<channel>\d+))?(?:\.(?P<unit>\d+))?(?P<rest>.*)$"
)


@lru_cache(maxsize=65536)
def natural(text: str | None) -> str | None:
    """A key that sorts `sw2` before `sw10`; nothing stays nothing."""
    if text is None:
        return None
    return _DIGITS.sub(lambda number: number[0].zfill(10), text.casefold())


@lru_cache(maxsize=65536)
def interface_order(name: str) -> str:
    """A key that sorts ports by slot and position first, those without a slot last."""
    found = _PORT.match(name)
    if found is None:
        return name
    place = "".join(
        (found[part] or "9999").zfill(4) for part in ("slot", "subslot", "position", "subposition")
    )
    numbers = "".join(
        (found[part] or "").zfill(6) if found[part] else "." * 6 for part in ("number", "channel", "unit")
    )
    return f"{place}{found['kind'] or ''}{numbers}{natural(found['rest'])}"
