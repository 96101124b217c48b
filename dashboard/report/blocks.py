"""What a page of the pack is made of: plain values that `pack.typ` sets; nothing in them is markup."""

BREAK = {"kind": "break"}


def heading(text: str, level: int = 1) -> dict:
    """A heading: 1 for a part of the pack, 2 within it."""
    return {"kind": "heading", "text": text, "level": level}


def words(text: str, style: str = "plain") -> dict:
    """A paragraph: `plain`, `note` (small and grey) or `banner` (one nobody should miss)."""
    return {"kind": "words", "text": text, "style": style}


def bullets(lines: list[str]) -> dict:
    """A list of sentences."""
    return {"kind": "bullets", "lines": lines}


def table(head: list[str], rows: list[list[str]], widths: list[str], note: str = "", *, small: bool = False) -> dict:
    """A table; a width is a share of the page, or `auto`, and text rather than numbers when it ends in `left`."""
    return {"kind": "table", "head": head, "rows": rows, "widths": widths, "note": note, "small": small}


def figures(*each: dict, columns: int = 1) -> dict:
    """Figures, so many to a row."""
    return {"kind": "figures", "each": list(each), "columns": columns}


def figure(drawing: str, alt: str, title: str = "", below: str = "") -> dict:
    """A drawing (SVG) with its text alternative, its finding above and a sentence below."""
    return {"drawing": drawing, "alt": alt, "title": title, "below": below}
