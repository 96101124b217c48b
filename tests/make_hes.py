"""HES-shaped files from a few words per row, for tests that go through the real loader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

PROCEDURES = [f"OPERTN_{n:02d}" for n in range(1, 25)]
PROCEDURE_DATES = [f"OPDATE_{n:02d}" for n in range(1, 25)]
DIAGNOSES = [f"DIAG_{n:02d}" for n in range(1, 21)]
APC = [
    "FYEAR", "EPIKEY", "TOKEN_PERSON_ID", "ADMIDATE", "DISDATE", "EPISTART", "EPIEND", "EPIORDER", "EPISTAT",
    "STARTAGE", "SEX", "ADMIMETH", "ADMINCAT", "CLASSPAT", "DISMETH", "PROCODE3", "PROCODET", "SITETRET",
    "CCG_RESPONSIBILITY", "CCG_RESIDENCE", "STP_RESPONSIBILITY", "SUSSPELLID", "TRETSPEF",
    *PROCEDURES, *PROCEDURE_DATES, *DIAGNOSES,
]  # fmt: skip
OUTPATIENT = [
    "FYEAR", "ATTENDKEY", "TOKEN_PERSON_ID", "APPTDATE", "ATTENDED", "TRETSPEF", "PROCODET", "SEX", "OPERTN_01"
]  # fmt: skip
DEATHS = ["TOKEN_PERSON_ID", "DATE_OF_DEATH"]
ORDINARY = {
    "EPIORDER": "1", "EPISTAT": "3", "STARTAGE": "50", "SEX": "1", "ADMIMETH": "11", "ADMINCAT": "01",
    "CLASSPAT": "2", "DISMETH": "1", "STP_RESPONSIBILITY": "QKK", "TRETSPEF": "191",
}  # fmt: skip
FIRST_EPIKEY = 100_000_000_001


def financial_year(day: date) -> str:
    """The HES name of the financial year that holds the day: 2023-05-02 is in `2324`."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first % 100:02d}{(first + 1) % 100:02d}"


def episode(person: str, day: str, procedures: str = "", diagnoses: str = "M545", **columns: str) -> dict[str, str]:
    """One finished day-case episode of an NHS adult; codes are words, columns override anything."""
    dates = dict.fromkeys(("ADMIDATE", "DISDATE", "EPISTART", "EPIEND"), day)
    row = dict.fromkeys(APC, "") | ORDINARY | dates | {"TOKEN_PERSON_ID": person, "PROCODE3": "RTH"}
    row |= dict(zip(PROCEDURES, procedures.split(), strict=False))
    row |= {f"OPDATE_{n:02d}": day for n, _ in enumerate(procedures.split(), start=1)}
    row |= dict(zip(DIAGNOSES, diagnoses.split(), strict=False)) | columns
    return row | {"FYEAR": row["FYEAR"] or financial_year(date.fromisoformat(row["EPIEND"] or day))}


def numbered(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same rows, each with an `EPIKEY` of its own where it has none."""
    return [row | {"EPIKEY": row["EPIKEY"] or str(FIRST_EPIKEY + n)} for n, row in enumerate(rows)]


def appointment(person: str, day: str, **columns: str) -> dict[str, str]:
    """One attended physiotherapy appointment."""
    row = {"TOKEN_PERSON_ID": person, "APPTDATE": day, "ATTENDED": "5", "TRETSPEF": "650", "PROCODET": "RTH"}
    return dict.fromkeys(OUTPATIENT, "") | row | {"FYEAR": financial_year(date.fromisoformat(day))} | columns


def death(person: str, day: str) -> dict[str, str]:
    """One line of a deaths file."""
    return {"TOKEN_PERSON_ID": person, "DATE_OF_DEATH": day}


def _write(path: Path, columns: list[str], rows: list[dict[str, str]], delimiter: str) -> Path:
    lines = [delimiter.join(columns)] + [delimiter.join(row[column] for column in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_apc(path: Path, rows: list[dict[str, str]], *, without: tuple[str, ...] = ()) -> Path:
    """Write admitted patient care in the DARS shape (pipes, one header line), less the columns named."""
    return _write(path, [column for column in APC if column not in without], numbered(rows), "|")


def write_op(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write outpatient appointments in the DARS shape; every row gets an `ATTENDKEY`."""
    keyed = [row | {"ATTENDKEY": row["ATTENDKEY"] or str(FIRST_EPIKEY + n)} for n, row in enumerate(rows)]
    return _write(path, OUTPATIENT, keyed, "|")


def write_deaths(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write a deaths file: a person and a date, comma separated."""
    return _write(path, DEATHS, rows, ",")


SUS = {
    "Der_Financial_Year": "FYEAR", "APCE_Ident": "EPIKEY", "Der_Pseudo_NHS_Number": "TOKEN_PERSON_ID", "Admission_Date": "ADMIDATE",
    "Discharge_Date": "DISDATE", "Episode_Start_Date": "EPISTART", "Episode_End_Date": "EPIEND", "Episode_Number": "EPIORDER",
    "Der_Age_at_CDS_Activity_Date": "STARTAGE", "Sex": "SEX", "Admission_Method": "ADMIMETH", "Administrative_Category": "ADMINCAT",
    "Patient_Classification": "CLASSPAT", "Discharge_Method": "DISMETH", "Der_Provider_Code": "PROCODE3", "APCS_Ident": "SUSSPELLID",
    "STP_Responsibility": "STP_RESPONSIBILITY", "Der_Postcode_CCG_Code": "CCG_RESIDENCE",
}  # fmt: skip


def write_sus(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write admitted patient care as SUS+ has it: comma separated, all codes of an episode in one quoted column."""
    lines = [",".join([*SUS, "Der_Procedure_All", "Der_Diagnosis_All", "EBI_Flag"])]
    for row in numbered(rows):
        procedures, diagnoses = ([row[name] for name in names if row[name]] for names in (PROCEDURES, DIAGNOSES))
        codes = [f'"||{" ,".join(procedures)}"', f'"||{"||".join(diagnoses)}"' if diagnoses else "NULL"]
        year = f"20{row['FYEAR'][:2]}/{row['FYEAR'][2:]}"
        lines.append(",".join([year, *(row[ours] for ours in list(SUS.values())[1:]), *codes, row.get("EBI_FLAG", "")]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
