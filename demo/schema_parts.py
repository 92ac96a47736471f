"""Small pieces of the OpenAPI document that filters and components share."""

from collections.abc import Mapping
from hashlib import sha256


def enum_id(values: Mapping[str | int, str]) -> str:
    """The mark by which a parameter and a component say that they take the same values."""
    return sha256(repr(list(values.items())).encode()).hexdigest()[:16]
