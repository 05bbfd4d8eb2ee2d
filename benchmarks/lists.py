"""A list of postcodes of the national size, made up from a seed: read beside the quickest reader, and loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.timing import child

POSTCODES = 2_700_000
"""So many has the list of the United Kingdom: a file of nearly a gigabyte."""

Results = dict[str, Any]

_OURS = "from orgmap.loaders.releases.postcodes.reading import read_postcodes\nread_postcodes(Path({path!r}))"
_POLARS = "import polars\npolars.read_csv({path!r}, infer_schema=False{more})"
_COLUMNS = ", columns=['pcds', 'dointr', 'doterm', 'lsoa21cd', 'ctry26cd']"
_LOAD = (
    "from orgmap.graphmodel.datafiles import data_folder\nfrom orgmap.loaders.releases.loading import load_files\n"
    "load_files(data_folder(), [Path({path!r})])"
)
_BUILD = "from orgmap.loaders.open import open_store\nopen_store().close()"


def lists(folder: Path, postcodes: int = POSTCODES) -> Results:
    """Reading such a list as whole processes, ours and polars' (all columns; only those that we read); checking it
    against the tables and keeping it; and the build of the store with it."""
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.loaders.reading import Tables
    from tests.postcode_files import known_postcodes, write_seeded

    known = known_postcodes(Tables.of_folder(data_folder(), []).rows)
    path = str(write_seeded(folder / "NSPL.csv", postcodes, known=known))
    homes = {"ORGMAP_DATA_HOME": str(folder / "home"), "ORGMAP_CACHE": str(folder / "cache")}
    codes = {
        "ours": _OURS.format(path=path),
        "polars": _POLARS.format(path=path, more=""),
        "polars, the same columns": _POLARS.format(path=path, more=_COLUMNS),
        "load": _LOAD.format(path=path),
        "build": _BUILD,
    }
    results: Results = {"postcodes": postcodes, "bytes": Path(path).stat().st_size}
    for name, code in codes.items():
        took, most = child(f"from pathlib import Path\n{code}", **homes)
        results[name] = {"took": took, "peak": most}
    return results
