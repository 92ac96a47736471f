"""What goes upstream, by what it asks for: so that reads can be told from the further pages and batches of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sources.http import HttpClient

Asked = frozenset[str]
"""What one request asks for: a filtered list of some fields, or the several lists of a GraphQL document."""
_PAGE = frozenset({"offset", "limit"})
_ID = re.compile(r"\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LIST = re.compile(r"\br\d+(?:_\d+)?:")
_BATCH = re.compile(r'\["[^\]]*\]')
_OFFSET = re.compile(r"(offset|limit):\d+")


def by_rest(path: str, params: Iterable[tuple[str, str]]) -> Asked:
    """What a list is asked for, whichever page of it and whichever batch of ids."""
    told = {(name, _ID.sub("", value)) for name, value in params if name not in _PAGE}
    return frozenset({f"{path}?{sorted(told)}"})


def by_graphql(query: str) -> Asked:
    """The lists that a document asks for, likewise."""
    plain = _OFFSET.sub("", _BATCH.sub("[]", query.strip("{}")))
    return frozenset(text.strip() for text in _LIST.split(plain) if text.strip())


def reads(requests: Sequence[Asked]) -> int:
    """The requests that ask for more than pages and batches of what others before them asked for."""
    known: set[str] = set()
    number = 0
    for asked in requests:
        number += not asked <= known
        known |= asked
    return number


class Upstream:
    """Watches the requests of one source."""

    def __init__(self, http: HttpClient) -> None:
        self.requests: list[Asked] = []
        get, post = http.get, http.post

        async def noted_get(path: str, params: Sequence[tuple[str, str]] = (), **more: Any) -> Any:
            self.requests.append(by_rest(path, params))
            return await get(path, params, **more)

        async def noted_post(path: str, body: dict[str, Any]) -> Any:
            self.requests.append(by_graphql(body["query"]))
            return await post(path, body)

        for name, noted in (("get", noted_get), ("post", noted_post)):
            setattr(http, name, noted)
