"""No test sees what whoever runs it has loaded, nor asks the live register: its folder and address are nobody's."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["ORGMAP_DATA_HOME"] = str(Path(tempfile.gettempdir()) / f"orgmap-nothing-loaded-{os.getpid()}")
os.environ["ORGMAP_ORD_URL"] = "http://127.0.0.1:9/ORD"
