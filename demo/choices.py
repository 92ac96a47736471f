"""The fixed values of choice fields and their labels, as NetBox 4.7 publishes them in its schema."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import orjson


@cache
def _published() -> Mapping[str, Mapping[str | int, str]]:
    groups = orjson.loads(files("demo").joinpath("choices.json").read_bytes())
    return {owner: dict(group["choices"]) for group in groups for owner in group["of"]}


def choices(label: str, name: str) -> Mapping[str | int, str]:
    """Value and label of each choice of a field, say of `Device` and `status`."""
    return _published()[f"{label}.{name}"]


def label_of(owner: str, value: str | int | None) -> str | None:
    """The label of one value of, say, `Device.status`."""
    return None if value is None else _published()[owner].get(value)
