"""The OpenAPI document: every list with exactly the parameters it takes, every object with its fields."""

from collections.abc import Mapping

from demo.choices import choices
from demo.filters import Filters
from demo.model import (
    Choice,
    Computed,
    Constant,
    Counter,
    CustomFields,
    Field,
    Flag,
    Generic,
    Json,
    Many,
    Model,
    Number,
    Ref,
    Related,
    Row,
    Tags,
    Text,
    Time,
    Total,
)
from demo.models import BY_PATH, MODELS
from demo.parameter import Parameter
from demo.schema_parts import enum_id

_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_OWN: Mapping[str, Row] = {
    "id": {"type": "integer", "readOnly": True},
    "url": {"type": "string", "format": "uri", "readOnly": True},
    "display_url": {"type": "string", "format": "uri", "readOnly": True},
    "display": {"type": "string", "readOnly": True},
}
_SELECTION = (
    ("brief", {"type": "boolean"}, "Return only brief fields for each object."),
    (
        "fields",
        _TEXT,
        "Comma-separated list of fields to include in the response. Example: `fields=id,name`.",
    ),
    (
        "omit",
        _TEXT,
        "Comma-separated list of fields to exclude from the response. Example: `omit=description,tags`.",
    ),
)
_PAGING = (
    ("limit", _WHOLE, "Number of results to return per page."),
    ("offset", _WHOLE, "The initial index from which to return the results."),
    (
        "start",
        _WHOLE,
        "Cursor-based: return results with pk >= start, ordered by pk. Mutually exclusive with offset.",
    ),
    ("ordering", _TEXT, "Which field to use when ordering the results."),
)
_SECURITY: list[Row] = [{"cookieAuth": []}, {"tokenAuth": []}]


def document(filters: Filters, version: str) -> Row:
    """The document of the whole API."""
    paths: Row = {}
    components: Row = {}
    for path, model in sorted(BY_PATH.items()):
        paths[f"/api/{path}/"] = {"get": _list(model, filters)}
        paths[f"/api/{path}/{{id}}/"] = {"get": _detail(model)}
        components[model.label] = _component(model, tuple(model.names))
        components[f"Brief{model.label}"] = _component(model, model.brief)
        components[f"Paginated{model.label}List"] = _page_of(model)
    components["NestedTag"] = _component(MODELS["extras.tag"], (*_OWN, "name", "slug", "color"))
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "NetBox REST API",
            "version": f"{version} ({version.rpartition('.')[0]})",
            "license": {"name": "Apache v2 License"},
        },
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {
                "cookieAuth": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
                "tokenAuth": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`Token <token>` (v1) or `Bearer <key>.<token>` (v2)",
                },
            },
        },
        "servers": [{"url": "", "description": "NetBox"}],
    }


def _list(model: Model, filters: Filters) -> Row:
    # NetBox's own schema knows nothing of the filters by custom field.
    known = {name: each for name, each in filters.of(model).items() if not name.startswith("cf_")}
    parameters = [_parameter(name, parameter) for name, parameter in known.items()]
    parameters += [_plain_parameter(*each) for each in (*_SELECTION, *_PAGING)]
    return {
        "operationId": f"{_operation(model)}_list",
        "description": f"Get a list of {model.words} objects.",
        "parameters": sorted(parameters, key=lambda each: str(each["name"])),
        "tags": [model.app],
        "security": _SECURITY,
        "responses": {"200": _responds_with(f"Paginated{model.label}List")},
    }


def _detail(model: Model) -> Row:
    id_ = {
        "in": "path",
        "name": "id",
        "schema": _WHOLE,
        "description": f"A unique integer value identifying this {model.words}.",
        "required": True,
    }
    return {
        "operationId": f"{_operation(model)}_retrieve",
        "description": f"Get a {model.words} object.",
        "parameters": [*(_plain_parameter(*each) for each in _SELECTION), id_],
        "tags": [model.app],
        "security": _SECURITY,
        "responses": {"200": _responds_with(model.label)},
    }


def _operation(model: Model) -> str:
    return model.path.replace("/", "_").replace("-", "_")


def _responds_with(component: str) -> Row:
    return {"content": {"application/json": {"schema": _refer(component)}}, "description": ""}


def _refer(component: str) -> Row:
    return {"$ref": f"#/components/schemas/{component}"}


def _parameter(name: str, parameter: Parameter) -> Row:
    if not parameter.many:
        return {"in": "query", "name": name, "schema": parameter.schema}
    schema = {"type": "array", "items": parameter.schema}
    return {"in": "query", "name": name, "schema": schema, "explode": True, "style": "form"}


def _plain_parameter(name: str, schema: Row, description: str) -> Row:
    return {"in": "query", "name": name, "schema": schema, "description": description}


def _page_of(model: Model) -> Row:
    link = {"type": "string", "nullable": True, "format": "uri"}
    return {
        "type": "object",
        "required": ["count", "results"],
        "properties": {
            "count": {"type": "integer", "example": 123},
            "next": link,
            "previous": link,
            "results": {"type": "array", "items": _refer(model.label)},
        },
    }


def _component(model: Model, names: tuple[str, ...]) -> Row:
    return {
        "type": "object",
        "properties": {name: _property(model, name, model.names[name]) for name in names},
        "required": sorted(name for name in names if name in _OWN),
    }


def _property(  # noqa: C901, PLR0911, PLR0912 - one case for each kind of field
    model: Model, name: str, field: Field | None
) -> Row:
    match field:
        case None:
            return dict(_OWN[name])
        case Text(null=null):
            return {"type": "string", "nullable": True} if null else dict(_TEXT)
        case Number(decimal=True):
            return {"type": "number", "format": "double", "nullable": True}
        case Number():
            return {"type": "integer", "nullable": True}
        case Flag():
            return {"type": "boolean"}
        case Time(day=day):
            return {"type": "string", "format": "date" if day else "date-time", "nullable": True}
        case Choice(plain=plain):
            return _choice(choices(model.label, name), plain=plain, nullable=field.nullable)
        case Ref(to=to):
            return {"allOf": [_refer(f"Brief{MODELS[to].label}")], "nullable": True}
        case Many(to=to):
            return {"type": "array", "items": _refer(f"Brief{MODELS[to].label}")}
        case Generic(stem=stem):
            return _half_of_a_reference(stem, name)
        case Counter() | Related() | Total():
            return {"type": "integer", "readOnly": True}
        case Tags():
            return {"type": "array", "items": _refer("NestedTag")}
        case CustomFields():
            return {"type": "object", "additionalProperties": {}}
        case Json(schema=schema) | Constant(schema=schema):
            return dict(schema)
        case Computed(schema=schema):
            return {**schema, "readOnly": True}
        case _:
            raise TypeError(f"{name} has no schema")


def _half_of_a_reference(stem: str, name: str) -> Row:
    if name == f"{stem}_type":
        return {"type": "string", "nullable": True}
    if name == f"{stem}_id":
        return {"type": "integer", "nullable": True}
    return {"readOnly": True, "nullable": True}


def _choice(allowed: Mapping[str | int, str], *, plain: bool, nullable: bool) -> Row:
    values: list[str | int | None] = [*allowed, *([""] if nullable and not plain else [])]
    value = {
        "enum": [*values, *([None] if nullable and plain else [])],
        "type": "integer" if all(isinstance(each, int) for each in allowed) else "string",
        "description": "\n".join(f"* `{each}` - {label}" for each, label in allowed.items()),
        "x-spec-enum-id": enum_id(allowed),
    }
    if plain:
        return value
    return {
        "type": "object",
        "properties": {"value": value, "label": {"type": "string", "enum": [*allowed.values()]}},
    }
