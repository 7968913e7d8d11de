"""The JSON Schema of a model, as published in docs/schema/."""

from pydantic import BaseModel

from underlag import json_text

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def published(model: type[BaseModel]) -> bytes:
    """Return the JSON Schema (2020-12) of a model, with the field names of the JSON."""
    schema = {"$schema": _DIALECT, **model.model_json_schema(by_alias=True)}
    for part in schema.get("$defs", {}).values():
        if "enum" in part:
            part.pop("description", None)  # the docstring of an Enum describes the code
    return json_text.document(schema)
