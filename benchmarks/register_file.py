"""The whole register as a file: how fast its XML is read beside the parser, how long until bodies are shown."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from xml.parsers import expat

from benchmarks.timing import child, repeated
from orgmap.loaders.releases.ods_xml import Manifest
from orgmap.loaders.releases.whole.quick import read_quickly
from tests.ods_xml import drawn_register, write_release

BODIES = 20_000
"""So many bodies has the file whose reading is compared."""

BLOCK = 1 << 20


def reading(bodies: int = BODIES) -> dict[str, Any]:
    """Reading every body, beside the parser that calls empty functions, and the parser that calls nobody."""
    raw = drawn_register(bodies)
    _, ours = repeated(lambda: sum(1 for _ in read_quickly(io.BytesIO(raw), "full.xml", Manifest())))
    _, called = repeated(lambda: parsed(raw, calling=True))
    _, alone = repeated(lambda: parsed(raw, calling=False))
    return {"megabytes": len(raw) / 1e6, "ours": ours, "expat": called, "expat_alone": alone}


def parsed(raw: bytes, calling: bool) -> None:
    """Runs the parser over a file; `calling` lets it call an empty function at each element's begin and end."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    if calling:
        parser.StartElementHandler = lambda name, attributes: None
        parser.EndElementHandler = lambda name: None
    for at in range(0, len(raw), BLOCK):
        parser.Parse(raw[at : at + BLOCK], False)
    parser.Parse(b"", True)


def loading(folder: Path, scale: float = 1.0) -> dict[str, Any]:
    """`orgmap load` of a release, from its zip of zips onto the bundled tables to the first body that is shown."""
    path = folder / "register.zip"
    write_release(path, scale)
    commands = [["load", str(path)], ["show", "X00017"]]
    code = f"from orgmap.cli.main import run\nfor one in {commands!r}:\n    try:\n        run(one)\n"
    code += "    except SystemExit as end:\n        assert not end.code\n"
    there = {"ORGMAP_DATA_HOME": str(folder / "home"), "ORGMAP_CACHE": str(folder / "cache")}
    took, most = child(code, **there)
    return {"loaded": took, "peak": most}
