"""A team's own names for things: "HQ" for the site Albany, "the core" for two devices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from sources.errors import NotConfigured

_TABLE = TypeAdapter(dict[str, str | list[str]])
_SHAPE = 'HQ: Albany, or "the core": [akr-core01, akr-core02], one a line'


@dataclass(frozen=True, slots=True)
class Aliases:
    """Names that are said, with the names in the inventory that they stand for."""

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def written_out(self, text: str) -> str:
        """A text with the inventory's names, in quotes, in the place of the aliases in it; longer ones first."""
        if not self.names:
            return text
        longest = sorted(self.names, key=len, reverse=True)
        pattern = "|".join(re.escape(name) for name in longest)
        return re.sub(rf"(?<![\w-])(?:{pattern})(?![\w-])", self._quoted, text, flags=re.IGNORECASE)

    def _quoted(self, match: re.Match[str]) -> str:
        names = next(held for name, held in self.names.items() if name.casefold() == match[0].casefold())
        return " and ".join(f'"{name}"' for name in names)


def aliases(file: Path | None) -> Aliases:
    """The aliases in a YAML file; none without one. Raises `NotConfigured` for a file that cannot be used."""
    if file is None:
        return Aliases()
    try:
        told = _TABLE.validate_python(yaml.safe_load(file.expanduser().read_text(encoding="utf-8")) or {})
    except OSError as error:
        raise NotConfigured(f"the file of aliases {file} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError):
        raise NotConfigured(f"the file of aliases {file} is not a table of names", hint=_SHAPE) from None
    lists = {name: [held] if isinstance(held, str) else held for name, held in told.items()}
    wrong = next((name for name, held in lists.items() if not name.strip() or not held), None)
    if wrong is not None:
        raise NotConfigured(f'the alias "{wrong}" in {file} stands for nothing', hint=_SHAPE)
    return Aliases(lists)
