"""Who may see rows: grants kept on the server, by issuer and subject. What is not granted is denied; a claim grants nothing."""

import datetime as dt
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from dashboard.errors import Refused

SCOPES = {"trust_rows": "provider", "commissioner_rows": "commissioner", "national_reviewer": "all"}
ROLES = ("viewer", *SCOPES, "steward", "auditor")
NOBODY = ("none", "")
REPORTS = {"steward": "refusals", "auditor": "log"}
LONGEST = dt.timedelta(days=366)
EXPORT_ROWS = 500


@dataclass(frozen=True)
class Grant:
    """One person's role at one organisation, under an agreement, until a day."""

    issuer: str
    subject: str
    role: str
    expires: dt.date
    organisation: str = ""
    agreement: str = ""


@dataclass(frozen=True)
class Access:
    """Every grant by issuer and subject, and how many courses one export may hold."""

    grants: dict[tuple[str, str], Grant] = field(default_factory=dict)
    export_rows: int = EXPORT_ROWS


@dataclass(frozen=True)
class Reader:
    """Somebody who looks, and what they may see; without a grant, or after its last day (`until`), a viewer, who sees no rows."""

    who: str = ""
    role: str = "viewer"
    organisation: str = ""
    agreement: str = ""
    until: dt.date | None = None

    @property
    def scope(self) -> tuple[str, str]:
        """The rows that may be seen: ("provider", code), ("commissioner", code), ("all", "") or none."""
        kind = SCOPES.get(self.role)
        if kind is None:
            return NOBODY
        return kind, "" if kind == "all" else self.organisation

    @property
    def ended(self) -> bool:
        """Whether there was a grant whose last day is past."""
        return self.until is not None and self.until < _now().date()

    @property
    def sees_rows(self) -> bool:
        """Whether any row may be seen."""
        return self.scope != NOBODY

    def may_open(self, page: str) -> bool:
        """Whether a page that is not for everybody is for this reader: episodes, refusals or log."""
        return self.sees_rows if page == "episodes" else REPORTS.get(self.role) == page


ANYONE = Reader()


def place() -> Path:
    """The file of grants: where `RFD_ACCESS` says, else access.toml in the folder the server runs in."""
    return Path(os.environ.get("RFD_ACCESS") or "access.toml")


def read(path: Path | None = None, today: dt.date | None = None) -> Access:
    """The grants of a file, none when there is no file; Refused, saying which grant and why, for a bad one."""
    path = path or place()
    if not path.exists():
        return Access()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: not a TOML file that can be read ({error})") from error
    unknown = set(content) - {"grant", "export_rows"}
    if unknown:
        raise Refused(f"{path}: {', '.join(sorted(unknown))} is not known here; there are [[grant]] and export_rows")
    rows = content.get("export_rows", EXPORT_ROWS)
    if type(rows) is not int or not 1 <= rows <= 100_000:
        raise Refused(f"{path}: export_rows must be a whole number from 1 to 100000")
    return Access(_grants(path, content.get("grant", []), today or _now().date()), rows)


def reader(claims: Mapping, access: Access, now: dt.datetime | None = None) -> Reader:
    """Who the claims of a sign-in are and what they were granted; a viewer when nothing, or nothing still in force, was."""
    now = now or _now()
    if not in_force(claims, now):
        return ANYONE
    key = (claims["iss"], claims["sub"])
    who = f"{claims['sub']} @ {claims['iss']}"
    grant = access.grants.get(key)
    if grant is None:
        return Reader(who)
    if grant.expires < now.date():
        return Reader(who, until=grant.expires)
    return Reader(who, grant.role, grant.organisation, grant.agreement, grant.expires)


def in_force(claims: Mapping, now: dt.datetime | None = None) -> bool:
    """Whether claims are a sign-in that says who it is and has not ended."""
    named = all(isinstance(claims.get(name), str) and claims[name] for name in ("iss", "sub"))
    until = claims.get("exp")
    timed = isinstance(until, int | float) and until > (now or _now()).timestamp()
    return claims.get("is_logged_in") is True and named and timed


def _grants(path: Path, listed: list, today: dt.date) -> dict[tuple[str, str], Grant]:
    if not isinstance(listed, list):
        raise Refused(f"{path}: write each grant under [[grant]], in double brackets")
    grants: dict[tuple[str, str], Grant] = {}
    for number, given in enumerate(listed, 1):
        grant = _grant(f"{path}: grant {number}", given, today)
        if (grant.issuer, grant.subject) in grants:
            raise Refused(f"{path}: grant {number}: this issuer and subject have a grant already; one person has one")
        grants[grant.issuer, grant.subject] = grant
    return grants


def _grant(where: str, given: dict, today: dt.date) -> Grant:
    """One checked grant; Refused, saying what is wrong with it."""
    known = {one.name for one in fields(Grant)}
    if not isinstance(given, dict) or set(given) - known:
        raise Refused(f"{where}: what a grant may say is {', '.join(sorted(known))}")
    missing = {"issuer", "subject", "role", "expires"} - set(given)
    if missing:
        raise Refused(f"{where}: {', '.join(sorted(missing))} is missing")
    wrong = [name for name, value in given.items() if name != "expires" and not (isinstance(value, str) and value.strip())]
    if wrong:
        raise Refused(f"{where}: {wrong[0]} must be a text that is not empty")
    if type(given["expires"]) is not dt.date:
        raise Refused(f"{where}: expires must be a day, written without quotes: 2027-03-31")
    grant = Grant(**given)
    _check(where, grant, today)
    return grant


def _check(where: str, grant: Grant, today: dt.date) -> None:
    if grant.role not in ROLES:
        raise Refused(f"{where}: {grant.role} is no role; there are {', '.join(ROLES)}")
    if grant.expires - today > LONGEST:
        raise Refused(f"{where}: expires {grant.expires} is more than 12 months away")
    if not re.match(r"https://|http://(localhost|127\.0\.0\.1)[:/]", grant.issuer):
        raise Refused(f"{where}: issuer must be the https:// address that the provider puts in its tokens")
    if SCOPES.get(grant.role) in ("provider", "commissioner") and not re.fullmatch(r"[A-Z0-9]{3,6}", grant.organisation):
        raise Refused(f"{where}: {grant.role} needs an organisation: the code of one {SCOPES[grant.role]}, as RTH")
    if grant.role in SCOPES and not grant.agreement:
        raise Refused(f"{where}: {grant.role} needs an agreement: the reference of the data-sharing agreement")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
