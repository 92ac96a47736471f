"""The span of time that a log is read of: as conditions, and as it was planned once it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from orchestration.steps import Gathered, Select
from sources.catalog import ObjectType
from sources.errors import NotPermitted
from sources.source import Condition
from tools.change_log import CHANGES, MOST_READ
from tools.change_rows import moment_of
from tools.moments import TimeWindow, stamp

_SECOND = timedelta(seconds=1)


def newest(
    type_: ObjectType, window: TimeWindow, where: Sequence[Condition], *, whole: bool = False
) -> Select:
    """The newest changes of the window that meet the conditions, with their number; `whole`: all of them."""
    return Select(type_, (*_times(window), *where), limit=None if whole else MOST_READ, optional=True)


def check_read(gathered: Gathered) -> None:
    """Raises the error of a log that could not be read, with the permission that it takes."""
    error = gathered.failed.get(CHANGES)
    if error is None:
        return
    if not isinstance(error, NotPermitted):
        raise error
    raise NotPermitted(
        error.what,
        cause="the user of the API token may not see the change log",
        hint="let an administrator grant that user the permission to view object changes: "
        "core > object change in NetBox (core.view_objectchange), extras > object change in Nautobot "
        "(extras.view_objectchange)",
    )


def _times(window: TimeWindow) -> list[Condition]:
    since = [Condition("time", "gte", (window.since.isoformat(),))] if window.since else []
    if window.until is None:
        return since
    if not window.inclusive:
        return [*since, Condition("time", "lt", (window.until.isoformat(),))]
    return [*since, Condition("time", "lte", (_whole_second(window.until).isoformat(),))]


def _whole_second(end: datetime) -> datetime:
    """An end with all of its second: answers tell whole seconds, and what they tell must be in the window."""
    return end if end.microsecond else end + _SECOND - timedelta.resolution


@dataclass(frozen=True, slots=True)
class Planned:
    """The window as it was planned: a later look at the clock would tell another."""

    gathered: Gathered

    @property
    def times(self) -> tuple[Condition, ...]:
        """Its conditions."""
        step = self.gathered.plan[CHANGES]
        assert isinstance(step, Select)
        return tuple(each for each in step.where if each.key == "time")

    @property
    def since(self) -> datetime | None:
        """Its beginning, which belongs to it."""
        return self._moment("gte")

    @property
    def until(self) -> datetime | None:
        """Its end; None: now."""
        return self._moment("lt", "lte")

    @property
    def since_stamp(self) -> str | None:
        """Its beginning as answers show it."""
        return stamp(self.since) if self.since else None

    @property
    def until_stamp(self) -> str | None:
        """Its end as answers show it."""
        return stamp(self.until) if self.until else None

    def covers(self, text: str) -> bool:
        """Whether a moment, as entities hold it, lies within."""
        moment = moment_of(text)
        if self.since is not None and moment < self.since:
            return False
        if self.until is None:
            return True
        return moment < self.until or (moment == self.until and self.times[-1].lookup == "lte")

    def frozen(self, latest: str) -> dict[str, str]:
        """Its ends as arguments that mean the same at any later time; without an end, the `latest` that was read."""
        since, until = self.since, self.until
        if until is not None and self.times[-1].lookup == "lt":
            # An end that is told as a moment belongs to the window, with all of its second.
            until -= _SECOND
        told = {"since": since and _exactly(since), "until": _exactly(until) if until else latest}
        return {name: text for name, text in told.items() if text}

    def _moment(self, *lookups: str) -> datetime | None:
        return next((moment_of(each.values[0]) for each in self.times if each.lookup in lookups), None)


def _exactly(moment: datetime) -> str:
    return moment.isoformat() if moment.microsecond else stamp(moment)
