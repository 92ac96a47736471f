"""What happened to the network of late: the change log and the journal."""

from datetime import timedelta
from uuid import NAMESPACE_OID, uuid5

from demo.generator.context import Context, stamp
from demo.generator.words import CHANGERS

_JOURNAL = (
    ("info", "Checked on site, all fans are running."),
    ("warning", "Power supply 2 is noisy; spare ordered."),
    ("success", "Software updated, no errors."),
    ("danger", "Lost both uplinks for 4 minutes, see ticket NET-3107."),
)
_CHANGES = 400


def build_history(context: Context, devices: int) -> None:
    """Changes of the last weeks and some notes, on objects spread over the inventory."""
    database = context.database
    database.flush()
    changes = min(_CHANGES, devices * 3)
    for number in range(changes):
        _change(context, number, devices)
    for number, (kind, text) in enumerate(_JOURNAL * 3):
        context.add(
            "extras.journalentry",
            assigned_object_type="dcim.device",
            assigned_object_id=1 + number * 5 % devices,
            created_by=context.id_of("users.user", CHANGERS[number % 2]),
            kind=kind,
            comments=text,
            created=stamp(context.now - timedelta(days=number, hours=3)),
        )


def _change(context: Context, number: int, devices: int) -> None:
    user = CHANGERS[number % len(CHANGERS)]
    # Three changes at a time belong to one request.
    request = uuid5(NAMESPACE_OID, f"{context.seed} {number // 3}")
    moment = context.now - timedelta(minutes=17 + number * 211)
    if number % 4 == 3:
        type_, id_ = "dcim.interface", 1 + number * 37 % (devices * 5)
        interface = context.database.query(
            "SELECT name, description FROM dcim_interface WHERE id = ?", (id_,)
        )
        name, description = interface[0]
        before, after = {"description": description or "spare"}, {"description": description}
        action = "update"
    else:
        type_, id_ = "dcim.device", 1 + number * 7 % devices
        device = context.database.query("SELECT name, status FROM dcim_device WHERE id = ?", (id_,))
        name, status = device[0]
        action = "create" if number % 40 == 0 else "update"
        before, after = {"status": "planned", "name": name}, {"status": status, "name": name}
    context.database.add(
        "core.objectchange",
        time=stamp(moment),
        user=context.id_of("users.user", user),
        user_name=user,
        request_id=str(request),
        action=action,
        changed_object_type=type_,
        changed_object_id=id_,
        object_repr=name or f"device {id_}",
        prechange_data=None if action == "create" else before,
        postchange_data=after,
    )
