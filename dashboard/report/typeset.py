"""Blocks as a tagged PDF."""

import json
from pathlib import Path

import font_lato
import typst

LOOK = Path(__file__).with_name("pack.typ")
FONT = Path(font_lato.__file__).parent / "files"


def pdf(pack: dict) -> bytes:
    """A PDF/UA-1 of a pack: title, author, description, keywords, foot and blocks.

    Only the font that comes with the product is used, so that pages break alike on every machine. The standard is
    enforced while it is set: a picture without a text alternative, or a heading that skips a level, is an error.
    """
    return typst.compile(
        LOOK.read_bytes(), format="pdf", font_paths=[FONT], ignore_system_fonts=True, pdf_standards=["ua-1"],
        sys_inputs={"pack": json.dumps(pack)},
    )  # fmt: skip
