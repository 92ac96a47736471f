"""Who may see what: API tokens of both kinds, with permissions by object type and by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: for one object type, the filters that a row must meet to be seen; no filters are no constraints
Constraints = Mapping[str, str | Sequence[str]]
_V2_PREFIX = "nbt_"


class NotAuthenticatedError(PermissionError):
    """No token, or one that isn't known; the text is NetBox's."""


@dataclass(frozen=True)
class Token:
    """A token: `nbt_<key>.<secret>` is of version 2, anything else of version 1.

    Without `permissions` it may see everything; with them only the types they name, and of
    these only the rows that meet the constraints: `{"dcim.device": {"site": "akron"}}`.
    """

    value: str
    user: str = "demo"
    permissions: Mapping[str, Constraints] | None = None

    def constraints(self, type_: str) -> Constraints | None:
        """The constraints on a type; None if it may not be seen at all."""
        if self.permissions is None:
            return {}
        return self.permissions.get(type_)


def authenticate(header: str | None, tokens: Sequence[Token]) -> Token:
    """The token of an Authorization header."""
    keyword, _, value = (header or "").strip().partition(" ")
    if keyword.lower() not in {"token", "bearer"}:
        raise NotAuthenticatedError("Authentication credentials were not provided.")
    if not value or " " in value:
        raise NotAuthenticatedError(
            'Invalid authorization header: Must be in the form "Bearer <key>.<token>" or "Token <token>"'
        )
    version = 2 if value.startswith(_V2_PREFIX) else 1
    if version == 2 and "." not in value:
        raise NotAuthenticatedError(
            "Invalid authorization header: Could not parse key from v2 token. Did you mean to use 'Token' "
            "instead of 'Bearer'?"
        )
    for token in tokens:
        if token.value == value:
            return token
    raise NotAuthenticatedError(f"Invalid v{version} token")
