"""Pictures: the resource that an answer with a picture leads to, drawn anew from what its cursor asks for."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from fastmcp import FastMCP
from fastmcp.exceptions import ResourceError
from fastmcp.resources import ResourceContent, ResourceResult

from orchestration.answer import PICTURE
from orchestration.runner import SVG
from orchestration.tool import Window
from server.services import Services
from sources.errors import BadCursor, NetbriefError
from sources.receipt import open_receipt

WHOLE_PICTURE = Window(rows=1)
"""Past all budgets: a picture is no part of an answer's tokens."""


class Pictures:
    """Draws what the services can read."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, server: FastMCP[Any]) -> None:
        """Give the server the resource."""
        server.resource(
            PICTURE,
            name="picture",
            title="A picture",
            description="SVG that `topology` leads to",
            mime_type=SVG,
        )(self.resource)

    async def resource(self, cursor: str) -> ResourceResult:
        """The picture of a cursor. Raises `ResourceError` in words."""
        open_receipt()
        try:
            runner, request = self._services.exported(cursor)
            answer = await runner.part(replace(request, window=WHOLE_PICTURE))
            if not answer.picture:
                raise BadCursor("that cursor is of no picture")
        except NetbriefError as error:
            raise ResourceError(error.in_words(), log_level=logging.DEBUG) from None
        return ResourceResult([ResourceContent(answer.picture, mime_type=SVG)])
