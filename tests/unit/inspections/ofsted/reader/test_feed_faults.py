"""Every way a file or a row can be wrong, and the sentence that says so."""

import io
import json
import zipfile
from datetime import date

import pytest

from inspections.ofsted.reader.feed import FeedFault, RowFault, read_feed
from inspections.ofsted.reader.tables import MOST_BYTES, MOST_ROWS
from tests.unit.inspections.ofsted.building import AS_AT, HEADER, csv_bytes, read, register, row, workbook

SAVE_AS = "open it and save it as CSV (File, Save as, “CSV UTF-8”)."
TITLE = "Provider level as at 31 March 2024"


def fault(content: bytes, filename: str = "register.csv", as_at: date | None = AS_AT) -> str:
    with pytest.raises(FeedFault) as caught:
        read_feed(content, filename=filename, as_at=as_at)
    return caught.value.sentence


def package(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), part)
    return content.getvalue()


# The whole file


@pytest.mark.parametrize(
    ("content", "filename"),
    [(b"anything", "providers.ods"), (package(content_xml=b"<office/>"), "providers.csv")],
)
def test_file_fault_when_it_is_an_opendocument_spreadsheet(content, filename):
    assert fault(content, filename) == (
        f"This is an OpenDocument (.ods) spreadsheet, which is not read: {SAVE_AS}"
    )


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"%PDF-1.7", "register.pdf"),
        (b"\xd0\xcf\x11\xe0", "register.xls"),
        (b"URN,Places", "register.xlsx"),
        (b"", "csv.txt"),
        (package(word__document_xml=b"<w/>"), "register.docx"),
    ],
)
def test_file_fault_when_it_is_neither_csv_nor_workbook(content, filename):
    assert fault(content, filename) == f"This is neither a CSV file nor an Excel workbook (.xlsx): {SAVE_AS}"


def test_file_fault_when_it_is_over_20_mb():
    assert fault(b"x" * (MOST_BYTES + 1)) == "The file is over 20 MB, the most that is read."


def test_file_fault_when_it_has_too_many_rows():
    content = register(row()) + b"x\n" * MOST_ROWS
    assert fault(content) == "The file has over 50,000 rows, the most that is read."


def test_file_fault_when_it_holds_nul_bytes():
    assert fault(b"URN\nSC00\x009423\n") == f"Line 2 holds NUL bytes, so this is not a CSV file: {SAVE_AS}"


def test_file_fault_when_a_byte_order_mark_promises_utf_8_in_vain():
    content = b"\xef\xbb\xbfURN\n\nFostering \x96 North\n"
    assert fault(content) == f"Line 3 is not valid UTF-8, which the file says it is: {SAVE_AS}"


def test_file_fault_when_a_byte_means_nothing_in_either_encoding():
    assert fault(b"URN\r\nFostering \x81 North\r\n") == (
        f"Line 2 is neither UTF-8 nor Windows-1252 text: {SAVE_AS}"
    )


def test_file_fault_when_a_quotation_mark_is_left_open():
    content = register(row()) + b"SC009424,\"Children's home,24/05/2017\nSC009425,x,y\n"
    assert fault(content) == (
        "The record that starts on line 3 has a quotation mark that is not closed or not doubled, "
        "or a cell that is far too long."
    )


@pytest.mark.parametrize("content", [b"", b"\n\n\n\n\n", b"first,last\nAda,Lovelace\n"])
def test_file_fault_when_no_line_looks_like_a_header(content):
    assert fault(content) == (
        "The file is not a register: none of its lines 1 to 5 has columns for URN, provision type, "
        "registration status and local authority."
    )


def test_file_fault_when_the_header_lacks_columns():
    content = csv_bytes([[TITLE], ["URN", "Provision type", "Places"], ["SC009423", "Children's home", "4"]])
    assert fault(content) == (
        "Line 2 is the nearest to a header, but has no column for registration status and local authority."
    )


def test_file_fault_when_the_header_stands_on_line_6():
    content = register(row(), titles=["", "", "", "", ""])
    assert fault(content).startswith("The file is not a register: none of its lines 1 to 5")


def test_file_fault_when_two_columns_mean_the_same():
    header = [*HEADER, "Provider\nType"]
    assert fault(register([*row(), "x"], header=header)) == (
        "Line 1: columns 2 (“Provision type”) and 14 (“Provider Type”) mean the same; remove or rename one."
    )


def test_file_fault_when_there_are_no_rows():
    blank = [""] * len(HEADER)
    assert fault(register(blank, blank, titles=[TITLE])) == (
        "Line 2 is the header, and there are no rows below it."
    )


@pytest.mark.parametrize(
    ("title", "filename"),
    [
        ("Provider information", "register.csv"),
        ("Data for March 2023 and March 2024", "register.csv"),
        ("As at 31 February 2024", "providers_2024.csv"),
    ],
)
def test_file_fault_when_nothing_gives_one_day(title, filename):
    assert fault(register(row(), titles=[title]), filename, as_at=None) == (
        "Neither the title nor the file name gives the day the file speaks for; give it as a date "
        "(--as-at YYYY-MM-DD), or name the file like provider_at_march_2024.csv."
    )


@pytest.mark.parametrize("cut", [30, 400, -30])
def test_file_fault_when_a_workbook_is_cut_short(cut):
    content = workbook({"Providers": [HEADER, row()]})[:cut]
    assert fault(content, "list.xlsx") == f"The workbook is damaged and cannot be read: {SAVE_AS}"


def test_file_fault_when_a_workbook_unpacks_to_a_flood():
    content = package(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=bytes(101 * 1024 * 1024))
    assert len(content) < MOST_BYTES
    assert fault(content, "list.xlsx") == "The workbook unpacks to over 100 MB, the most that is read."


def test_file_fault_when_a_workbook_declares_entities():
    content = package(xl__workbook_xml=b'<!DOCTYPE lolz [<!ENTITY lol "lol">]><workbook/>')
    assert fault(content, "list.xlsx") == (
        f"The workbook holds a document type, which no workbook has: {SAVE_AS}"
    )


def test_file_fault_in_a_workbook_names_the_sheet():
    content = workbook({"Conditions": [["URN", "Local authority", "Conditions"], ["SC009423", "Kent", "x"]]})
    assert fault(content, "list.xlsx") == (
        "Sheet “Conditions”, line 1 is the nearest to a header, but has no column for provision type and "
        "registration status."
    )


def test_file_fault_in_a_workbook_when_a_sheet_beside_a_good_one_is_ambiguous():
    content = workbook(
        {"Providers": [HEADER, row()], "SA Providers": [[*HEADER, "Ofsted URN"], row(urn="SC009424")]}
    )
    assert fault(content, "list.xlsx") == (
        "Sheet “SA Providers”, line 1: columns 1 (“URN”) and 14 (“Ofsted URN”) mean the same; remove or rename one."
    )


def test_workbook_says_which_sheets_are_not_a_register():
    sheets = {"Notes": [["Read me"]], "Providers": [HEADER, row()], "Conditions": [["URN", "Conditions"]]}
    feed = read_feed(workbook(sheets), filename="list.xlsx", as_at=AS_AT)
    assert feed.left_out == (
        "Sheet “Notes” is not a register: none of its lines 1 to 5 has columns for URN, provision type, "
        "registration status and local authority.",
        "Sheet “Conditions”, line 1 is the nearest to a header, but has no column for provision type, "
        "registration status and local authority.",
    )


# The day


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Provider level as at 31 March 2024", date(2024, 3, 31)),
        ("England 2022 - Provider level as at March 2022", date(2022, 3, 31)),
        ("Providers as at 29th February 2024, published 4 July 2024", date(2024, 2, 29)),
        ("Table 3 - September 2021", date(2021, 9, 30)),
        ("Providers as at 31/08/2018", date(2018, 8, 31)),
    ],
)
def test_day_comes_from_the_title(title, day):
    feed = read_feed(register(row(), titles=[title]), filename="provider_at_march_2019.csv")
    assert (feed.as_at, feed.as_at_source) == (day, "title")


@pytest.mark.parametrize(
    ("filename", "day"),
    [
        ("provider_at_march_2019.csv", date(2019, 3, 31)),
        ("Providers-as-at-31-Aug-2018_published_4_july_2018.csv", date(2018, 8, 31)),
        ("2021-03-30_providers.csv", date(2021, 3, 30)),
        ("folder/march2020.csv", date(2020, 3, 31)),
    ],
)
def test_day_comes_from_the_file_name_when_the_title_has_none(filename, day):
    feed = read_feed(register(row(), titles=["Provider information"]), filename=filename)
    assert (feed.as_at, feed.as_at_source) == (day, "file name")


def test_day_that_is_given_wins():
    feed = read_feed(register(row(), titles=[TITLE]), filename="march_2019.csv", as_at=date(2020, 1, 1))
    assert (feed.as_at, feed.as_at_source) == (date(2020, 1, 1), "given")


# One row


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"urn": "SC12345"},
            "Line 3: “SC12345” is not a URN, which is SC and six digits, or five to seven digits.",
        ),
        (
            {"urn": "12345678"},
            "Line 3: “12345678” is not a URN, which is SC and six digits, or five to seven digits.",
        ),
        ({"urn": "  "}, "Line 3: there is no URN."),
        ({"urn": "XXXXXXX"}, "Line 3: “XXXXXXX” means a service without a URN."),
        ({"urn": "NotRec"}, "Line 3: “NotRec” means a service without a URN."),
        ({"urn": "UNKNOWN"}, "Line 3: “UNKNOWN” means a service without a URN."),
        (
            {"registered": "31/02/2020"},
            "Line 3: the registration date “31/02/2020” is not a date written dd/mm/yyyy.",
        ),
        (
            {"inspected": "03/13/2024"},
            "Line 3: the latest inspection date “03/13/2024” is not a date written dd/mm/yyyy.",
        ),
        (
            {"published": "soon"},
            "Line 3: the latest inspection's publication date “soon” is not a date written dd/mm/yyyy.",
        ),
        (
            {"registered": "01/04/0219"},
            "Line 3: the registration date “01/04/0219” is not a date written dd/mm/yyyy.",
        ),
        ({"places": "four"}, "Line 3: the number of places “four” is not a whole number up to 10,000."),
        ({"places": "-4"}, "Line 3: the number of places “-4” is not a whole number up to 10,000."),
        ({"places": "4.5"}, "Line 3: the number of places “4.5” is not a whole number up to 10,000."),
        ({"places": "10001"}, "Line 3: the number of places “10001” is not a whole number up to 10,000."),
    ],
)
def test_row_fault_leaves_the_other_rows(cells, sentence):
    feed = read(row(), row(**{"urn": "SC009424"} | cells), row(urn="SC009425"))
    assert [one.urn for one in feed.rows] == ["SC009423", "SC009425"]
    assert feed.refused == (RowFault(3, cells.get("urn", "SC009424"), sentence),)


def test_row_fault_when_a_urn_stands_twice_keeps_the_first():
    feed = read(row(places="4"), row(urn="sc009423", places="5"))
    assert [one.places for one in feed.rows] == [4]
    assert [one.sentence for one in feed.refused] == [
        "Line 3: the URN SC009423 is already on line 2.",
    ]


def test_row_fault_when_a_comma_too_many_has_moved_the_cells():
    header = [*HEADER, "", "", ""]
    shifted = [*row(urn="SC009424"), "Good", ""]
    feed = read(row(), shifted, header=header)
    assert [one.sentence for one in feed.refused] == [
        "Line 3: the row has more cells than the header's 13 columns.",
    ]


def test_row_fault_in_a_workbook_names_the_sheet():
    content = workbook({"Providers": [HEADER, row()], "SA Providers": [HEADER, row()]})
    feed = read_feed(content, filename="list.xlsx", as_at=AS_AT)
    assert [one.sentence for one in feed.refused] == [
        "Sheet “SA Providers”, line 2: the URN SC009423 is already on sheet “Providers”, line 2.",
    ]


def test_row_fault_line_is_right_below_a_cell_with_newlines():
    feed = read(row(name="Two\nlines\r\nand three"), row(urn="x"))
    assert [one.line for one in feed.rows] == [2]
    assert [one.line for one in feed.refused] == [5]


# What is odd and yet not wrong


def test_row_without_an_inspection_when_the_grade_is_blank():
    blank = {"event_type": "", "inspected": "", "published": "", "event": "", "grade": ""}
    assert read(row(**blank)).rows[0].latest is None


@pytest.mark.parametrize(
    "words",
    ["Not yet inspected", "Not provided as service is inspected as part of the ILACS inspection"],
)
def test_row_without_an_inspection_when_words_stand_in_its_cells(words):
    one = read(row(event="", inspected=words, published=words, grade=words)).rows[0]
    assert (one.latest, one.not_graded) == (None, words)


def test_row_keeps_a_grade_that_is_no_longer_given():
    assert read(row(grade="Adequate")).rows[0].latest.grade == "Adequate"


@pytest.mark.parametrize("owner", ["0", "01/04/2019", "", "Fellside  Care LTD"])
def test_row_keeps_its_owner_as_published(owner):
    assert read(row(owner=owner)).rows[0].raw["Organisation which owns the provider"] == owner


def test_row_that_is_short_has_blank_cells_at_its_end():
    one = read(row()[:7]).rows[0]
    assert (one.places, one.owner, one.latest) == (4, "", None)


def test_rows_with_types_in_two_spellings_are_one_type():
    kinds = ["Children's Home", "Children's home", "Children's home"]
    feed = read(*(row(urn=f"SC00942{number}", kind=kind) for number, kind in enumerate(kinds)))
    assert {one.provision_type for one in feed.rows} == {"Children's home"}
    assert feed.rows[0].raw["Provision type"] == "Children's Home"


def test_columns_that_are_misspelt_are_recognised():
    header = [heading.replace("Organisation", "Organistion").replace("Places", "Place") for heading in HEADER]
    feed = read(row(), header=header)
    assert (feed.unknown_columns, feed.rows[0].owner, feed.rows[0].places) == ((), "Fellside Care Ltd", 4)


def test_columns_that_are_unknown_are_named_and_kept():
    feed = read([*row(), "wet", "Good"], header=[*HEADER, "Weather", f"Interim {HEADER[-1].lower()}"])
    # One word more than a known heading is another column, not a misspelling of it.
    assert feed.unknown_columns == ("Weather", f"Interim {HEADER[-1].lower()}")
    assert feed.rows[0].raw["Weather"] == "wet"


def test_columns_that_nearly_name_a_field_leave_it_to_the_one_that_does():
    feed = read([*row(), "Lancashire", "England"], header=[*HEADER, "County", "Country"])
    assert (feed.rows[0].address, feed.unknown_columns) == (("Lancashire",), ("Country",))


def test_columns_about_enforcement_are_gathered():
    header = [*HEADER, "Emergency suspension date", "Enforcement action"]
    assert read([*row(), "01/02/2024", ""], header=header).rows[0].enforcement == {
        "Emergency suspension date": "01/02/2024"
    }


def test_columns_below_a_title_row_belong_to_its_groups():
    titles = ["Provider information", *[""] * 12, "Previous full inspection", ""]
    content = csv_bytes([titles, [*HEADER, "Event number", "Inspection date"], [*row(), "77", "01/02/2023"]])
    previous = read_feed(content, filename="register.csv", as_at=AS_AT).rows[0].previous
    assert (previous.event_number, previous.inspected_on) == ("77", date(2023, 2, 1))


def test_workbook_cells_are_read_by_their_type():
    cells = [
        2590934,
        "Children's home",
        date(2017, 5, 24),
        "Active",
        "",
        "Kent",
        4.0,
        "Beckstone Homes Limited",
    ]
    feed = read_feed(workbook({"Providers": [HEADER, cells]}), filename="list.xlsx", as_at=AS_AT)
    one = feed.rows[0]
    assert (one.urn, one.registered_on, one.places, one.sheet) == (
        "2590934",
        date(2017, 5, 24),
        4,
        "Providers",
    )
    assert one.raw["Registration date"] == "2017-05-24"


def test_workbook_with_a_stray_cell_on_the_last_line_is_read():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(HEADER)
    book.active.append(row())
    book.active.cell(1_048_576, 1).value = " "
    content = io.BytesIO()
    book.save(content)
    feed = read_feed(content.getvalue(), filename="list.xlsx", as_at=AS_AT)
    assert (len(feed.rows), feed.refused) == (1, ())


# Awkward text


def test_csv_spectrum_cells_come_through_as_they_are(shared_data):
    for path in sorted((shared_data / "csv_spectrum" / "json").glob("*.json")):
        cells = [cell for record in json.loads(path.read_text()) for cell in record.values()]
        rows = [row(urn=f"25909{number:02}", name=cell) for number, cell in enumerate(cells)]
        assert [one.raw["Name"] for one in read(*rows).rows] == cells, path.name


def test_csv_spectrum_files_have_no_header(shared_data):
    for path in sorted((shared_data / "csv_spectrum" / "csvs").glob("*.csv")):
        assert fault(path.read_bytes()).startswith("The file is not a register: none of its lines 1 to 5"), (
            path.name
        )


def test_naughty_strings_come_through_as_they_are(shared_data):
    naughty = json.loads((shared_data / "attack" / "blns.json").read_text())
    naughty += (shared_data / "attack" / "csv-payload.txt").read_text().splitlines()
    rows = [
        row(urn=str(2_500_000 + number), name=text, owner=text, grade=text)
        for number, text in enumerate(naughty)
    ]
    feed = read(*rows)
    assert feed.refused == ()
    assert [one.raw["Name"] for one in feed.rows] == naughty


@pytest.mark.parametrize("field", ["urn", "places", "registered", "inspected"])
def test_naughty_strings_are_refused_where_a_number_or_day_belongs(shared_data, field):
    naughty = json.loads((shared_data / "attack" / "blns.json").read_text())
    rows = [row(**{"urn": str(2_500_000 + number), field: text}) for number, text in enumerate(naughty)]
    feed = read(*rows)
    assert len(feed.rows) + len(feed.refused) == len(naughty)
    assert len(feed.refused) > 400
