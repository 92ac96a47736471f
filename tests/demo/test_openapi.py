"""The schema says what the server does."""

from typing import Any

import pytest

from demo.models import BY_PATH, MODELS
from tests.demo.client import Client


@pytest.fixture
async def schema(client: Client) -> Any:
    return await client.get("schema/", format="json")


def parameters(schema: Any, path: str) -> dict[str, Any]:
    return {each["name"]: each for each in schema["paths"][f"/api/{path}/"]["get"]["parameters"]}


async def test_every_list_and_object_is_there(schema: Any) -> None:
    assert schema["openapi"] == "3.0.3"
    assert schema["info"]["version"] == "4.7.3 (4.7)"
    for path in BY_PATH:
        assert {f"/api/{path}/", f"/api/{path}/{{id}}/"} <= schema["paths"].keys()


async def test_every_reference_leads_somewhere(schema: Any) -> None:
    def references(part: Any) -> Any:
        if isinstance(part, dict):
            if "$ref" in part:
                yield part["$ref"].rpartition("/")[2]
            for value in part.values():
                yield from references(value)
        elif isinstance(part, list):
            for value in part:
                yield from references(value)

    assert set(references(schema)) <= schema["components"]["schemas"].keys()


async def test_parameters_look_like_those_of_netbox(schema: Any) -> None:
    devices = parameters(schema, "dcim/devices")
    assert devices["site"]["schema"] == {"type": "array", "items": {"type": "string"}}
    assert (devices["site"]["explode"], devices["site"]["style"]) == (True, "form")
    assert devices["site_id"]["schema"]["items"] == {"type": "integer"}
    assert devices["has_primary_ip"]["schema"] == {"type": "boolean"}
    assert devices["name__empty"]["schema"] == {"type": "boolean"}
    assert devices["face"]["schema"]["enum"] == ["front", "null", "rear"]
    assert {"limit", "offset", "start", "ordering", "q"} <= devices.keys()
    assert {"fields", "omit", "brief"} <= devices.keys()
    # Filters by custom field work, and NetBox doesn't mention them.
    assert not any(name.startswith("cf_") for name in devices)
    assert parameters(schema, "dcim/interfaces")["vlan_id"]["schema"] == {"type": "number"}


async def test_choices_are_listed_and_tied_to_their_filters(schema: Any) -> None:
    status = schema["components"]["schemas"]["Device"]["properties"]["status"]["properties"]
    assert status["value"]["enum"][:2] == ["offline", "active"]
    assert status["label"]["enum"][:2] == ["Offline", "Active"]
    filter_ = parameters(schema, "dcim/devices")["status"]["schema"]["items"]
    assert filter_["x-spec-enum-id"] == status["value"]["x-spec-enum-id"]


@pytest.mark.parametrize("type_", list(MODELS))
async def test_objects_have_the_fields_of_their_schema(client: Client, schema: Any, type_: str) -> None:
    model = MODELS[type_]
    components = schema["components"]["schemas"]
    rows = (await client.get(f"{model.path}/", limit=20))["results"]
    assert rows
    for row in rows:
        assert list(row) == list(components[model.label]["properties"])
    if model.brief:
        (brief,) = (await client.get(f"{model.path}/", limit=1, brief="true"))["results"]
        assert set(brief) == set(components[f"Brief{model.label}"]["properties"])
