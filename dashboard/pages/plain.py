"""A table of texts and whole numbers that is no released answer: rules, codes, policies, what stewards and auditors read."""

import html

import pandas as pd


def plain(rows: pd.DataFrame | list[dict], caption: str) -> str:
    """The table as HTML with its caption, in a frame that scrolls and that the keyboard reaches."""
    named = pd.DataFrame(rows).rename(columns=heading)
    made = named.to_html(index=False, border=0, na_rep="").replace(
        "<thead>", f"<caption><span>{html.escape(caption)}</span></caption><thead>", 1
    )
    return f"<div class='rfd-table' role='region' tabindex='0' aria-label='{html.escape(caption, quote=True)}'>{made}</div>"


def heading(name: str) -> str:
    """A column's name as words; one of several words or in capitals is left as it is, with the parameters that stand in it."""
    return name if " " in name or name.isupper() else name.replace("_", " ").capitalize()
