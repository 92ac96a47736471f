"""What every part of the generator works with: database, seed, calendar, names already given."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.database import Database


def slugify(name: str) -> str:
    """A slug: plain letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def stamp(moment: datetime) -> str:
    """A moment as the API shows it."""
    return f"{moment.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


@dataclass
class Context:
    """Shared by all builders of one inventory."""

    database: Database
    #: decides which network it is: another seed, another one
    seed: int
    now: datetime
    #: ids of what builders refer to by name: type -> name -> id
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    _added: int = 0

    def add(self, type_: str, **values: object) -> int:
        """Add an object; it was made some time in the last years and touched some time since."""
        self._added += 1
        # Spread over time by the number of the object alone, so that chance has no say in it.
        age = timedelta(
            minutes=700_000 - self._added * 7_919 % 690_000, microseconds=self._added * 611_953 % 1_000_000
        )
        touched = age * ((self._added * 31 % 97) / 97)
        values.setdefault("created", stamp(self.now - age))
        values.setdefault("last_updated", stamp(self.now - touched))
        return self.database.add(type_, **values)

    def named(self, type_: str, name: str, **values: object) -> int:
        """Add an object that others will be built on, by its name."""
        id_ = self.add(type_, name=name, **values)
        self.ids.setdefault(type_, {})[name] = id_
        return id_

    def later(self, type_: str, id_: int, **values: object) -> None:
        """Set columns of an object that was added before."""
        self.database.later(type_, id_, **values)

    def id_of(self, type_: str, name: str) -> int:
        """The id of an object that was added by name."""
        return self.ids[type_][name]
