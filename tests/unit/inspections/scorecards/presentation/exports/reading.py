"""What a reader of each file reads: the same figures, got back out of it without the code that put them in."""

import csv
import io
import json
import re

from lxml.html import document_fromstring
from openpyxl import load_workbook
from pypdf import PdfReader

SUBJECT = ("Name", "Kind", "URN", "Type", "Authority", "Provider", "Settings", "In use")
SCORE = (
    *("Rating", "In words", "Assured score", "Score of what is known", "Coverage per cent"),
    *("Rating 12 months ago", "Assured score 12 months ago", "Change in 12 months"),
)
ABOUT = ("As at", "Whose evidence", "Definition version")
BANDS = {
    "red": "Red",
    "amber": "Amber",
    "green": "Green",
    "insufficient": "Insufficient evidence",
    None: "Not registered then",
}
USE = {True: "Yes", False: "No", None: "Not told"}

Table = list[list[str]]
"""The header, then the rows; every cell as it is shown."""


def table_of_csv(content: bytes) -> Table:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [[unescaped(cell) for cell in row] for row in rows]


def table_of_xlsx(content: bytes) -> Table:
    sheet = load_workbook(io.BytesIO(content))["Scorecard"]
    return [[unescaped(shown(cell)) for cell in row] for row in sheet.iter_rows()]


def shown(cell) -> str:
    """As a spreadsheet shows it by its number format, of which these files have two."""
    if cell.data_type == "f":
        raise AssertionError(f"{cell.coordinate} is a formula.")
    if cell.value is None:
        return ""
    if isinstance(cell.value, int | float):
        return {"0.0": f"{cell.value:.1f}", "0": f"{cell.value:.0f}"}[cell.number_format]
    return str(cell.value)


def unescaped(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running a text."""
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def table_of_json(content: bytes) -> Table:
    """The header is the other files': a JSON has keys instead, and nobody reads two names for one thing."""
    told = json.loads(content)
    weights = told["definition"]["weights"]
    labels = {area["code"]: area["label"] for row in told["rows"] for area in row["areas"]}
    about = [told["as_at"], told["whose"], str(told["definition"]["version"])]
    header = [*SUBJECT, *SCORE, *(labels.get(code, code) for code in weights), *ABOUT]
    return [header, *([*row_of_json(row), *about] for row in told["rows"])]


def row_of_json(row: dict) -> list[str]:
    before = row["before"] or {"band": None, "assured": ""}
    return [
        *(row["name"], row["kind"].capitalize(), row["urn"], row["provision_type"], row["authority"]),
        *(row["provider"], str(row["settings"]), USE[row["in_use"]]),
        *(
            BANDS[row["band"]],
            f"{row['band_words']}: {row['why']}",
            row["assured"],
            row["known"] or "No data",
        ),
        *(str(row["coverage"]), BANDS[before["band"]], before["assured"], row["change"] or ""),
        *(area["points"] or area["status_words"] for area in row["areas"]),
    ]


def text_of_pdf(content: bytes) -> str:
    """Every word in the order of the sheets, without spaces: a line may break anywhere in a narrow cell."""
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def missing_from_pdf(text: str, table: Table) -> list[str]:
    """The rows that are not on paper in their order, each with its figures side by side in theirs."""
    header, *rows = table
    missing, place = [], 0
    for row in rows:
        wanted = row_on_paper(dict(zip(header, row, strict=True)), text)
        found = text.find(wanted, place)
        if found < 0:
            missing.append(wanted)
        else:
            place = found + len(wanted)
    return missing


def row_on_paper(row: dict[str, str], text: str) -> str:
    """Areas that no row knows anything of have no column: one line names them."""
    names = list(row)
    areas = names[names.index("Change in 12 months") + 1 : names.index("As at")]
    silent = text.partition("Nodataonanyrow")[2].partition("Name")[0]
    shown = [area_on_paper(row[area]) for area in areas if squeezed(area) not in silent]
    assert all(row[area] == "No data" for area in areas if squeezed(area) in silent)
    about = [row["Type"], f"URN {row['URN']}" if row["URN"] else "", row["Authority"], row["Provider"]]
    about += ["in use"] if row["In use"] == "Yes" else []
    band, _, why = row["In words"].partition(": ")
    assert band == row["Rating"]
    shape, now = SHAPES[band], f"{band} {row['Assured score']}"
    was = row["Rating 12 months ago"]
    then = f"{SHAPES.get(was, '')} {was} {row['Assured score 12 months ago']} {row['Change in 12 months']}"
    cells = [row["Name"], " · ".join(filter(None, about)), shape, now, why[0].upper() + why[1:]]
    known = [row["Score of what is known"], f"over {row['Coverage per cent']}%"]
    return squeezed("".join([*cells, *known, then, *shown]))


def rows_of_page(html: str) -> tuple[list[str], Table]:
    """The labels of the areas that have a column; and each row: what stands in its cells, piece by piece."""
    root = document_fromstring(html)
    head = [cell.text_content() for cell in root.xpath("//thead//th")][3:]
    rows = []
    for row in root.xpath("//tbody/tr"):
        name, why, change, *areas = row.xpath("th|td")
        pieces = [*name.xpath("a"), *why.xpath("span"), *change.xpath("span/span"), *areas]
        rows.append([" ".join(piece.text_content().split()) for piece in pieces])
    return head, rows


def missing_from_page(html: str, table: Table) -> list[list[str]]:
    head, found = rows_of_page(html)
    header, *rows = table
    wanted = [row_on_page(dict(zip(header, row, strict=True)), head) for row in rows]
    assert len(found) == len(wanted)
    return [one for one, other in zip(wanted, found, strict=True) if one != other]


def row_on_page(row: dict[str, str], head: list[str]) -> list[str]:
    names = list(row)
    areas = names[names.index("Change in 12 months") + 1 : names.index("As at")]
    assert all(row[area] == "No data" for area in areas if area not in head)
    return [
        " ".join(row["Name"].split()),
        f"{row['Rating']} {row['Assured score']}",
        row["In words"],
        f"Coverage: {row['Coverage per cent']} of 100",
        row["Change in 12 months"] or row["Rating 12 months ago"],
        *(area_on_paper(row[area]) for area in areas if area in head),
    ]


SHAPES = {"Red": "✗", "Amber": "▲", "Green": "✓", "Insufficient evidence": "–"}


def area_on_paper(shown: str) -> str:
    """A number stands after the band that it alone would give: below 40 red, below 60 amber."""
    if not re.fullmatch(r"\d+\.\d", shown):
        return shown
    tenths = int(shown.replace(".", ""))
    return f"{'Red' if tenths < 400 else 'Amber' if tenths < 600 else 'Green'} {shown}"
