"""The family of errors: each says what went wrong, the likely cause and what to try next, in words for a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class NetbriefError(Exception):
    """Base of every error that a caller may see.

    `what` is what went wrong, `cause` the likely reason, `hint` the next thing to try, and `candidates` ready
    suggestions (names, filters, corrected calls). None of them may hold a secret or a stack trace.
    """

    code: ClassVar[str] = "error"
    default_cause: ClassVar[str] = ""
    default_hint: ClassVar[str] = ""

    def __init__(self, what: str, *, cause: str = "", hint: str = "", candidates: Sequence[str] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.cause = cause or self.default_cause
        self.hint = hint or self.default_hint
        self.candidates = tuple(candidates)
        self.read_as = ""
        """How the question in words was read that led to it."""

    def in_words(self) -> str:
        """The whole error as text: clients show a model only the text of an error."""
        parts = [f"{self.code}: {self.what}"]
        if self.read_as:
            parts.append(f"The question was read as: {self.read_as}")
        if self.cause:
            parts.append(f"Likely cause: {self.cause}")
        if self.candidates:
            parts.append("Did you mean: " + "; ".join(self.candidates))
        if self.hint:
            parts.append(f"Try: {self.hint}")
        return "\n".join(parts)


class BadArguments(NetbriefError):
    """The tool's arguments do not fit its schema."""

    code = "bad_arguments"


class BadFilter(NetbriefError):
    """A filter, a choice or a value that the source does not know."""

    code = "bad_filter"


class BadCursor(NetbriefError):
    """A cursor that was not made here, was changed, or belongs to somebody else."""

    code = "bad_cursor"
    default_hint = "call the tool again with its own arguments; cursors are copied whole and never edited"


class NotUnderstood(NetbriefError):
    """A question in words that no tool is known to answer."""

    code = "not_understood"


class UnknownType(NetbriefError):
    """No object type of that name, neither in the catalog nor in the source."""

    code = "unknown_type"


class UnknownField(NetbriefError):
    """An object type has no such field or relation."""

    code = "unknown_field"


class NotFound(NetbriefError):
    """Nothing in the inventory has that name; the candidates are the nearest."""

    code = "not_found"


class Ambiguous(NetbriefError):
    """Several objects have that name; the candidates are all of them."""

    code = "ambiguous"


class TooCostly(NetbriefError):
    """The plan would read more than a single call may."""

    code = "too_costly"


class Incomplete(NetbriefError):
    """What was to be given whole cannot be."""

    code = "incomplete"
    default_cause = "a part of it could not be read, or the inventory changed meanwhile"
    default_hint = "export again"


class NotConfigured(NetbriefError):
    """No source of that name is configured."""

    code = "not_configured"


class SourceError(NetbriefError):
    """Base of what goes wrong between netbrief and a source."""

    code = "source_error"


class SourceUnreachable(SourceError):
    """The source does not answer."""

    code = "source_unreachable"
    default_cause = "the server is down, its URL is wrong, or a firewall is in between"
    default_hint = "run `netbrief check`, then call the tool again"


class SourceTooSlow(SourceUnreachable):
    """The source did not answer in time."""

    code = "source_too_slow"
    default_cause = "the server is overloaded or the question reads too much"
    default_hint = "narrow the question with a filter, or call again later"


class NotAuthenticated(SourceError):
    """The source refuses the token."""

    code = "not_authenticated"
    default_cause = "the API token is wrong, expired, revoked, or not allowed from this address"
    default_hint = "set a valid token and run `netbrief check`"


class NotPermitted(SourceError):
    """The token is valid and may not read this."""

    code = "not_permitted"
    default_cause = "the user of the API token has no view permission for this object type"
    default_hint = "ask an administrator for the permission, or ask about another object type"


class SourceMisbehaved(SourceError):
    """The source answered with something that is not its API (HTML, cut JSON, a server error)."""

    code = "source_misbehaved"
    default_cause = "a proxy or login page stands in front of the API, or the server has an internal error"
    default_hint = "run `netbrief check`; if it persists, look into the server's log"


class Rejected(SourceError):
    """The source refused a request as invalid (HTTP 400); `field_errors` is its own explanation per field."""

    code = "rejected"

    def __init__(self, what: str, field_errors: dict[str, str] | None = None) -> None:
        super().__init__(what)
        self.field_errors = field_errors or {}
