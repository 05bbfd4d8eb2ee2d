"""The screens of the page, each by an address; `python -m tests.browser.screens FOLDER` takes pictures of all."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Any

SCREENS = {
    "start": "",
    "explore": "#view=explore&kind=integrated_care_board",
    "explore-place": "#view=explore&kind=clinical_commissioning_group&body=ccg:10E&at=2016-06-01",
    "structure": "#view=explore&body=ccg:10E&at=2016-06-01&tab=structure",
    "services": "#view=explore&body=ccg:10E&at=2016-06-01&tab=services",
    "lineage": "#view=explore&body=pct:5P9&at=2013-03-31&tab=lineage",
    "table": "#view=explore&kind=clinical_commissioning_group&at=2013-04-01&tab=table",
    "compare": "#view=compare&kind=integrated_care_board&at=2026-03-31&and=2026-04-01",
    "planned": "#view=explore&kind=upper_tier_council&at=2028-04-01&include=planned",
    "body": "#body=ccg:10E&day=2016-06-01",
    "walks": "#view=walks&walk=child-under-5&place=CT9&at=2015-09-30&and=2015-10-01",
    "plans": "#view=plans",
    "about": "#view=about",
}

WIDTHS = {390: 844, 1280: 800, 1920: 1080}
"""Of a phone, a laptop and an office screen, with their heights."""


def take(folder: Path, file: Path) -> list[Path]:
    """Takes every picture, small: WebP by the browser itself."""
    from tests.browser.chromium import InChromium, chromium

    taken = []
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for width, height in WIDTHS.items():
            context = browser.new_context(reduced_motion="reduce")
            person = InChromium(context.new_page(), file)
            session = context.new_cdp_session(person.page)
            for name, address in SCREENS.items():
                person.open(address, width, height)
                person.page.wait_for_timeout(300)
                taken.append(folder / f"{name}-{width}.webp")
                taken[-1].write_bytes(_picture(session))
            context.close()
    return taken


def _picture(session: Any) -> bytes:
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": 70})
    return base64.b64decode(shot["data"])


def main() -> int:
    """Writes the page into a folder of its own and takes its pictures."""
    import tempfile

    from tests.browser.page import written

    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder) / "explore.html")
        taken = take(Path(sys.argv[1]), file)
    print(f"{len(taken)} pictures, {sum(path.stat().st_size for path in taken) / 1000:,.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
