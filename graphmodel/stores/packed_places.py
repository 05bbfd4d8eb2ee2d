"""Where postcodes and neighbourhoods lie, packed: one is found in a microsecond or two, many are found as columns."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from orgmap.graphmodel.store import PostcodeRow
from orgmap.graphmodel.stores.grouped import spread
from orgmap.graphmodel.stores.packed import MANY, PackedFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]
    """An array of numbers of postcodes, groups or texts."""

LETTERS = 26

GROUP_BITS = 19
"""How many bits of a packed postcode are the number of its group in its outcode; those above are its second half."""

HALF_BITS = 32 - GROUP_BITS

GROUP_WORDS = 3
"""What is told of a group: the code of its neighbourhood, where it was seen, and what was said of it earlier."""

TOGETHER = 256
"""Of so many outcodes the postcodes are spread out together."""

LONGEST = 7
"""So many letters a first half may have for many postcodes to be looked up as columns."""


@lru_cache(maxsize=10 * LETTERS**2)
def number_of_half(half: str) -> int | None:
    """The number of the second half of a postcode, in the order of the alphabet; None for what is none.

    >>> number_of_half("1AA"), number_of_half("AA1"), number_of_half("1aa")
    (676, None, None)
    """
    if (
        len(half) != 3
        or not half.isascii()
        or not half[0].isdigit()
        or not (half[1:].isalpha() and half.isupper())
    ):
        return None
    first, second = (ord(letter) - ord("A") for letter in half[1:])
    return (int(half[0]) * LETTERS + first) * LETTERS + second


def packed_half(halves: Sequence[int], half: int | None) -> int | None:
    """The packed postcode of a second half among those of an outcode, rising, or None."""
    if half is None:
        return None
    place = bisect_left(halves, half << GROUP_BITS)
    found = place < len(halves) and halves[place] >> GROUP_BITS == half
    return halves[place] if found else None


def group_of(packed: int) -> int:
    """The number of the group of a packed postcode among those of its outcode."""
    return packed & ((1 << GROUP_BITS) - 1)


class Lying(NamedTuple):
    """Where postcodes lie, as columns: the place of each among those asked about, rising, the text number of an area,
    and the people of its neighbourhood who live there. One that lies in several areas stands there several times."""

    asked: Numbers
    areas: Numbers
    people: Numbers


class Known(NamedTuple):
    """All postcodes: the keys of the outcodes, rising, and the place of each in the file; by place a bit for each half
    that a postcode could have, one if it has it, how many ones stand before each eight, and where its rows start."""

    outcodes: Numbers
    places: Numbers
    bits: Numbers
    before: Numbers
    starts: Numbers


class PackedPlaces:
    """The postcodes of a packed file by their neighbourhood, and the neighbourhoods by their areas."""

    def __init__(self, file: PackedFile) -> None:
        self._file = file
        self._outcodes: dict[str, tuple[Sequence[int], int]] = {}
        self._rows: dict[int, PostcodeRow] = {}
        self._all: Known | None = None
        self._place_of: Numbers | None = None
        self._last: tuple[frozenset[str], list[str]] = frozenset(), []
        """The areas that were asked about last, often about another day next, and the neighbourhoods in them."""
        file.readers.append(self)

    def close(self) -> None:
        """Nothing is answered any more from what was compared while the file was open."""
        self._outcodes, self._rows, self._all, self._place_of = {}, {}, None, None
        self._last = frozenset(), []

    # Postcodes.

    def postcodes(self, postcodes: Sequence[str]) -> dict[str, PostcodeRow]:
        """The known ones of these postcodes, each with the code of its neighbourhood (blank: not placed) and where it
        was seen."""
        many = len(postcodes) > MANY
        groups = self.groups(postcodes).tolist() if many else map(self._group, postcodes)
        return {one: self._row(group) for one, group in zip(postcodes, groups, strict=True) if group >= 0}

    def outcodes(self) -> list[str]:
        """Every outcode of which postcodes are listed, in order."""
        return sorted(self._file.texts[number] for number in self._file.whole("postcodes"))

    def of_outcode(self, outcode: str, digit: str = "") -> dict[PostcodeRow, int]:
        """How many postcodes of an outcode, or of its sector with this digit, are told alike."""
        halves, base = self._halves(outcode)
        low, high = 0, len(halves)
        if digit:
            if (first := number_of_half(f"{digit}AA")) is None:
                return {}
            low = bisect_left(halves, first << GROUP_BITS)
            high = bisect_left(halves, (first + LETTERS**2) << GROUP_BITS)
        counted = Counter[PostcodeRow]()
        for group, times in Counter(map(group_of, halves[low:high])).items():
            counted[self._row(base + group)] += times
        return dict(counted)

    def _group(self, postcode: str) -> int:
        """The group of a postcode; -1 for one that is not known."""
        halves, base = self._halves(postcode[:-3])
        packed = packed_half(halves, number_of_half(postcode[-3:]))
        return -1 if packed is None else base + group_of(packed)

    def _halves(self, outcode: str) -> tuple[Sequence[int], int]:
        """The packed postcodes of an outcode, rising, and the number of its first group."""
        if (known := self._outcodes.get(outcode)) is not None:
            return known
        file = self._file
        number = file.texts.number(outcode)
        place = None if number is None else file.place("postcodes", number)
        if place is None:
            return (), 0
        start, end = file.whole("postcodes, places")[place : place + 2]
        file.check("postcodes, rows", 4 * start, 4 * end)
        halves = file.numbers("postcodes, rows")[start:end]
        found = self._outcodes[outcode] = halves, file.whole("postcodes, bases")[place]
        return found

    def _row(self, group: int) -> PostcodeRow:
        found = self._rows.get(group)
        if found is None:
            texts = self._file.texts
            words = self._file.cells("postcodes, groups", GROUP_WORDS * group, GROUP_WORDS * (group + 1))
            found = self._rows[group] = PostcodeRow(*(texts[word] for word in words))
        return found

    # Neighbourhoods.

    def areas(self, code: str) -> list[tuple[str, float]]:
        """The areas of a neighbourhood in the order of the alphabet, with the people who live in each."""
        file = self._file
        number = file.texts.number(code)
        place = None if number is None else file.place("neighbourhoods", number)
        if place is None:
            return []
        start, end = file.whole("neighbourhoods, places")[place : place + 2]
        file.check("neighbourhoods, people", 8 * start, 8 * end)
        people = file.numbers("neighbourhoods, people", "d")[start:end].tolist()
        areas = map(file.texts.__getitem__, file.cells("neighbourhoods, rows", start, end))
        return list(zip(areas, people, strict=True))

    def mostly_in(self, areas: Iterable[str]) -> list[str]:
        """The codes of the neighbourhoods of whose people more than half live in these areas."""
        wanted = frozenset(areas)
        if self._last[0] != wanted:
            self._last = wanted, self._mostly_in(wanted)
        return self._last[1]

    def _mostly_in(self, areas: frozenset[str]) -> list[str]:
        file, inside = self._file, dict[int, float]()
        people, of = file.whole("neighbourhoods, people", "d"), file.whole("neighbourhoods, of")
        for number in file.texts.numbers(areas):
            place = file.place("areas", number)
            if place is not None:
                start, end = file.whole("areas, places")[place : place + 2]
                for row in file.cells("areas, rows", start, end):
                    inside[of[row]] = inside.get(of[row], 0.0) + people[row]
        keys, living = file.whole("neighbourhoods"), file.whole("neighbourhoods, living", "d")
        # Where nobody is known to live, all of a neighbourhood lies in its areas.
        mostly = (place for place, some in inside.items() if 2 * some > living[place] or not living[place])
        return [file.texts[keys[place]] for place in mostly]

    def populations(self) -> dict[str, float]:
        """The people of every area, by its small areas."""
        file = self._file
        pairs = zip(file.whole("areas").tolist(), file.whole("areas, people", "d").tolist(), strict=True)
        return dict(sorted((file.texts[area], people) for area, people in pairs if people == people))

    # Many at once.

    def groups(self, postcodes: Sequence[str]) -> Numbers:
        """The group of each of many postcodes, -1 for one that is not known."""
        import numpy as np

        columns, known = _columns(postcodes), self._known()
        if columns is None or known is None or not len(known.outcodes):
            return np.array([self._group(one) for one in postcodes], dtype=np.int64)
        outcodes, halves = columns
        different, place = np.unique(outcodes, return_inverse=True)
        at = np.minimum(np.searchsorted(known.outcodes, different), len(known.outcodes) - 1)
        right = (known.outcodes[at] == different)[place] & (halves >= 0)
        place, halves = known.places[at][place], np.maximum(halves, 0)
        byte, bit = known.bits[place, halves >> 3], (halves & 7).astype(np.uint8)
        right &= (byte >> bit & 1).astype(bool)
        row = known.starts[place] + known.before[place, halves >> 3] + _ones()[byte & (1 << bit) - 1]
        file = self._file
        rows = np.frombuffer(file.whole("postcodes, rows"), dtype=np.int32)
        bases = np.frombuffer(file.whole("postcodes, bases"), dtype=np.uint32).astype(np.int64)
        return np.where(right, bases[place] + (rows[np.where(right, row, 0)] & (1 << GROUP_BITS) - 1), -1)

    def _known(self) -> Known | None:
        """All postcodes, for looking up many; None if they cannot be looked up so."""
        import numpy as np

        if self._all is None:
            file = self._file
            texts = [file.texts[number] for number in file.whole("postcodes")]
            columns = _columns([f"{one}0AA" for one in texts])
            if columns is None:
                return None
            starts = np.frombuffer(file.whole("postcodes, places"), dtype=np.uint32).astype(np.int64)
            rows = np.frombuffer(file.whole("postcodes, rows"), dtype=np.uint32)
            bits = np.zeros((len(texts), 1 << HALF_BITS - 3), dtype=np.uint8)
            for first in range(0, len(texts), TOGETHER):
                some = starts[first : first + TOGETHER + 1]
                there = np.zeros((len(some) - 1, 1 << HALF_BITS), dtype=bool)
                places = np.repeat(np.arange(len(there)), np.diff(some))
                there[places, rows[some[0] : some[-1]] >> GROUP_BITS] = True
                bits[first : first + TOGETHER] = np.packbits(there, axis=1, bitorder="little")
            before = np.zeros((len(texts), bits.shape[1] + 1), dtype=np.uint16)
            np.cumsum(_ones()[bits], axis=1, out=before[:, 1:])
            if (before[:, -1] != np.diff(starts)).any():
                return None  # one stands there twice
            order = np.argsort(columns[0])
            self._all = Known(columns[0][order], order, bits, before, starts)
        return self._all

    def lying(self, postcodes: Sequence[str]) -> Lying:
        """In which areas each of many postcodes lies; one that is not known, or not placed, does not stand there."""
        import numpy as np

        file, groups = self._file, self.groups(postcodes)
        asked = np.flatnonzero(groups >= 0)
        at = self._placed()[groups[asked]]
        asked, at = asked[at >= 0], at[at >= 0]
        of, rows = spread(np.frombuffer(file.whole("neighbourhoods, places"), dtype=np.uint32), at)
        areas = np.frombuffer(file.whole("neighbourhoods, rows"), dtype=np.uint32)[rows]
        people = np.frombuffer(file.whole("neighbourhoods, people", "d"))[rows]
        return Lying(asked[of], areas, people)

    def _placed(self) -> Numbers:
        """The place of each group's neighbourhood among those with areas, -1 for one that has none."""
        import numpy as np

        if self._place_of is None:
            codes = np.frombuffer(self._file.whole("postcodes, groups"), dtype=np.uint32)[::GROUP_WORDS]
            keys = np.frombuffer(self._file.whole("neighbourhoods"), dtype=np.uint32)
            at = np.minimum(np.searchsorted(keys, codes), len(keys) - 1)
            self._place_of = np.where(keys[at] == codes, at, -1)
        return self._place_of


def _ones() -> Numbers:
    """How many bits of each byte are one."""
    import numpy as np

    ones: Numbers = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1, dtype=np.uint8)
    return ones


def _columns(postcodes: Sequence[str]) -> tuple[Numbers, Numbers] | None:
    """A number for the first half of each postcode, another one for another half, and the number of its second half
    (-1: it has none); None if they must be looked at one by one."""
    import numpy as np

    # Eight letters stand before the first one, for a word of eight ends with each first half.
    text = (8 * "\n" + "\n".join(postcodes) + "\n").encode("utf-8", "surrogatepass")
    letters = np.frombuffer(text, dtype=np.uint8)
    ends = np.flatnonzero(letters == ord("\n"))[7:]
    lengths = np.diff(ends) - 4
    ends = ends[1:]
    if len(ends) != len(postcodes) or (len(ends) and lengths.max() > LONGEST):
        return None
    words: Numbers = np.ndarray((len(letters) - 7,), dtype="<u8", buffer=text, strides=(1,))
    lengths = np.maximum(lengths, 0).astype(np.uint64)
    first = words[np.maximum(ends - 11, 0)] >> (np.uint64(64) - np.uint64(8) * lengths)
    # Below its first letter a byte begins again at 255, so that one comparison finds what is no letter.
    digit, second, third = (
        letters[ends - back] - ord(least) for back, least in ((3, "0"), (2, "A"), (1, "A"))
    )
    right = (digit < 10) & (second < LETTERS) & (third < LETTERS)
    halves = (digit.astype(np.int32) * LETTERS + second) * LETTERS + third
    return first << np.uint64(8) | lengths, np.where(right, halves, -1)
