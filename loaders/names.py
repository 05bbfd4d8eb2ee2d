"""Names as people write them: registers shout in capitals, readers should not have to."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL_WORDS = _words("of and the for in on at upon under with to by from super")
"""Written small inside a name: Isle of Wight, Stoke on Trent."""

SMALL_BETWEEN_HYPHENS = SMALL_WORDS | _words("le la les de en cum next juxta")
"""Written small between hyphens as well: Chester-le-Street, Ashby-de-la-Zouch."""

CAPITALS = _words(
    """
    NHS CCG ICB ICS ICP STP PCN PCT SHA GP HA UA UK LHB CSU OOH ENT WIC AQP EAS UTC MIU UCC YOI BMI
    CIC IUC IAPT ADHD HIV COPD CAMHS CAMH COVID EMIS GPSI GPWSI APMS OHP PES UC LARC CAS IPU DHU HUC
    CWAC HIOW BSOL MSE SWAST NEAS EPUT ELFT ESHT APCS NDUC PELC PCAS PCAH PCOC PGPA EVMC GPPO UPCC
    ACS EAC ECG EIS IRC CRI ARC AAU ASD OPD ICU IBD IUD IVF NEL NCL SEL SWL NWL SWLEOC HASP SET NORA
    WREN HOSMS RAC CDAT CDAS SARC APPG ASR EHUB IMC INM CYP EIT AWC BAME CATS OPMH AMH CAT CITS CIS
    EPACT GUM LES LCAS TICCS UHB ABMU DWMH RAID II III VI VII VIII IX XI XII NUH BANES DTTO AOT NWPCN
    """
)
"""Abbreviations with a vowel in them; those without one are recognised by that."""

AS_WRITTEN = {
    "GPS": "GPs",
    "PCNS": "PCNs",
    "NMPS": "NMPs",
    "HMPS": "HMPs",
    "SYSTMONE": "SystmOne",
    "CROSSCITY": "CrossCity",
    "GPWSI": "GPwSI",
}
"""Words with their own mix of large and small letters."""

SPOKEN = _words(
    """
    ST DR DRS MR MRS MS SR JR LTD RD CTR CTRS GRP SVC SVCS HLTH HTH NTH STH PTNR PTNRS PRCT SCH CWM
    LN SQ BLVD MTN MGT AL AM AN AS BE BO CO DE DO EL GO HE IF IS IT JO LA LE LI ME MY NO OR OX SO TY
    UP US VY WE YE
    """
)
"""Short words that are no abbreviation in capitals, with or without a vowel."""

FEW = 0.2
"""The share of small letters up to which a name still shouts, as in “HEALTH ALLIANCE (SEOxHA) PCN”."""

_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[^\W_]*|[^\W\d_]+\d[^\W_]*", re.UNICODE)
_WITH_DIGIT = re.compile(r"(?=[^\W_]*\d)[^\W_]+")
_WORD = re.compile(rf"{_WITH_DIGIT.pattern}|{_PART.pattern}")
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH)")
_COMMISSIONER = re.compile(r"[A-Z]+(?:CCG|PCT|LHB)")
_BREAK = re.compile(r"[(\[:/]\s*$|\s[-–]\s*$")


def readable_name(text: str) -> str:
    """Turns a name in a register's capitals into one that reads like a name.

    A name that already has small letters, and more than a few, is left as it is but for stray blanks.

    >>> readable_name("NHS THANET CCG")
    'NHS Thanet CCG'
    >>> readable_name("GUY'S AND ST THOMAS' NHS FOUNDATION TRUST")
    "Guy's and St Thomas' NHS Foundation Trust"
    """
    clean = " ".join(text.split())
    letters = [letter for letter in clean if letter.isalpha()]
    if sum(letter.islower() for letter in letters) > FEW * len(letters):
        return clean
    return _WORD.sub(lambda found: _readable_word(found.group(), clean, found.start(), found.end()), clean)


def _readable_word(word: str, text: str, start: int, end: int) -> str:
    if word != word.upper():
        return word
    before, after = text[:start], text[end:]
    begins = not before.strip(" ([\"'-") or _BREAK.search(before) is not None
    if word in AS_WRITTEN:
        return AS_WRITTEN[word]
    if before.endswith("-") and after.startswith("-") and word.lower() in SMALL_BETWEEN_HYPHENS:
        return word.lower()
    if word.lower() in SMALL_WORDS:
        return word.title() if begins or not after.strip(' )]".') else word.lower()
    if any(letter.isdigit() for letter in word):
        return word.lower() if _ORDINAL.fullmatch(word) else word
    # "ARUN INTEGRATED CARE (AIC)": three letters alone in brackets shorten what stands before them.
    alone_in_brackets = len(word) == 3 and before.endswith("(") and after.startswith(")")
    return word if alone_in_brackets or _stays_in_capitals(word) else _capitalised(word)


def _stays_in_capitals(word: str) -> bool:
    if len(word) == 1 or word in CAPITALS or _COMMISSIONER.fullmatch(word):
        return True
    if word in SPOKEN or "'" in word or "’" in word:
        return False
    # Two letters are the initials of a doctor or an abbreviation; so is a word nobody could say.
    return len(word) == 2 or not set(word) & set("AEIOUYÂÊÎÔÛŴŶ")


def _capitalised(word: str) -> str:
    first, mark, rest = word.partition("'") if "'" in word else word.partition("’")
    if mark:
        if first in ("O", "D", "L") and len(rest) > 1:
            return first + mark + _capitalised(rest)
        head = first if _stays_in_capitals(first) and rest == "S" else first.capitalize()
        return head + mark + rest.lower()
    if word.startswith("MC") and len(word) > 4:
        return "Mc" + word[2:].capitalize()
    return word.capitalize()
