"""The description of the routes: `docs/openapi.yaml`, as `/openapi.json` and as a page to read at `/docs`."""

import json
from functools import cache, reduce
from pathlib import Path
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SOURCE = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


@cache
def document() -> dict[str, Any]:
    """The description, read once."""
    found: dict[str, Any] = yaml.safe_load(SOURCE.read_text("utf-8"))
    return found


def openapi(request: HttpRequest) -> HttpResponse:
    """`GET /openapi.json`."""
    return HttpResponse(json.dumps(document(), ensure_ascii=False), content_type="application/json")


def page(request: HttpRequest) -> HttpResponse:
    """`GET /docs`."""
    described = document()
    streamed = described["paths"]["/events"]["get"]["responses"]["200"]["content"]["text/event-stream"]["schema"]
    events = [(name, _resolved(schema)) for name, schema in streamed["x-events"].items()]
    context = {"info": described["info"], "operations": _operations(described), "events": events}
    return render(request, "mailevents/reference.html", context)


def _operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "description": operation.get("description", ""),
            "parameters": [_resolved(one) for one in operation.get("parameters", ())],
            "responses": [(status, _resolved(answer)) for status, answer in operation["responses"].items()],
        }
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def _resolved(value: dict[str, Any]) -> dict[str, Any]:
    """What a `$ref` refers to, with its JSON beside it for the page."""
    if "$ref" in value:
        value = reduce(dict.__getitem__, value["$ref"].removeprefix("#/").split("/"), document())
    shown = {key: item for key, item in value.items() if key != "description"}
    return value | {"json": json.dumps(shown, ensure_ascii=False, indent=1)}
