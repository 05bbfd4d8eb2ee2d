"""One release of the whole register, read from its files: kept whole for look-ups, and sorted into the registers whose
bodies the graph has."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from orgmap.graphmodel.register.bodies import role_words, standard_roles
from orgmap.loaders.releases.formats import formats
from orgmap.loaders.releases.kept import Coming, Release, coming
from orgmap.loaders.releases.ods_xml import Manifest, XmlBody
from orgmap.loaders.releases.texts import told_name
from orgmap.loaders.releases.whole.gathering import GatheredRegister, RegisterGathering, is_of_archive
from orgmap.loaders.releases.whole.quick import read_quickly
from orgmap.loaders.releases.whole.streams import Step, register_streams
from orgmap.loaders.releases.xml_registers import ORGREFDATA, Sorting

MOST_ROLES = 5
"""So many roles are named of which nothing is declared."""

PARTS = "register-{}.part"
"""What is gathered lies in the folder under such a name until it is kept."""


class WholeRelease:
    """The files of one release while they are read; `coming` is what is to be kept of them.

    Only one is read at a time: whoever holds the lock on the folder of releases. `close` takes away what is not kept.
    """

    def __init__(self, folder: Path, say: Step | None = None) -> None:
        self._folder, self._say = folder, say
        self._holding = formats()[ORGREFDATA]
        self._gathering: RegisterGathering | None = None
        self._sorting = Sorting(self._holding)
        self._files: list[str] = []
        self._hashes: list[str] = []
        self.passed_over: list[str] = []

    @property
    def file_hash(self) -> str:
        """A digest of the files that were read."""
        if len(self._hashes) == 1:
            return self._hashes[0]
        return sha256(" ".join(sorted(self._hashes)).encode()).hexdigest()

    def read_file(self, path: Path, kept: Iterable[Release] = ()) -> list[Release] | None:
        """Reads the register files in a file: None if it holds none, else the kept releases of just that file, if it
        was loaded before; then nothing is read. Raises `DataBroken` as the readers do."""
        passed_over: list[str] = []
        read = False
        for stream in register_streams(path, passed_over, self._say):
            if not read:
                read, digest = True, _digest(path)
                if there := [one for one in kept if one.file_hash == digest]:
                    return there
                self._hashes.append(digest)
                self._files.append(path.name)
            manifest = Manifest()
            self.take(read_quickly(stream.file, stream.label, manifest), manifest, stream.label)
        if read:
            self.passed_over += passed_over
        return [] if read else None

    def read_tables(
        self, bodies: Iterable[XmlBody], manifest: Manifest, label: str, digest: str, form: str
    ) -> None:
        """Takes the bodies that the open tables of a release have; `digest` is that of their files."""
        self._holding = formats()[form]
        self._sorting = Sorting(self._holding)
        self._files.append(Path(label).name)
        self._hashes.append(digest)
        self.take(bodies, manifest, label)

    def take(self, bodies: Iterable[XmlBody], manifest: Manifest, label: str) -> None:
        """Takes every body of one file."""
        if self._gathering is None:
            for left in self._folder.glob(PARTS.format("*")):
                left.unlink(missing_ok=True)
            self._gathering = RegisterGathering(self._folder / PARTS.format("gathered"))
        gathering, sorting, of_archive = self._gathering, self._sorting, None
        roles: dict[str, str] = {}
        for body in bodies:
            if of_archive is None:
                gathering.begin(manifest, label)
                of_archive = is_of_archive(manifest, label)
                roles = standard_roles(manifest.concepts)
            if gathering.take(body, of_archive, label):
                sorting.take(body, roles)
        if of_archive is None:
            gathering.begin(manifest, label)
        gathering.end(manifest)

    def coming(self, as_of: str = "") -> list[Coming]:
        """What is to be kept: the whole register, and the registers of the graph's bodies in it; nothing if nothing
        was read."""
        if not self._gathering:
            return []
        whole = self._gathering.finish()
        name = told_name(self._files[0])
        found = [self._whole(whole, name, as_of)]
        for contents in self._sorting.contents(whole.as_of):
            one = coming(contents, name, b"", as_of)
            found.append(one._replace(release=one.release._replace(file_hash=self.file_hash)))
        return found

    def _whole(self, whole: GatheredRegister, name: str, as_of: str) -> Coming:
        form, day = self._holding.format, as_of or whole.as_of
        release = Release(
            release=f"{form}-{day}-{whole.content[:8]}",
            format=form,
            as_of=day,
            horizon=day,
            content=whole.content,
            file=name,
            file_hash=self.file_hash,
            rows=whole.bodies,
            refused=0,
        )
        alone = [
            f"Of {register} nothing is left: {len(rows):,} refused, the first in line {rows[0].line}"
            f" ({rows[0].code}: {rows[0].reason})."
            for register, rows in self._sorting.alone.items()
        ]
        return Coming(release, b"", (), " ".join([_note(whole), *alone]).strip(), whole.file)

    def close(self) -> None:
        """Takes away what was gathered and is not kept."""
        if self._gathering:
            self._gathering.close()
            self._gathering.path.unlink(missing_ok=True)


def _note(whole: GatheredRegister) -> str:
    words = role_words(whole.concepts)
    odd = {
        role: number
        for role, number in whole.by_role.items()
        if role not in words or not words[role].declared
    }
    said = []
    if odd:
        most = sorted(odd.items(), key=lambda one: (-one[1], one[0]))
        named = ", ".join(f"{role[:20] or 'no role'} {number:,}" for role, number in most[:MOST_ROLES])
        more = f" and {len(most) - MOST_ROLES:,} more" if len(most) > MOST_ROLES else ""
        said.append(
            f"Nothing is declared for the roles {named}{more}: their bodies are kept under the file's own words."
        )
    if whole.stubs:
        said.append(f"{whole.stubs:,} bodies have their record in a file that is not there (stubs).")
    if whole.twice:
        said.append(
            f"{whole.twice:,} codes stand there twice: the full file counts before the archive, else the later record."
        )
    return " ".join(said)


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
