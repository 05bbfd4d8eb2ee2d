"""JSON schemas of answers, read off the shapes that type checkers know: they are declared there alone."""

from __future__ import annotations

import builtins
import importlib
import pkgutil
import types
import typing
from typing import Any, NotRequired, Required, get_args, get_origin, get_type_hints, is_typeddict

import orgmap.shapes
from orgmap.answer import Answer
from orgmap.graph import Graph

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    Any: {},
}


class _Shapes:
    """All shapes, in whatever file they stand."""

    def __getattr__(self, name: str) -> Any:
        files = pkgutil.iter_modules(orgmap.shapes.__path__, "orgmap.shapes.")
        return next(
            getattr(module, name)
            for module in (importlib.import_module(file.name) for file in files)
            if hasattr(module, name)
        )


class _Names(dict[str, Any]):
    """What the annotation of an answer may name: the answer, and files of shapes under whatever name."""

    def __missing__(self, name: str) -> Any:
        if name in vars(builtins):
            raise KeyError(name)
        return Answer if name == "Answer" else _Shapes()


class Schemas:
    """The shapes that were met, by name, as JSON schemas."""

    def __init__(self) -> None:
        self.named: dict[str, Any] = {}

    def of_question(self, method: str) -> dict[str, Any]:
        """The schema of the whole answer of a method of `Graph`.

        >>> Schemas().of_question("find")
        {'$ref': '#/components/schemas/FindTold'}
        """
        hint = getattr(Graph, method).__annotations__["return"]
        meant = eval(hint, {}, _Names()) if isinstance(hint, str) else hint  # our own annotation
        return self.of(get_args(meant)[0])

    def of(self, shape: Any) -> dict[str, Any]:
        """The schema of a shape."""
        if shape in _PLAIN:
            return _PLAIN[shape]
        if is_typeddict(shape):
            if shape.__name__ not in self.named:
                self.named[shape.__name__] = {}
                self.named[shape.__name__] = self._of_fields(shape)
            return {"$ref": f"#/components/schemas/{shape.__name__}"}
        origin, inner = get_origin(shape), get_args(shape)
        if origin in (NotRequired, Required):
            return self.of(inner[0])
        if origin is list:
            return {"type": "array", "items": self.of(inner[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        if origin in (types.UnionType, typing.Union):
            return {"anyOf": [self.of(one) for one in inner]}
        if origin is typing.Literal:
            return {"enum": list(inner)}
        raise TypeError(f"{shape} has no schema")

    def _of_fields(self, shape: Any) -> dict[str, Any]:
        fields = {name: self.of(one) for name, one in get_type_hints(shape).items()}
        found: dict[str, Any] = {"type": "object", "properties": fields}
        if said := (shape.__doc__ or "").strip():
            found["description"] = " ".join(said.split())
        # Annotations that are texts hide from Python, up to 3.13, which fields need not be there.
        whole = get_type_hints(shape, include_extras=True)
        missing = {name for name, one in whole.items() if get_origin(one) is NotRequired}
        if required := sorted(shape.__required_keys__ - missing):
            found["required"] = required
        return found
