import csv
import io
import json
import zipfile

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import export
from dashboard.dictionary import meanings
from tests.charts.tables import released, years


def test_a_csv_has_a_byte_order_mark_and_windows_line_ends_and_nothing_above_its_header():
    content = export.csv_bytes(released("denervations", years([10, None])))
    assert content.startswith(b"\xef\xbb\xbfmeasure,")
    assert content.count(b"\r\n") == 3
    assert content.replace(b"\r\n", b"").count(b"\n") == 0


def test_a_suppressed_number_is_an_empty_cell_with_its_flag_and_never_a_zero():
    frame = pd.read_csv(io.BytesIO(export.csv_bytes(released("denervations", years([10, None])))), dtype=str)
    assert frame["value"].isna().tolist() == [False, True]
    assert frame["flag"].fillna("").tolist() == ["", "suppressed"]


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
NAMES = st.one_of(TEXTS, st.tuples(st.sampled_from([*DANGEROUS, "'", '"', ",", "\r\n="]), TEXTS).map("".join))


def cells_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4), NAMES, st.floats(-9e6, 9e6))
def test_no_text_or_heading_of_any_file_begins_as_a_formula_and_numbers_stay_numbers(names, heading, number):
    answer = released("denervations", [{"place_name": name, "value": number} for name in names], title=heading)
    answer.frame.insert(0, f"={heading}", 1)
    with zipfile.ZipFile(io.BytesIO(export.zip_bytes(answer))) as archive:
        tables = [export.csv_bytes(answer), export.frame_csv(answer.frame, synthetic=True), archive.read("data.csv")]
    for head, *rows in map(cells_of_csv, tables):
        assert head[0].startswith("'=")
        at, value = head.index("place_name"), head.index("value")
        assert [row[at] for row in rows] == [f"'{name}" if name.startswith(DANGEROUS) else name for name in names]
        assert [float(row[value]) for row in rows] == [number] * len(names)
        assert not [cell for row in [head, *rows] for at, cell in enumerate(row) if cell.startswith(DANGEROUS) and at != value]


@settings(max_examples=10, deadline=None)
@given(NAMES)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(name):
    content = export.excel_bytes(released("denervations", [{"place_name": f"={name}", "value": -5}], title=f"={name}"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [one for sheet in book for line in sheet.iter_rows() for one in line]
    assert not [one for one in cells if one.data_type == "f" or one.hyperlink]


def test_a_workbook_holds_the_table_and_what_it_is_about_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(export.excel_bytes(released("denervations", [{"place_name": "=1+1", "value": 10}]))))
    header, row = ([one.value for one in line] for line in book["data"].iter_rows())
    assert dict(zip(header, row, strict=True))["place_name"] == "'=1+1"
    assert not [one for line in book["data"].iter_rows() for one in line if one.data_type == "f"]
    assert "data_version" in [one.value for one in book["about"]["A"]]


def test_a_zip_says_what_its_columns_filters_version_and_profile_are():
    answer = released("adherent", [{"value": 0.5}], synthetic=True, repeat_min_months=16)
    with zipfile.ZipFile(io.BytesIO(export.zip_bytes(answer))) as archive:
        assert sorted(archive.namelist()) == ["README.txt", "data.csv", "metadata.json"]
        told = json.loads(archive.read("metadata.json"))
        assert archive.read("data.csv") == export.csv_bytes(answer)
    assert (told["data_version"], told["profile"], told["synthetic"]) == ("v1", "hes2018_ck", True)
    assert told["filters"] == {"repeat_min_months": "16"}
    assert [one["name"] for one in told["columns"]] == list(pd.read_csv(io.BytesIO(export.csv_bytes(answer))).columns)
    described = {one["name"]: one for one in told["columns"]}
    assert described["place"] == {"name": "place", "titles": "place", "datatype": "string", "description": meanings()["place"]}
    assert (described["value"]["datatype"], described["value"]["unit"]) == ("number", "share")
    wanted = {"title", "measure", "definition", "unit", "url", "columns", "filters", "policy", "data_version", "definition_hash"}
    assert wanted | {"data_from", "data_to", "synthetic", "profile", "notes", "export_id"} == set(told)


def test_parquet_holds_the_same_table_with_what_it_is_about_and_a_small_number_as_none():
    answer = released("denervations", years([10, None]), synthetic=True)
    table = pq.read_table(io.BytesIO(export.parquet_bytes(answer)))
    assert table.column("value").to_pylist() == [10, None]
    assert table.column_names == list(export.shown(answer).columns)
    assert json.loads(table.schema.metadata[b"about"])["data_version"] == "v1"


def test_every_zip_has_an_id_of_its_own():
    answer = released("adherent", [{"value": 0.5}])
    ids = set()
    for content in (export.zip_bytes(answer), export.zip_bytes(answer)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            ids.add(json.loads(archive.read("metadata.json"))["export_id"])
    assert len(ids) == 2


def test_a_file_of_synthetic_data_says_so_in_its_name_and_in_a_column():
    answer = released("adherent", [{"value": 0.5}], synthetic=True)
    assert export.file_name(answer, "csv") == "synthetic-adherent-v1.csv"
    assert "synthetic" in export.csv_bytes(answer).decode("utf-8-sig")
    assert "synthetic" not in export.csv_bytes(released("adherent", [{"value": 0.5}])).decode("utf-8-sig")


def test_a_file_name_holds_nothing_but_letters_digits_and_dashes():
    assert (
        export.file_name(released(None, [{"value": 1}], title="Criteria met, by provider"), "csv")
        == "criteria-met-by-provider-v1.csv"
    )
