"""Checks that a team declares in YAML: the common kinds, over any object type of the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from sources.catalog import Kind, ObjectType
from sources.errors import BadFilter, NetbriefError
from sources.types import CATALOG
from sources.where import nearest
from tools.checks.check import Check, Severity
from tools.checks.kinds import allowed, patterned, required, unique

NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Text = Annotated[str, Field(min_length=1, max_length=300)]
Value = str | int | float | bool


class _Declared(BaseModel):
    """What every declared check says."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(pattern=NAME, max_length=60)]
    title: Text
    severity: Severity
    type: str
    field: str
    why: Text
    fix: Text
    where: dict[str, Any] = {}

    def made(self) -> Check:
        """The check. Raises a `NetbriefError` for what its type does not have."""
        type_ = CATALOG.find(self.type)
        if type_ is None:
            close = [CATALOG.spellings()[each] for each in nearest(self.type, CATALOG.spellings())]
            raise BadFilter(f'type: there is no object type "{self.type}"', candidates=close)
        said = self.model_dump(include={"name", "title", "severity", "why", "fix"})
        return self._check(type_, said)

    def _check(self, type_: ObjectType, said: Mapping[str, Any]) -> Check:
        raise NotImplementedError


class Required(_Declared):
    """The field must not be empty."""

    kind: Literal["required"]

    def _check(self, type_: ObjectType, said: Mapping[str, Any]) -> Check:
        return required(type_, self.field, self.where, **said)


class Reference(_Declared):
    """The field is a reference, and must lead to something."""

    kind: Literal["reference"]

    def _check(self, type_: ObjectType, said: Mapping[str, Any]) -> Check:
        check = required(type_, self.field, self.where, **said)
        known = type_.fields.get(self.field)
        if known is None or known.kind not in (Kind.REF, Kind.REFS):
            able = [each.name for each in type_.fields.values() if each.kind in (Kind.REF, Kind.REFS)]
            raise BadFilter(f"field: {self.field} is no reference", hint=f"one of: {', '.join(able)}")
        return check


class Pattern(_Declared):
    """Every value of the field must match a regular expression as a whole."""

    kind: Literal["pattern"]
    pattern: Text

    def _check(self, type_: ObjectType, said: Mapping[str, Any]) -> Check:
        return patterned(type_, self.field, self.pattern, self.where, **said)


class Unique(_Declared):
    """No two objects may have the field alike, or none of those that are alike in the fields `within`."""

    kind: Literal["unique"]
    within: list[str] = []

    def _check(self, type_: ObjectType, said: Mapping[str, Any]) -> Check:
        return unique(type_, self.field, self.where, self.within, **said)


class Allowed(_Declared):
    """Every value of the field must be one of these."""

    kind: Literal["allowed"]
    values: Annotated[list[Value], Field(min_length=1)]

    def _check(self, type_: ObjectType, said: Mapping[str, Any]) -> Check:
        return allowed(type_, self.field, [_plain(value) for value in self.values], self.where, **said)


Declared = Annotated[Required | Reference | Pattern | Unique | Allowed, Field(discriminator="kind")]
_ADAPTER: TypeAdapter[_Declared] = TypeAdapter(Declared)


def declared(text: bytes) -> tuple[list[Check], list[str]]:
    """The checks of a YAML file, and what is wrong with the others: `checks[2].field: ...`."""
    import yaml

    try:
        whole = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return [], [f"not valid YAML: {' '.join(str(error).split())[:200]}"]
    listed = whole.get("checks") if isinstance(whole, dict) else None
    if not isinstance(listed, list):
        return [], ["checks: must be a list of checks"]
    checks, faults = [], []
    for number, each in enumerate(listed):
        place = f"checks[{number}]"
        try:
            checks.append(_ADAPTER.validate_python(each).made())
        except ValidationError as error:
            faults += [f"{place}{_problem(problem)}" for problem in error.errors(include_url=False)]
        except NetbriefError as error:
            hints = [f"did you mean {' or '.join(error.candidates)}"] if error.candidates else [error.hint]
            faults.append(f"{place}: {'; '.join(part for part in (error.what, *hints) if part)}")
    return checks, faults


def _problem(problem: Any) -> str:
    # The first step of a location is the kind of check that it was read as.
    known = {"required", "reference", "pattern", "unique", "allowed"}
    steps = [str(step) for step in problem["loc"]]
    steps = steps[1:] if steps and steps[0] in known else steps
    return f"{''.join(f'.{step}' for step in steps)}: {problem['msg']}"


def _plain(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
