"""Files by chance: a folder to work in, tables that are odd, and tables and stores that are damaged."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from pathlib import Path
from random import Random

from tests.fuzz.world import WORLD
from tests.mine import write_mine
from tests.worlds import write_data

Seen = dict[str, tuple[int, str]]
"""What lies in a folder: each name with its type and mode, and a digest of what is in it."""


def prepared(folder: Path) -> Path:
    """A folder with Kent's tables in `data`, and `here` to work in."""
    if not (folder / "data").exists():
        write_data(folder / "data", WORLD)
        fresh(folder / "here")
    return folder


def fresh(here: Path) -> None:
    """Fills the folder to work in anew: tables to annotate, older results, a link, a folder, a full device."""
    here.mkdir(exist_ok=True)
    for one in os.scandir(here):
        shutil.rmtree(one.path) if one.is_dir(follow_symlinks=False) else os.unlink(one.path)
    (here / "folder").mkdir()
    (here / "folder" / "kept").write_text("kept", encoding="utf-8")
    (here / "in.csv").write_bytes(b"place,day\nCT9 1AA,2013-06-01\n=1,soon\n10E,2013\n\x1b[31m,\n")
    (here / "bad.csv").write_bytes(b'place,day\n"CT9,\xff\n')
    (here / "two.csv").write_bytes(b"place,place,day\n1,2,3\n")
    (here / "odd.csv").write_bytes(b"")
    for name in ("old", "old.html", "real"):
        (here / name).write_text("older", encoding="utf-8")
        (here / name).chmod(0o600)
    write_mine(here / "mine")
    write_mine(here / "faulty", kinds="kind,prefix\n\x1b[31m,=1\n")
    (here / "link").symlink_to("real")
    (here / "loop").symlink_to("loop")
    if os.path.exists("/dev/full"):
        (here / "full").symlink_to("/dev/full")


def seen(here: Path) -> Seen:
    """What lies in the folder now."""
    found: Seen = {}
    for one in os.scandir(here):
        status = one.stat(follow_symlinks=False)
        raw = b""
        if stat.S_ISREG(status.st_mode):
            raw = Path(one.path).read_bytes()
        elif stat.S_ISDIR(status.st_mode):
            raw = " ".join(sorted(os.listdir(one.path))).encode()
        elif one.is_symlink():
            raw = os.readlink(os.fsencode(one.path))
        found[one.name] = (status.st_mode, hashlib.blake2b(raw).hexdigest())
    return found


def half_written(before: Seen, after: Seen, code: int) -> list[str]:
    """What a call should not have done to the folder: a failed one nothing, any other no more than one file."""
    changed = sorted(one for one in before.keys() | after.keys() if before.get(one) != after.get(one))
    wrong = [f"left behind {one}" for one in changed if one.startswith(".orgmap-")]
    wrong += [f"took away {one}" for one in changed if one not in after]
    wrong += [
        f"changed the mode of {one}" for one in changed if one in before and one in after
        and before[one][0] != after[one][0]
    ]  # fmt: skip
    if changed and code not in (0, 1):
        wrong.append(f"exit code {code}, yet changed {', '.join(changed)}")
    elif len(changed) > 1:
        wrong.append(f"changed {', '.join(changed)}")
    return wrong


CELLS = [
    "CT9 1AA", "10E", "Kent", "2013-06-01", "2013", "06/13/2013", "", " ", "=1+1", "@x", "+1", "-1", "a\rb",
    "a\nb", "\r\n", '"', '""', "'", ",", ";", "\t", "\x00", "\x1b[2J", "\u202e", "\ufeff", "\u2028", "\x85",
    "x" * 3000, "é", "\U0001f600", "ccg:10E", "nan", "9" * 400, "1e999", "٣", "%", "NEAR(", "note", "commissioner",
]  # fmt: skip


def odd_table(chance: Random) -> bytes:
    """A CSV file by chance: mostly one, sometimes with other quotes, widths, ends of lines, bytes."""
    width = chance.choice((1, 2, 2, 3, 5))
    header = ["place", "day", *(chance.choice(CELLS) for _ in range(3))][:width]
    chance.shuffle(header)
    rows = [header, *([chance.choice(CELLS) for _ in range(width)] for _ in range(chance.randrange(6)))]
    end = chance.choice(("\n", "\r\n", "\r", "\n\n"))
    text = end.join(",".join(_cell(chance, cell) for cell in row) for row in rows)
    raw = text.encode(chance.choice(("utf-8", "utf-8-sig", "utf-16", "utf-8")))
    if chance.random() < 0.3 and raw:
        place = chance.randrange(len(raw))
        raw = raw[:place] + chance.randbytes(chance.randrange(3)) + raw[place + chance.randrange(2) :]
    return raw


def _cell(chance: Random, cell: str) -> str:
    quoted = '"' + cell.replace('"', '""') + '"'
    return quoted if chance.random() < 0.8 else cell


def damage_tables(data: Path, chance: Random) -> None:
    """Changes one thing in a set of tables: a byte, a cell, a line, a file."""
    [folder, *_] = [one.parent for one in data.glob("*/dataset.json")]
    file = chance.choice([one for one in sorted(folder.iterdir()) if one.is_file()])
    raw = file.read_bytes()
    how = chance.randrange(7)
    if how == 0:
        file.unlink()
    elif how == 1:
        file.write_bytes(raw[: chance.randrange(len(raw) + 1)])
    elif how == 2:
        place = chance.randrange(len(raw) or 1)
        file.write_bytes(raw[:place] + chance.randbytes(1) + raw[place + 1 :])
    elif how == 3:
        lines = raw.split(b"\n")
        lines[chance.randrange(len(lines))] = b",".join(chance.choice(CELLS).encode() for _ in range(9))
        file.write_bytes(b"\n".join(lines))
    elif how == 4:
        file.unlink()
        file.mkdir()
    elif how == 5:
        (folder / f"{file.name}.gz").write_bytes(raw)
    else:
        cells = raw.split(b",")
        cells[chance.randrange(len(cells))] = chance.choice(CELLS).encode()
        file.write_bytes(b",".join(cells))


def damage_store(cache: Path, chance: Random) -> None:
    """Changes one thing in a built store: a bit, a block, its length, its mode, what it is."""
    [path] = [*cache.glob("*.sqlite")] or [None]
    if path is None:
        return
    raw = bytearray(path.read_bytes())
    how = chance.randrange(8)
    if how < 3:
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    elif how == 3:
        place = chance.randrange(len(raw) // 4096) * 4096
        raw[place : place + 4096] = chance.randbytes(4096)
    elif how == 4:
        del raw[chance.randrange(len(raw)) :]
    elif how == 5:
        path.chmod(0o666)
    path.write_bytes(raw)
    if how == 6:
        path.unlink()
        os.mkfifo(path)
    elif how == 7:
        path.unlink()
        path.symlink_to(chance.choice(("/dev/null", "/dev/zero", "loop", "/")))
