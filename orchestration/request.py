"""What the graph is asked: a tool with its arguments, or a question in words; and the part that is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestration.steps import Gathered
from orchestration.tool import Arguments, Tool, Window

WHOLE = Window()
"""The answer from its start."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call of one tool, validated."""

    tool: Tool[Arguments]
    arguments: Arguments
    window: Window = WHOLE

    def identity(self) -> list[object]:
        """What makes two requests ask for the same."""
        asked = self.arguments.model_dump(exclude={"refresh", "source"}, exclude_defaults=False)
        return [self.tool.name, asked, self.window.section, self.window.offset]

    def lasting(self, gathered: Gathered) -> Request:
        """The request that asks for the same at any later time."""
        return replace(self, arguments=self.tool.lasting(self.arguments, gathered))

    def call(self) -> dict[str, object]:
        """The arguments as a caller would repeat them, for a cursor."""
        return self.arguments.model_dump(
            exclude={"refresh", "max_tokens"}, exclude_defaults=True, mode="json"
        )
