"""The provider pack, made by the command line and read back as a PDF."""

import io
import re
from datetime import date

import pypdf
import pytest

from dashboard.ask import Ask
from dashboard.charts.words import number
from dashboard.metrics import METRICS
from dashboard.report.pack import PAGES, provider_pack
from dashboard.report.subject import Subject, limits
from dashboard.warehouse import Warehouse
from tests.ask.tiny import Tiny
from tests.worked.command import run

CANARY = "CANARY-5520"


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text(pages) -> str:
    """The words of pages, with one space between them."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.fixture(scope="module")
def ask(demo_warehouse) -> Ask:
    return Ask(Warehouse(demo_warehouse))


@pytest.fixture(scope="module")
def largest(ask) -> str:
    frame = ask.counts(METRICS["denervations"], by="provider", period="all").frame
    return frame.sort_values("value").dropna(subset=["value"])["place"].iloc[-1]


@pytest.fixture(scope="module")
def smallest(ask) -> str:
    frame = ask.counts(METRICS["denervations"], by="provider", period="all").frame
    return frame[frame["value"].isna()]["place"].iloc[0]


@pytest.fixture(scope="module")
def packed(demo_warehouse, largest, tmp_path_factory) -> pypdf.PdfReader:
    """The pack of the largest provider, by the command line."""
    path = tmp_path_factory.mktemp("pack") / "pack.pdf"
    status, out, err = run("report", "--provider", largest.lower(), "--out", path, "--warehouse", demo_warehouse)
    assert (status, out.strip()) == (0, str(path)), err
    return read(path.read_bytes())


def structure(element, found=None) -> list[dict]:
    """Every element of a PDF's structure tree."""
    found = [] if found is None else found
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            found.append(kid)
            structure(kid, found)
    return found


def test_a_pack_has_six_pages_of_a4_a_title_a_language_and_says_that_it_is_accessible(packed, ask, largest):
    assert len(packed.pages) == len(PAGES) == 6
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in packed.pages} == {(595, 842)}
    root = packed.trailer["/Root"]
    assert root["/Lang"] == "en-GB" and root["/MarkInfo"]["/Marked"]
    assert packed.metadata.title == f"{dict(ask.places('provider'))[largest]} ({largest})"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_its_tags_are_headings_tables_with_headers_and_figures_that_each_have_a_text(packed):
    elements = structure(packed.trailer["/Root"]["/StructTreeRoot"])
    kinds = [one["/S"] for one in elements]
    assert kinds.count("/H1") == 6 and "/H2" in kinds
    assert kinds.count("/Table") == kinds.count("/THead") >= 8
    assert kinds.count("/TH") > kinds.count("/Table")
    figures = [one for one in elements if one["/S"] == "/Figure"]
    assert len(figures) >= 5 and all(len(one["/Alt"]) > 20 for one in figures)


def test_its_charts_are_drawn_and_not_pictures_of_points(packed):
    assert not [image for page in packed.pages for image in page.images]


def test_it_says_the_numbers_of_the_released_tables(packed, ask, largest):
    subject, said = Subject.of(ask, largest), text(packed.pages)
    told = subject.measures.frame.dropna(subset=["value"])
    assert len(told) > 5
    for row in told.to_dict("records"):
        for words in (limits(row), number(row["england"], "share"), number(row["denominator"], "count")):
            assert words in said, (row["measure"], words)
    by_year = subject.ask.counts(METRICS["denervations"], period="year").frame
    assert all(
        f"{year} {number(value, 'count')} " in said for year, value in by_year.set_index("period")["value"].tail(8).items()
    )


def test_every_foot_names_the_version_the_definitions_and_one_export_id_and_no_two_packs_share_it(packed, ask, largest):
    about = ask.about
    foots = [re.search(r"data version (\S+) · definitions (\S+) · export (\w{16})", text([page])) for page in packed.pages]
    assert {one.groups()[:2] for one in foots} == {(about["version"], about["definition_hash"])}
    assert len({one[3] for one in foots}) == 1
    assert foots[0][3] not in text(read(provider_pack(ask, largest)).pages[:1])


def test_synthetic_data_is_said_on_the_cover_and_on_every_foot(packed):
    assert "Nobody in it exists" in text(packed.pages[:1])
    assert all("Synthetic data ·" in text([page]) for page in packed.pages)


def test_a_tiny_provider_has_a_pack_of_six_pages_whose_hidden_numbers_are_stars_with_the_reason(ask, smallest):
    pages = read(provider_pack(ask, smallest)).pages
    assert len(pages) == 6
    assert "Suppressed: 1 to 7 patients or events" in text(pages)
    assert "*" in text(pages[:1])


def test_a_provider_with_nothing_in_the_chosen_years_is_told_so(ask, largest):
    tiny = Tiny()
    tiny.add("blocks", "Ann", date(2014, 6, 1))
    pages = read(provider_pack(tiny.released(from_="2022/23"), "RTH")).pages
    assert len(pages) == 6
    for words in ("no number about this provider that can be shown", "No course of this provider can be judged"):
        assert words in text(pages)


def test_a_closed_code_gives_the_pack_of_its_successor(ask):
    assert Subject.of(ask, "ZP9").code == "ZA5"
    assert "took over ZP9" in text(read(provider_pack(ask, "ZP9")).pages[:1])


def test_a_code_that_no_provider_has_is_refused_and_nothing_is_written(demo_warehouse, tmp_path):
    status, out, err = run("report", "--provider", "QQQ", "--out", tmp_path / "pack.pdf", "--warehouse", demo_warehouse)
    assert (status, out) == (2, "")
    assert "QQQ: no provider in this data has this code" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "option", [("--from", "1999/00"), ("--policy", "nonsense"), ("--peers", "the best"), ("--set", "min_blocks=9")]
)
def test_a_choice_there_is_not_is_refused(demo_warehouse, largest, tmp_path, option):
    path = tmp_path / "pack.pdf"
    status, _, err = run("report", "--provider", largest, "--out", path, "--warehouse", demo_warehouse, *option)
    assert status == 2, err
    assert not path.exists()


def test_a_folder_that_is_not_there_is_refused(demo_warehouse, largest, tmp_path):
    status, _, err = run("report", "--provider", largest, "--out", tmp_path / "no" / "x.pdf", "--warehouse", demo_warehouse)
    assert status == 2 and "no such folder" in err


def test_another_policy_is_announced_on_the_cover(ask, largest):
    said = text(read(provider_pack(ask.on(policy="local", repeat_min_months=16), largest)).pages[:1])
    assert "Not the reference policy: each commissioner's own, by date; set by hand: repeat min months 16." in said


def test_a_pack_of_some_people_says_whom_it_is_about(ask, largest):
    def said(**chosen) -> str:
        return text(read(provider_pack(ask.on(**chosen), largest)).pages[:1])

    assert "only people who are female and aged 50-59" in said(sex="2", age_band="50-59")
    assert "volumes of the broad cohort; everyone" in said(cohort="broad")


def test_no_person_of_the_rows_is_in_a_pack():
    tiny = Tiny()
    for table in ("denervations", "blocks", "courses", "index_blocks"):
        for n in range(30):
            tiny.add(table, f"{CANARY}-{n}", date(2020, 6, 1 + n % 28))
    content = provider_pack(tiny.released(), "RTH")
    assert CANARY not in text(read(content).pages) and CANARY.encode() not in content


def test_markup_in_a_name_is_set_as_it_is(ask, largest, monkeypatch):
    monkeypatch.setattr(Subject, "name", property(lambda self: "#panic(1) <b>*A & B*</b> $x$"))
    assert "#panic(1) <b>*A & B*</b> $x$" in text(read(provider_pack(ask, largest)).pages[:1])
