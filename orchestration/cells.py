"""Values of entities as the cells of an answer's table: references by name, lists short, text bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import orjson

LONGEST_TEXT = 200
"""Characters of one cell; comments and descriptions can hold whole documents."""
LONGEST_LIST = 12
MOST_KEYS = 40
"""Of one structured value; objects can have many custom fields."""

_bounded: ContextVar[bool] = ContextVar("bounded", default=True)


@contextmanager
def whole_cells() -> Iterator[None]:
    """Within it, cells hold all of a value: those of a file, which has no budget."""
    before = _bounded.set(False)
    try:
        yield
    finally:
        _bounded.reset(before)


def cell(value: Any) -> Any:
    """A value as a cell: a scalar, or a short list or mapping of them; what is nested deeper is short text."""
    if isinstance(value, Mapping):
        return name_of(value) if "id" in value else _fields(value)
    if isinstance(value, list | tuple):
        most = _most(LONGEST_LIST, len(value))
        shown = [_inner(each) for each in value[:most]]
        if len(value) > most:
            shown.append(f"+{len(value) - most} more")
        return shown[0] if len(shown) == 1 else shown or None
    return shortened(value) if isinstance(value, str) else value


def _fields(value: Mapping[Any, Any]) -> dict[str, Any]:
    most = _most(MOST_KEYS, len(value))
    fields = {shortened(str(key)): _inner(held) for key, held in list(value.items())[:most]}
    if len(value) > most:
        fields["…"] = f"+{len(value) - most} more"
    return fields


def _most(bound: int, size: int) -> int:
    return bound if _bounded.get() else size


def _inner(value: Any) -> Any:
    shown = cell(value)
    if not isinstance(shown, list | dict):
        return shown
    text = orjson.dumps(shown).decode()
    return shown if len(text) <= _most(LONGEST_TEXT, len(text)) else shortened(text)


def name_of(ref: Mapping[str, Any] | None) -> str | None:
    """A reference as people write it: `sw1 Gi1/0/1`, `100 Servers`; unnamed things by their id."""
    if not ref:
        return None
    name = ref.get("name") or f"#{ref['id']}"
    if ref.get("vid") is not None:
        name = f"{ref['vid']} {name}"
    owner = ref.get("of")
    return shortened(f"{name_of(owner)} {name}" if isinstance(owner, Mapping) else str(name))


def shortened(text: str, longest: int = LONGEST_TEXT) -> str:
    """Text on one line and of bounded length; the text as it is where cells are whole."""
    if not _bounded.get():
        return text
    flat = re.sub(r"\s+", " ", text).strip()
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}…"


_PORT = re.compile(r"(.*?)([0-9]+)", re.DOTALL)


def folded(names: Sequence[str]) -> str:
    """Names with runs folded: `Gi1/0/1, Gi1/0/2, Gi1/0/3, mgmt0` as `Gi1/0/1-3, mgmt0`. Order is kept."""
    parts: list[str] = []
    run: tuple[str, int, int] | None = None

    def flush() -> None:
        if run is not None:
            stem, first, last = run
            parts.append(f"{stem}{first}" if first == last else f"{stem}{first}-{last}")

    for name in names:
        found = _PORT.fullmatch(name)
        number = found[2] if found else ""
        if found and (number == "0" or not number.startswith("0")):
            value = int(number)
            if run is not None and run[0] == found[1] and run[2] + 1 == value:
                run = (run[0], run[1], value)
                continue
            flush()
            run = (found[1], value, value)
        else:
            flush()
            run = None
            parts.append(name)
    flush()
    return ", ".join(parts)
