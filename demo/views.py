"""What the API answers: roots, lists, single objects. Knows requests only as path, query and token."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from demo.actions import ACTIONS
from demo.clause import Clause, is_in
from demo.database import Database, rank_index
from demo.filters import Filters, InvalidFiltersError
from demo.model import Computed, Constant, Model, Row
from demo.models import BY_PATH, MODELS, app_name
from demo.openapi import document
from demo.pages import InvalidPageError, Page, Query, asked_for, next_link, previous_link
from demo.paths import paths
from demo.serialize import Serializer
from demo.tokens import Token

VERSION = "4.7.3"
_FORBIDDEN = {"detail": "You do not have permission to perform this action."}
_APPS = (
    "circuits",
    "core",
    "dcim",
    "extras",
    "ipam",
    "tenancy",
    "users",
    "virtualization",
    "vpn",
    "wireless",
)
_FEATURES = ("custom_fields", "tags", "change_logging", "journaling", "event_rules", "export_templates")


@dataclass(frozen=True)
class Request:
    """A request, without anything of HTTP that no answer depends on."""

    path: str
    query: Query
    token: Token
    #: scheme and host that links start with
    base_url: str
    #: the whole address that was asked for
    url: str


@dataclass(frozen=True)
class Answer:
    """A status with what is sent as JSON; no body at all stands for the HTML page of a missing path."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


MISSING_PAGE = Answer(None, status=404)


class Views:
    """Every answer of the API over one inventory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._filters = Filters(database)
        self._document: Row | None = None
        self._totals: dict[str, int] = {}

    def answer(self, request: Request) -> Answer:  # noqa: C901, PLR0911 - one case for each kind of path
        """The answer to a request for anything below `/api/`."""
        parts = request.path.removeprefix("/api/").strip("/").split("/")
        match parts:
            case [""]:
                return Answer(
                    {
                        name: f"{request.base_url}/api/{name}/"
                        for name in sorted((*_APPS, "plugins", "status"))
                    }
                )
            case ["status"]:
                return Answer(_status())
            case ["authentication-check"]:
                return self._user(request)
            case ["plugins"]:
                return Answer({"installed-plugins": f"{request.base_url}/api/plugins/installed-plugins/"})
            case ["plugins", "installed-plugins"]:
                return Answer([])
            case [app] if app in _APPS:
                return Answer(_root(app, request.base_url))
            case ["core", "object-types"]:
                return _paged_list(_object_types(request.base_url), request)
            case ["dcim", "connected-device"]:
                return self._connected_device(request)
            case [app, plural] if model := BY_PATH.get(f"{app}/{plural}"):
                return self._list(model, request)
            case [app, plural, id_, *action] if (model := BY_PATH.get(f"{app}/{plural}")) and id_.isdigit():
                return self._one(model, int(id_), action, request)
            case [app, plural, _] if f"{app}/{plural}" in BY_PATH:
                return Answer({"detail": "Not found."}, status=404)
            case _:
                return MISSING_PAGE

    def schema(self) -> Row:
        """The document of the whole API, which needs no token."""
        if self._document is None:
            self._document = document(self._filters, VERSION)
        return self._document

    def _user(self, request: Request) -> Answer:
        model = MODELS["users.user"]
        names = tuple(model.names)
        where = Clause("WHERE t.username = ?", (request.token.user,))
        users = Serializer(self._database, request.base_url).select(model, names, where)
        return Answer(
            users[0] if users else {"id": 0, "display": request.token.user, "username": request.token.user}
        )

    def _list(self, model: Model, request: Request) -> Answer:
        visible = self._visible(model, request.token)
        if visible is None:
            return Answer(_FORBIDDEN, status=403)
        try:
            page = asked_for(request.query)
            found = visible & self._filters.condition(model, request.query)
        except InvalidPageError as error:
            return Answer([str(error)], status=400)
        except InvalidFiltersError as error:
            return Answer(error.errors, status=400)
        count = None
        if page.start is None:
            count = self._database.value(
                f"SELECT COUNT(*) FROM {model.table} t WHERE {found.sql}", found.parameters
            )
        ids = self._ids(model, found, page, count, _order(model, request.query.get("ordering", [""])[-1]))
        rows = self._objects(model, ids, request)
        return Answer(
            {
                "count": count,
                "next": next_link(request.url, page, count, ids[-1] if ids else None, len(ids)),
                "previous": previous_link(request.url, page),
                "results": rows,
            }
        )

    def _ids(self, model: Model, found: Clause, page: Page, count: int | None, order: str) -> list[int]:
        table = f"{model.table} t"
        if page.start is not None:
            found = Clause("t.id >= ?", (page.start,)) & found
            order = "t.id"
        elif order == "t._rank" and self._is_dense(model, page, count or 0):
            table = f"{table} INDEXED BY {rank_index(model)}"
        rows = self._database.query(
            f"SELECT t.id FROM {table} WHERE {found.sql} ORDER BY {order} LIMIT ? OFFSET ?",
            (*found.parameters, page.limit, page.offset),
        )
        return [id_ for (id_,) in rows]

    def _is_dense(self, model: Model, page: Page, count: int) -> bool:
        """Whether walking the whole list to the end of the page passes fewer rows than were found."""
        if model.type not in self._totals:
            self._totals[model.type] = self._database.value(f"SELECT COUNT(*) FROM {model.table}")
        return (page.offset + page.limit) * self._totals[model.type] < count**2

    def _objects(self, model: Model, ids: Sequence[int], request: Request) -> list[Row]:
        """The objects of a page, in its order."""
        names = _chosen(model, request.query)
        where = is_in("t.id", ids)
        serializer = Serializer(self._database, request.base_url)
        tail = Clause(f"WHERE {where.sql}", where.parameters)
        by_id = {row["id"]: row for row in serializer.select(model, ("id", *names), tail)}
        kept = [name for name in names if name in model.names]
        return [{name: by_id[id_][name] for name in kept} for id_ in ids]

    def _one(self, model: Model, id_: int, action: Sequence[str], request: Request) -> Answer:
        visible = self._visible(model, request.token)
        if visible is None:
            return Answer(_FORBIDDEN, status=403)
        if action and (model.type, *action) not in ACTIONS:
            return MISSING_PAGE
        found = Clause("t.id = ?", (id_,)) & visible
        if not self._database.query(f"SELECT 1 FROM {model.table} t WHERE {found.sql}", found.parameters):
            return _no_match(model)
        serializer = Serializer(self._database, request.base_url)
        if action:
            body = ACTIONS[model.type, *action](serializer, id_, request.query)
            return _paged_list(body, request) if action == ["elevation"] else Answer(body)
        (row,) = self._objects(model, [id_], request)
        changed = self._last_updated(model, id_)
        return Answer(row, headers={"ETag": f'W/"{changed.replace("Z", "+00:00")}"'} if changed else {})

    def _last_updated(self, model: Model, id_: int) -> str | None:
        if "last_updated" not in model.by_name:
            return None
        moment: str | None = self._database.value(
            f"SELECT last_updated FROM {model.table} WHERE id = ?", (id_,)
        )
        return moment

    def _visible(self, model: Model, token: Token) -> Clause | None:
        """What a token may see of a type; None is nothing, not even that there is none."""
        constraints = token.constraints(model.type)
        if constraints is None:
            return None
        return self._filters.condition(
            model, {name: [value] if isinstance(value, str) else value for name, value in constraints.items()}
        )

    def _connected_device(self, request: Request) -> Answer:
        asked = {name: request.query.get(name, [""])[-1] for name in ("peer_device", "peer_interface")}
        if not all(asked.values()):
            return Answer(
                {"detail": 'Request must include "peer_device" and "peer_interface" filters.'}, status=400
            )
        device, interface = MODELS["dcim.device"], MODELS["dcim.interface"]
        peer = self._database.value("SELECT id FROM dcim_device WHERE name = ?", (asked["peer_device"],))
        if peer is None:
            return _no_match(device)
        port = self._database.value(
            "SELECT id FROM dcim_interface WHERE device = ? AND name = ?", (peer, asked["peer_interface"])
        )
        if port is None:
            return _no_match(interface)
        path = paths(self._database, [("dcim.interface", port)]).get(("dcim.interface", port))
        if not path or not path.destinations or path.destinations[0][0] != "dcim.interface":
            return Answer({"detail": "Not found."}, status=404)
        owner = self._database.value(
            "SELECT device FROM dcim_interface WHERE id = ?", (path.destinations[0][1],)
        )
        return Answer(self._objects(device, [owner], request)[0])


def _chosen(model: Model, query: Query) -> list[str]:
    """The keys that a request asks for: some, all but some, the brief ones, or all."""
    if fields := query.get("fields", [""])[-1]:
        wanted = fields.split(",")
        return [name for name in model.names if name in wanted]
    if omitted := query.get("omit", [""])[-1]:
        unwanted = omitted.split(",")
        return [name for name in model.names if name not in unwanted]
    if model.brief and query.get("brief", [""])[-1]:
        return [name for name in model.names if name in model.brief]
    return list(model.names)


def _order(model: Model, ordering: str) -> str:
    """The order that a request asks for; a key that can't be ordered by is not looked at."""
    keys: list[str] = []
    for asked in ordering.split(","):
        name = asked.removeprefix("-")
        field_ = model.names.get(name)
        if name != "id" and (field_ is None or isinstance(field_, Computed | Constant)):
            continue
        column = "natural_order(t.name)" if name == "name" else f't."{name}"'
        if model.order[0] == column:
            # The order of the list by default, which is at hand.
            column = "t._rank"
        keys.append(f"{column} DESC NULLS FIRST" if asked.startswith("-") else f"{column} ASC NULLS LAST")
    return ", ".join((*keys, "t.id")) if keys else "t._rank"


def _status() -> Row:
    return {
        "django-version": "6.1.2",
        "hostname": "demo",
        "installed_apps": {"django_filters": "26.2", "rest_framework": "3.18.0"},
        "netbox-version": VERSION,
        "netbox-full-version": VERSION,
        "plugins": {},
        "python-version": sys.version.split(maxsplit=1)[0],
        "rq-workers-running": 1,
    }


def _root(app: str, base_url: str) -> Row:
    paths = [path for path in BY_PATH if path.startswith(f"{app}/")]
    if app == "core":
        paths.append("core/object-types")
    if app == "dcim":
        paths.append("dcim/connected-device")
    return {path.split("/")[1]: f"{base_url}/api/{path}/" for path in sorted(paths)}


def _object_types(base_url: str) -> list[Row]:
    shown = []
    for id_, model in enumerate(MODELS.values(), start=1):
        shown.append(
            {
                "id": id_,
                "url": f"{base_url}/api/core/object-types/{id_}/",
                "display": f"{app_name(model)} | {model.words}",
                "app_label": model.app,
                "app_name": app_name(model),
                "model": model.type.split(".")[1],
                "model_name": model.words,
                "model_name_plural": model.path.split("/")[1].replace("-", " "),
                "public": True,
                "features": [name for name in _FEATURES if name in model.by_name or "_" in name],
                "is_plugin_model": False,
                "rest_api_endpoint": f"/api/{model.path}/",
                "description": "",
            }
        )
    return shown


def _paged_list(rows: list[Row], request: Request) -> Answer:
    page = asked_for(request.query)
    return Answer(
        {
            "count": len(rows),
            "next": next_link(request.url, page, len(rows), None, page.limit),
            "previous": previous_link(request.url, page),
            "results": rows[page.offset : page.offset + page.limit],
        }
    )


def _no_match(model: Model) -> Answer:
    return Answer({"detail": f"No {model.label} matches the given query."}, status=404)
