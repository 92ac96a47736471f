"""Inventories with a change log that a test writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.inventories import Builder


class History:
    """An inventory with a change log that a test writes."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.other = self.builder.add("dcim.site", name="Boston", slug="bos", status="active")
        self._minute = 0

    def log(self, type_: str, id_: int, repr_: str, action: str = "update", **more: Any) -> None:
        """The next change, a minute after the last, in a request of its own unless told."""
        self._minute += 1
        hour, minute = divmod(self._minute, 60)
        self.builder.add(
            "core.objectchange",
            **{
                "time": f"2026-11-{2 + hour // 24:02}T{hour % 24:02}:{minute:02}:00.000000Z",
                "user_name": "ada",
                "request_id": str(UUID(int=self._minute)),
                "action": action,
                "changed_object_type": type_,
                "changed_object_id": id_,
                "object_repr": repr_,
                "prechange_data": None if action == "create" else {"description": "old"},
                "postchange_data": None if action == "delete" else {"description": "new"},
            }
            | more,
        )

    def gone(self, type_: str, id_: int, repr_: str, /, **data: Any) -> None:
        """The deletion of something that is not there."""
        self.log(type_, id_, repr_, "delete", prechange_data=data)
