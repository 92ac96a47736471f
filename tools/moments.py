"""Times as people write them (`yesterday`, `last friday`, `24h`, `2026-11-01`), read into a window in UTC."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sources.errors import BadArguments

DAY = timedelta(days=1)
DEFAULT_DAYS = 7
HINT = (
    "a date or time (2026-11-01, 2026-11-01T14:00, 2026-11-01T14:00+01:00; without a zone it is UTC), "
    "a day (today, yesterday, monday, last friday, yesterday 14:00), or how long ago (24h, 7d, 2 weeks)"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MINUTES = {"m": 1, "min": 1, "minute": 1, "h": 60, "hr": 60, "hour": 60}
_DAYS = {"d": 1, "day": 1, "w": 7, "wk": 7, "week": 7, "fortnight": 14}
_MONTHS_LONG = {"mo": 1, "month": 1, "quarter": 3, "y": 12, "yr": 12, "year": 12}
_AGO = re.compile(r"(?:(?:the )?(?:last|past) )?(\d+|an?|one)?\s*([a-z]+?)s?(?: ago)?")
_CLOCK = re.compile(r"(.*?)\s*(?:\bat\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:utc|z)?")
_NAMED_DAY = re.compile(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.?(?: (\d{1,2}))?(?:,? (\d{4}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """What a word for a time covers: a day, a week, or (where both are the same) a moment."""

    start: datetime
    end: datetime
    """The first moment after it."""

    @property
    def is_moment(self) -> bool:
        """Whether it is a moment without length."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """From `since`, which belongs to it, to `until`, which belongs to it if it is a moment that was named."""

    since: datetime | None
    until: datetime | None
    inclusive: bool = True


def utc_now() -> datetime:
    """The moment that times in words are reckoned from."""
    return datetime.now(UTC)


def window(since: str | None, until: str | None, now: datetime) -> TimeWindow:
    """The window that is meant; without `since`, the last days before its end.

    Raises `BadArguments` for words that say no time, for a beginning in the future or after the end.
    """
    end = span(until, now, "until") if until and until.strip().lower() != "now" else None
    latest = end.end if end else now
    start = span(since, now, "since").start if since else latest - DEFAULT_DAYS * DAY
    if start > now:
        raise BadArguments(
            f'since "{since}" is {stamp(start)}, which lies in the future', hint=f"since takes {HINT}"
        )
    if end is not None and (start > end.end or (start == end.end and not end.is_moment)):
        last = end.end if end.is_moment else end.end - timedelta(seconds=1)
        raise BadArguments(
            f'until "{until}" ends at {stamp(last)}, before since "{since}" begins at {stamp(start)}',
            hint="since is the earlier of the two",
        )
    return TimeWindow(start, end.end if end else None, end is None or end.is_moment)


def stamp(moment: datetime) -> str:
    """A moment as answers show it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(text: str, now: datetime, argument: str = "since") -> Span:
    """What a time in words covers. Raises `BadArguments`."""
    words = re.sub(r"\s+", " ", text.strip().lower())
    try:
        found = _iso(text.strip()) or _day_and_clock(words, now) or _ago(words, now)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise BadArguments(
            f'{argument} "{text}" is no time that is understood', hint=f"{argument} takes {HINT}"
        )
    return found


def _iso(text: str) -> Span | None:
    if not re.match(r"\d{4}-\d{2}", text):
        return None
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return _month(int(text[:4]), int(text[5:]))
    moment = datetime.fromisoformat(re.sub(r"\s*(utc|z)$", "+00:00", text, flags=re.IGNORECASE))
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return Span(aware, aware + DAY) if len(text) == len("2026-11-01") else Span(aware, aware)


def _day_and_clock(words: str, now: datetime) -> Span | None:
    """`yesterday`, `last week`, `1 november`, `14:00`, `monday 14:00`."""
    clock = _CLOCK.fullmatch(words)
    if clock is None:
        return _day(words, now)
    day = _day(clock[1] or "today", now)
    if day is None or day.end - day.start != DAY:
        return None
    moment = day.start.replace(hour=int(clock[2]), minute=int(clock[3]), second=int(clock[4] or 0))
    if not clock[1] and moment > now:
        moment -= DAY
    return Span(moment, moment)


def _day(words: str, now: datetime) -> Span | None:  # noqa: PLR0911  # one return for each kind of word
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - today.weekday() * DAY
    match words:
        case "now":
            return Span(now, now)
        case "today":
            return Span(today, today + DAY)
        case "yesterday":
            return Span(today - DAY, today)
        case "this week":
            return Span(monday, monday + 7 * DAY)
        case "last week":
            return Span(monday - 7 * DAY, monday)
        case "this month":
            return _month(today.year, today.month)
        case "last month":
            before = today.replace(day=1) - DAY
            return _month(before.year, before.month)
        case "this year" | "last year":
            year = today.year - (words == "last year")
            return Span(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    return _weekday(words, today) or _named_day(words, today)


def _weekday(words: str, today: datetime) -> Span | None:
    """`monday` is the latest one, today included; `last monday` is one before today."""
    name = words.removeprefix("on ").removeprefix("last ").removeprefix("this ")
    number = _numbered(name, _WEEKDAYS)
    if number is None:
        return None
    back = (today.weekday() - number) % 7
    if words.startswith("last ") and back == 0:
        back = 7
    return Span(today - back * DAY, today - (back - 1) * DAY)


def _named_day(words: str, today: datetime) -> Span | None:
    """`1 november 2026`, `nov 1`: without a year, the latest one."""
    found = _NAMED_DAY.fullmatch(words)
    month = _numbered(found[2], _MONTHS) if found else None
    day = (found[1] or found[3]) if found else None
    if found is None or month is None or day is None:
        return None
    year = int(found[4]) if found[4] else today.year
    start = datetime(year, month + 1, int(day), tzinfo=UTC)
    if not found[4] and start > today:
        start = start.replace(year=year - 1)
    return Span(start, start + DAY)


def _ago(words: str, now: datetime) -> Span | None:
    """`24h`, `2 weeks`, `3 days ago`, `the last 12 hours`."""
    found = _AGO.fullmatch(words)
    if found is None:
        return None
    number = int(found[1]) if found[1] and found[1].isdecimal() else 1
    unit = found[2]
    if found[1] is None and not words.endswith(" ago") and not re.match(r"(the )?(last|past) ", words):
        return None
    if unit in _MINUTES:
        moment = now - timedelta(minutes=number * _MINUTES[unit])
    elif unit in _DAYS:
        moment = now - number * _DAYS[unit] * DAY
    elif unit in _MONTHS_LONG:
        year, month = divmod(now.year * 12 + now.month - 1 - number * _MONTHS_LONG[unit], 12)
        moment = now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))
    else:
        return None
    return Span(moment, moment)


def _month(year: int, month: int) -> Span:
    start = datetime(year, month, 1, tzinfo=UTC)
    return Span(start, start + monthrange(year, month)[1] * DAY)


def _numbered(name: str, names: tuple[str, ...]) -> int | None:
    """The place of a name that is written out or as its first letters."""
    if len(name) < 3:
        return None
    return next((i for i, known in enumerate(names) if known.startswith(name)), None)
