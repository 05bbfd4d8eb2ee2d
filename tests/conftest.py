"""No test sees what whoever runs it has loaded: releases are kept in a folder that is not there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["ORGMAP_DATA_HOME"] = str(Path(tempfile.gettempdir()) / f"orgmap-nothing-loaded-{os.getpid()}")
