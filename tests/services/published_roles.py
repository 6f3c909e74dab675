"""Files in the columns that ESCO and O*NET publish, over occupations that nobody has."""

import csv
from collections.abc import Iterable
from pathlib import Path

ESCO = "http://data.europa.eu/esco"
_LABELS = ("preferredLabel", "altLabels", "hiddenLabels", "status", "modifiedDate")
_NOTES = ("scopeNote", "definition", "inScheme", "description")
OCCUPATION_HEADER = ["conceptType", "conceptUri", "iscoGroup", *_LABELS, "regulatedProfessionNote", *_NOTES, "code"]
SKILL_HEADER = ["conceptType", "conceptUri", "skillType", "reuseLevel", *_LABELS, *_NOTES]
RELATION_HEADER = ["occupationUri", "relationType", "skillType", "skillUri"]
_RATING = ("Scale ID", "Data Value", "N", "Standard Error", "Lower CI Bound", "Upper CI Bound", "Recommend Suppress")
ONET_HEADER = ["O*NET-SOC Code", "Element ID", "Element Name", *_RATING, "Not Relevant", "Date", "Domain Source"]
Fields = dict[str, str]

OCCUPATIONS: list[Fields] = [
    {"conceptUri": f"{ESCO}/occupation/o1", "preferredLabel": "cloud shepherd", "description": "Herds clouds."},
    {"conceptUri": f"{ESCO}/occupation/o2", "preferredLabel": "echo tuner", "description": "Tunes\nechoes."},
]
SKILLS: list[Fields] = [
    {"conceptUri": f"{ESCO}/skill/s1", "preferredLabel": "herd clouds", "altLabels": "drive clouds\nlead clouds"},
    {"conceptUri": f"{ESCO}/skill/s2", "preferredLabel": "Delegation!", "description": "Hand over."},
    {"conceptUri": f"{ESCO}/skill/s3", "preferredLabel": "whistle", "description": "Loudly."},
]
RELATIONS: list[Fields] = [
    {"occupationUri": f"{ESCO}/occupation/o1", "relationType": "essential", "skillUri": f"{ESCO}/skill/s1"},
    {"occupationUri": f"{ESCO}/occupation/o1", "relationType": "optional", "skillUri": f"{ESCO}/skill/s2"},
    {"occupationUri": f"{ESCO}/occupation/o2", "relationType": "optional", "skillUri": f"{ESCO}/skill/s1"},
]


def write_rows(path: Path, header: list[str], rows: Iterable[Fields], delimiter: str = ",", mark: str = "") -> Path:
    """Write the rows under the header; a field that a row does not name is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(mark)
        writer = csv.DictWriter(file, header, restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_esco(
    folder: Path,
    occupations: Iterable[Fields] = OCCUPATIONS,
    skills: Iterable[Fields] = SKILLS,
    relations: Iterable[Fields] = RELATIONS,
    delimiter: str = ",",
    mark: str = "",
) -> Path:
    """Write ESCO's three files, every concept released unless a row says otherwise; return the folder."""
    folder.mkdir(exist_ok=True)
    released = {"status": "released"}
    files: list[tuple[str, list[str], Iterable[Fields]]] = [
        ("occupations_en.csv", OCCUPATION_HEADER, (released | row for row in occupations)),
        ("skills_en.csv", SKILL_HEADER, (released | row for row in skills)),
        ("occupationSkillRelations_en.csv", RELATION_HEADER, relations),
    ]
    for name, header, rows in files:
        write_rows(folder / name, header, rows, delimiter, mark)
    return folder


def rated(code: str, element: str, name: str, importance: str, level: str = "", **more: str) -> list[Fields]:
    """Return the two rows of O*NET that rate a skill; no second one without a level."""
    row = {"O*NET-SOC Code": code, "Element ID": element, "Element Name": name, "Recommend Suppress": "N"} | more
    rows = [{"Scale ID": "IM", "Data Value": importance}, {"Scale ID": "LV", "Data Value": level}]
    return [row | part for part in rows if part["Data Value"]]


CODES = ("99-0001.00", "99-0002.00")
RATED = [
    *rated("99-0001.00", "2.A.1.a", "Listening to Clouds", "3.00", "1.74"),
    *rated("99-0001.00", "2.B.1.a", "Delegation", "4.10", "5.25"),
    *rated("99-0001.00", "2.A.1.b", "Whistling", "2.99", "7"),
    *rated("99-0002.00", "2.A.1.a", "Listening to Clouds", "5", "3.5"),
]


def write_onet(
    folder: Path, ratings: Iterable[Fields] = RATED, codes: Iterable[str] = ("99-0001.00", "99-0002.00")
) -> Path:
    """Write O*NET's occupations and its ratings of skills; return the folder."""
    folder.mkdir(exist_ok=True)
    occupations = [{"O*NET-SOC Code": code, "Title": f"Role {code}", "Description": f"Does {code}"} for code in codes]
    write_rows(folder / "Occupation Data.txt", ["O*NET-SOC Code", "Title", "Description"], occupations, "\t")
    write_rows(folder / "Skills.txt", ONET_HEADER, ratings, "\t")
    return folder
