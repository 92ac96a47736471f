"""Cursors: where an answer goes on, sealed so that they can be neither forged nor used by another principal.

A cursor carries the call itself (tool, arguments, section, offset), not a place in memory: it works after a
restart and on every replica that shares the secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import zlib
from dataclasses import dataclass
from typing import Any

import orjson

from sources.errors import BadCursor

_VERSION = b"1"
_SEAL = 12


@dataclass(frozen=True, slots=True)
class Place:
    """What a cursor stands for."""

    tool: str
    arguments: dict[str, Any]
    section: str
    offset: int


class Sealer:
    """Makes and opens cursors with one secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, place: Place, scope: str) -> str:
        """The cursor of a place, bound to the principal's `scope`."""
        body = orjson.dumps([place.tool, place.arguments, place.section, place.offset])
        packed = zlib.compress(body, 9)
        return base64.urlsafe_b64encode(self._mac(packed, scope) + packed).decode().rstrip("=")

    def open(self, cursor: str, scope: str) -> Place:
        """The place of a cursor. Raises `BadCursor` for anything that was not sealed here for that scope."""
        try:
            raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except ValueError:
            raise BadCursor("that is not a cursor") from None
        # Decoding skips strange characters and spare bits: only the very text that was made is a cursor.
        if base64.urlsafe_b64encode(raw).decode().rstrip("=") != cursor:
            raise BadCursor("the cursor was changed or not copied whole")
        mac, packed = raw[:_SEAL], raw[_SEAL:]
        if not packed or not hmac.compare_digest(mac, self._mac(packed, scope)):
            raise BadCursor(
                "the cursor was changed, cut short, or made for another source or token",
                cause="it was not copied whole, or the server's secret or token has changed since",
            )
        tool, arguments, section, offset = orjson.loads(zlib.decompress(packed))
        return Place(tool, arguments, section, offset)

    def _mac(self, packed: bytes, scope: str) -> bytes:
        return hmac.new(self._secret, _VERSION + scope.encode() + b"\0" + packed, hashlib.sha256).digest()[
            :_SEAL
        ]
