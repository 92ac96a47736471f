"""Which part of a list a request asks for, and the links to the parts around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

DEFAULT_LIMIT = 50
MAX_LIMIT = 1000
Query = Mapping[str, Sequence[str]]


class InvalidPageError(ValueError):
    """A part of a list that can't be asked for; the text is NetBox's."""


@dataclass(frozen=True)
class Page:
    """By offset, or by the first id that may be on it."""

    limit: int
    offset: int = 0
    start: int | None = None


def asked_for(query: Query) -> Page:
    """The page that a query string asks for; a limit that makes no sense is no limit given."""
    limit = _limit(query)
    if "start" not in query:
        offset = query.get("offset", ["0"])[-1]
        return Page(limit, offset=int(offset) if offset.isdigit() else 0)
    start = query["start"][-1]
    if not start.isdigit():
        raise InvalidPageError("Invalid 'start' parameter: must be a non-negative integer.")
    if "offset" in query:
        raise InvalidPageError("'start' and 'offset' are mutually exclusive.")
    if "ordering" in query:
        raise InvalidPageError("Ordering cannot be specified in conjunction with cursor-based pagination.")
    return Page(limit, start=int(start))


def _limit(query: Query) -> int:
    asked = query.get("limit", [""])[-1]
    if not asked.isdigit():
        return DEFAULT_LIMIT
    return min(int(asked), MAX_LIMIT) or MAX_LIMIT


def next_link(url: str, page: Page, count: int | None, last: int | None, shown: int) -> str | None:
    """Where the list goes on: behind the last id for a page by id, else behind this page."""
    if page.start is not None:
        if last is None or shown < page.limit:
            return None
        return _with(url, {"start": last + 1, "limit": page.limit})
    if count is None or page.offset + page.limit >= count:
        return None
    return _with(url, {"limit": page.limit, "offset": page.offset + page.limit})


def previous_link(url: str, page: Page) -> str | None:
    """Where the list came from; a page by id doesn't know."""
    if page.start is not None or page.offset <= 0:
        return None
    before = page.offset - page.limit
    return _with(url, {"limit": page.limit, "offset": before if before > 0 else None})


def _with(url: str, changed: Mapping[str, int | None]) -> str:
    """The address with some parameters set, others removed, and all of them sorted, as NetBox has them."""
    parts = urlsplit(url)
    query: dict[str, Sequence[object]] = dict(parse_qs(parts.query, keep_blank_values=True))
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = [value]
    return urlunsplit(parts._replace(query=urlencode(sorted(query.items()), doseq=True)))
