"""The provider pack from its first page to its last."""

import secrets

from dashboard.ask import Ask
from dashboard.report.adherence import adherence
from dashboard.report.blocks import BREAK
from dashboard.report.closing import closing
from dashboard.report.cover import cover
from dashboard.report.intervals import intervals
from dashboard.report.standing import measures, trends
from dashboard.report.subject import Subject
from dashboard.report.typeset import pdf

PAGES = (cover, measures, trends, intervals, adherence, closing)


def provider_pack(ask: Ask, code: str) -> bytes:
    """The pack of a provider, as a tagged PDF; Refused for a code that no provider in the data has or had."""
    subject = Subject.of(ask, code)
    return pdf(contents(subject, secrets.token_hex(8)))


def contents(subject: Subject, export_id: str) -> dict:
    """What the pack says, before it is set."""
    about, synthetic = subject.about, "Synthetic data · " if subject.about.get("synthetic") == "true" else ""
    return {
        "title": f"{subject.name} ({subject.code})",
        "author": "Lumbar radiofrequency denervation in England",
        "description": f"{synthetic}Provider pack: lumbar radiofrequency facet joint denervation, data version {about['version']}",
        "keywords": ["radiofrequency denervation", "provider pack", subject.code, about["version"]],
        "foot": f"{synthetic}{subject.code} · data version {about['version']} · definitions {subject.definitions} · export {export_id}",
        "blocks": [block for page in PAGES for block in (BREAK, *page(subject))][1:],
    }
