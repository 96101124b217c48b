"""Grants: what is not granted is denied, and a file that is wrong says where."""

import datetime as dt
from pathlib import Path

import pytest

from dashboard import access
from dashboard.errors import Refused

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
GRANT = {
    "issuer": '"https://id.test"',
    "subject": '"ann"',
    "role": '"trust_rows"',
    "organisation": '"RTH"',
    "agreement": '"DSA-1"',
    "expires": "2027-03-31",
}
CLAIMS = {"is_logged_in": True, "iss": "https://id.test", "sub": "ann", "exp": NOW.timestamp() + 60}


def text(**changes) -> str:
    given = {name: value for name, value in (GRANT | changes).items() if value is not None}
    return "[[grant]]\n" + "".join(f"{name} = {value}\n" for name, value in given.items())


@pytest.fixture
def read(tmp_path):
    def from_text(content: str) -> access.Access:
        path = tmp_path / "access.toml"
        path.write_text(content, encoding="utf-8")
        return access.read(path, TODAY)

    return from_text


def test_a_person_with_a_grant_sees_the_rows_of_its_organisation_and_no_other(read):
    assert access.reader(CLAIMS, read(text()), NOW).scope == ("provider", "RTH")
    of_icb = text(role='"commissioner_rows"', organisation='"QYG"')
    assert access.reader(CLAIMS, read(of_icb), NOW).scope == ("commissioner", "QYG")
    assert access.reader(CLAIMS, read(text(role='"national_reviewer"')), NOW).scope == ("all", "")


@pytest.mark.parametrize("role", ["viewer", "steward", "auditor"])
def test_a_role_without_rows_sees_none(read, role):
    reader = access.reader(CLAIMS, read(text(role=f'"{role}"')), NOW)
    assert (reader.role, reader.sees_rows, reader.scope) == (role, False, ("none", ""))


@pytest.mark.parametrize(
    "claims",
    [
        {},
        CLAIMS | {"is_logged_in": False},
        CLAIMS | {"is_logged_in": "yes"},
        CLAIMS | {"sub": "bob"},
        CLAIMS | {"iss": "https://other.test"},
        CLAIMS | {"exp": NOW.timestamp()},
        CLAIMS | {"exp": "never"},
        {name: value for name, value in CLAIMS.items() if name != "exp"},
        {name: value for name, value in CLAIMS.items() if name != "iss"},
        CLAIMS | {"sub": "bob", "role": "national_reviewer", "organisation": "RTH", "scope": "all", "groups": ["trust_rows"]},
        CLAIMS | {"sub": ["ann"]},
    ],
)
def test_whoever_was_granted_nothing_or_whose_sign_in_is_not_in_force_sees_no_rows(read, claims):
    assert not access.reader(claims, read(text()), NOW).sees_rows


def test_a_grant_ends_after_its_last_day(read):
    last, after = (dt.datetime(2027, *day, 23, tzinfo=dt.UTC) for day in ((3, 31), (4, 1)))
    claims, granted = CLAIMS | {"exp": after.timestamp() + 9}, read(text())
    assert access.reader(claims, granted, last).sees_rows
    assert not access.reader(claims, granted, after).sees_rows


def test_without_a_file_nobody_is_granted_anything(tmp_path):
    granted = access.read(tmp_path / "none.toml")
    assert not access.reader(CLAIMS, granted, NOW).sees_rows


BAD = {
    "a file that is no TOML": ("[[grant", "not a TOML file"),
    "an unknown key": ("admin = true\n", "admin is not known here"),
    "single brackets": ("[grant]\nrole = 'viewer'\n", "double brackets"),
    "an unknown field": (text(password='"x"'), "grant 1: what a grant may say is"),
    "a missing subject": (text(subject=None), "grant 1: subject is missing"),
    "an empty subject": (text(subject='" "'), "subject must be a text"),
    "an unknown role": (text(role='"admin"'), "admin is no role"),
    "no organisation": (text(organisation=None), "needs an organisation"),
    "an organisation that is no code": (text(organisation='"*"'), "needs an organisation"),
    "no agreement": (text(agreement=None), "needs an agreement"),
    "an issuer without https": (text(issuer='"id.test"'), "issuer must be"),
    "an issuer that only begins like this machine": (text(issuer='"http://localhost.evil.test"'), "issuer must be"),
    "an expiry in quotes": (text(expires='"2027-03-31"'), "expires must be a day"),
    "an expiry over 12 months away": (text(expires="2027-11-25"), "more than 12 months away"),
    "a person twice": (text() + text(role='"auditor"'), "grant 2: this issuer and subject have a grant already"),
    "a row cap that is none": ("export_rows = 0\n", "export_rows must be"),
    "a row cap of true": ("export_rows = true\n", "export_rows must be"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_with_where_and_why(read, what):
    content, words = BAD[what]
    with pytest.raises(Refused, match=words) as refused:
        read(content)
    assert "access.toml" in str(refused.value)


def test_the_row_cap_is_as_configured(read, tmp_path):
    assert read("export_rows = 20\n").export_rows == 20
    assert access.read(Path(tmp_path / "none.toml")).export_rows == access.EXPORT_ROWS
