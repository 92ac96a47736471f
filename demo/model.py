"""What an object type is made of: its fields, and how it is shown, ordered and searched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Row = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One key of an object in the API."""

    name: str


@dataclass(frozen=True)
class Text(Field):
    """A string column; `exact` says how a plain filter on it compares, None that there is no filter."""

    exact: Literal["exact", "iexact"] | None = "exact"
    null: bool = False


@dataclass(frozen=True)
class Number(Field):
    """An integer or decimal column."""

    decimal: bool = False
    filtered: bool = True


@dataclass(frozen=True)
class Flag(Field):
    """A boolean column."""

    filtered: bool = True


@dataclass(frozen=True)
class Time(Field):
    """A date or a moment, stored as the text the API shows."""

    day: bool = False
    filtered: bool = True


@dataclass(frozen=True)
class Choice(Field):
    """A column with a fixed list of values; shown as value and label unless `plain`."""

    plain: bool = False
    filter: Literal["many", "one"] | None = "many"
    nullable: bool = True
    #: whether the filter takes `null`, which has nothing to do with whether the column does
    by_null: bool = True


@dataclass(frozen=True)
class Json(Field):
    """A list or mapping kept as JSON text; `blank` is what an object without one shows."""

    blank: object = None
    schema: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Packed(Field):
    """An address as bytes that sort as addresses do: the version, then the number."""


@dataclass(frozen=True)
class Ref(Field):
    """A foreign key; `shape` names the keys of the nested object where it is not the brief one.

    A field in the place of a key shows that key in a way of its own.
    """

    to: str = ""
    shape: "Shape" = ()


@dataclass(frozen=True)
class Many(Field):
    """A many-to-many relation; `shape` as for a reference."""

    to: str = ""
    shape: "Shape" = ()


@dataclass(frozen=True)
class Generic(Field):
    """A reference to an object of any type, in the columns `<stem>_type` and `<stem>_id`."""

    stem: str = ""


@dataclass(frozen=True)
class Counter(Field):
    """A stored number of the objects of a type that refer to this one."""

    of: str = ""
    by: str = ""


@dataclass(frozen=True)
class Related(Field):
    """A number of referring objects, left out where the object is nested in another."""

    of: str = ""
    by: str = ""


@dataclass(frozen=True)
class Total(Field):
    """A number of referring objects that a tree adds up, and that reads zero on a nested object."""

    of: str = ""
    by: str = ""


@dataclass(frozen=True)
class Constant(Field):
    """A field that this inventory never fills."""

    value: object = None
    schema: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Computed(Field):
    """A field worked out from other objects, by the function that `computed.py` registers for it."""

    schema: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Tags(Field):
    """The tags of an object."""

    name: str = "tags"


@dataclass(frozen=True)
class CustomFields(Field):
    """The custom field values of an object."""

    name: str = "custom_fields"


@dataclass(frozen=True)
class By:
    """A filter through a reference: `<name>_id` by id, `<name>` by `key`, with all below it in a tree."""

    name: str
    path: str = ""
    key: str | None = "slug"
    by_id: bool = True
    tree: bool = False


@dataclass(frozen=True)
class Model:
    """One object type, as data: everything else about it is derived from here."""

    type: str
    path: str
    label: str
    fields: tuple[Field, ...]
    brief: tuple[str, ...]
    #: SQL over the type's own columns, `t` being its table
    display: str = "t.name"
    order: tuple[str, ...] = ("natural_order(t.name)",)
    search: tuple[str, ...] = ("name", "description")
    by: tuple[By, ...] = ()
    #: columns that the API doesn't show but filters use
    hidden: tuple[Field, ...] = ()
    #: whether it has a page of its own to link to
    linked: bool = True

    @property
    def app(self) -> str:
        """The application the type belongs to."""
        return self.type.split(".", 1)[0]

    @property
    def words(self) -> str:
        """What one of its objects is called: `circuit termination`."""
        words = self.path.split("/")[1].replace("-", " ")
        return words.removesuffix("es") if words.endswith("addresses") else words.removesuffix("s")

    @property
    def table(self) -> str:
        """The name of its table."""
        return self.type.replace(".", "_")

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Every field, hidden ones too, by its name."""
        return {each.name: each for each in (*self.fields, *self.hidden)}

    @cached_property
    def names(self) -> Mapping[str, Field | None]:
        """Every key of an object in the API, in its order, with the field behind it."""
        shown: dict[str, Field | None] = dict.fromkeys(
            ("id", "url", "display_url", "display") if self.linked else ("id", "url", "display")
        )
        for each in self.fields:
            if isinstance(each, Generic):
                shown |= dict.fromkeys((f"{each.stem}_type", f"{each.stem}_id", each.name), each)
            else:
                shown[each.name] = each
        return shown

    @property
    def tagged(self) -> bool:
        """Whether objects of the type can carry tags."""
        return "tags" in self.by_name

    def of(self, name: str) -> Field:
        """The field of that name."""
        return self.by_name[name]


Shape = tuple[str | Field, ...]
#: a related object with every key, and one that is shown as its bare id
WHOLE: Shape = ("*",)
BARE_ID: Shape = ("pk",)


def nested(*more: str | Field) -> Shape:
    """The keys of NetBox's older kind of nested object."""
    return ("id", "url", "display_url", "display", *more)


def brief(*more: str) -> tuple[str, ...]:
    """The fields of a brief object."""
    return ("id", "url", "display", *more)
