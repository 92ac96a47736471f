"""Load the generated inventory into an empty NetBox, under the same ids; run by NetBox's own Python.

Every object is saved by NetBox's own code, which so fills in all that it keeps beside what it is given:
counters, the prefix tree, cable paths, cached scopes, the search index.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netbox.settings")
django.setup()

from dcim.models import CableTermination  # noqa: E402  (models can be imported only after the set-up)
from django.apps import apps  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command, get_commands  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.backends.postgresql.psycopg_any import NumericRange  # noqa: E402
from extras.models import Tag  # noqa: E402

Row = Mapping[str, Any]

#: not columns of the object: the terminations of a circuit are objects that refer to it
ELSEWHERE = {"id", "termination_a", "termination_z"}
#: columns of a front port until 4.4, since then a mapping of its own
MAPPED = {"rear_port", "rear_port_position"}
#: set by NetBox to the time of loading, whatever it is given
TIMES = {"created", "last_updated"}


class Loader:
    """Saves row after row; what refers to a later object waits until all are there."""

    def __init__(self, terminations: Iterable[Row]) -> None:
        self.terminations = terminations
        self.late: dict[tuple[Any, int], dict[str, Any]] = defaultdict(dict)
        self.saved: dict[Any, set[int]] = defaultdict(set)
        self.left_out: Counter[str] = Counter()

    def load(self, type_: str, row: Row) -> None:
        """Save one object of a type."""
        model = apps.get_model(type_)
        made = model(pk=row["id"])
        columns = self.known(type_, row)
        if type_ == "ipam.service" and "port_mappings" not in columns:
            # Until 4.6 a service has one protocol.
            self.left_out[type_] += 1
            return
        relations: dict[str, list[Any]] = {}
        for name, value in columns.items():
            if name in TIMES:
                self.late[model, row["id"]][name] = value
            elif name == "custom_fields":
                made.custom_field_data = value or {}
            elif name in {"tags", "object_types"} or model._meta.get_field(name).many_to_many:
                relations[name] = value
            else:
                self.set(made, name, value)
        if type_ == "dcim.cable":
            made.a_terminations, made.b_terminations = self.ends(row["id"], "A"), self.ends(row["id"], "B")
        if type_ == "core.objectchange":
            # Anything but raw would set the time, and the user's name as it is now.
            made.save_base(raw=True)
        else:
            made.save()
        self.saved[model].add(made.pk)
        for name, values in relations.items():
            targets = [content_type(each).pk for each in values] if name == "object_types" else values
            getattr(made, name).set(Tag.objects.in_bulk(values).values() if name == "tags" else targets)
        if type_ == "dcim.frontport" and "rear_port" not in columns:
            # Since 4.5 a front port may lead to several rear ports.
            apps.get_model("dcim.portmapping")(
                front_port=made,
                front_port_position=1,
                rear_port_id=row["rear_port"],
                rear_port_position=row["rear_port_position"],
            ).save()

    def known(self, type_: str, row: Row) -> Row:
        """The columns that this release has a place for."""
        fields = {each.name for each in apps.get_model(type_)._meta.get_fields()}
        places = (fields | {"object_types", "custom_fields"}) - ELSEWHERE
        for name in row.keys() - places - ELSEWHERE:
            if row[name] not in (None, "", []) and name not in MAPPED:
                self.left_out[f"{type_}.{name}"] += 1
        return {name: value for name, value in row.items() if name in places}

    def ends(self, cable: int, end: str) -> list[Any]:
        """What a cable is plugged into at one end."""
        return [
            apps.get_model(row["termination_type"]).objects.get(pk=row["termination_id"])
            for row in self.terminations
            if (row["cable"], row["cable_end"]) == (cable, end)
        ]

    def set(self, made: Any, name: str, value: Any) -> None:
        """Set a field to a value as the inventory writes it."""
        field = made._meta.get_field(name)
        if value is None and not field.null:
            return
        if name == "vid_ranges":
            made.vid_ranges = [NumericRange(first, last, "[]") for first, last in value]
        elif field.related_model is ContentType:
            setattr(made, name, content_type(value) if value else None)
        elif not field.is_relation:
            setattr(made, name, field.to_python(value))
        elif value is None or value in self.saved[field.related_model]:
            setattr(made, field.attname, value)
        else:
            self.late[type(made), made.pk][field.attname] = value

    def finish(self) -> None:
        """Set what had to wait; by query, which leaves what an object's own code would change."""
        for (model, id_), values in self.late.items():
            model._default_manager.filter(pk=id_).update(**values)
        for row in self.terminations:
            end = {name: row[name] for name in ("cable", "cable_end", "termination_id")}
            CableTermination.objects.filter(**end).update(**{name: row[name] for name in TIMES})
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.saved)):
                cursor.execute(statement)


def content_type(name: str) -> Any:
    """The record of an object type."""
    return ContentType.objects.get_by_natural_key(*name.split("."))


inventory = json.loads(Path(sys.argv[1]).read_text())
loader = Loader(inventory.pop("dcim.cabletermination"))
known = {each._meta.label_lower for each in apps.get_models()}
with transaction.atomic():
    for each, rows in inventory.items():
        if each not in known:
            # Until 4.5 there are no rack groups.
            loader.left_out[each] += len(rows)
            continue
        for one in rows:
            loader.load(each, one)
    loader.finish()
for column, number in loader.left_out.items():
    sys.stdout.write(f"           netbox: left out {number} {column}\n")
# Since 4.7 contexts are rendered ahead.
if "rebuild_config_context_cache" in get_commands():
    call_command("rebuild_config_context_cache", stdout=sys.stderr)
