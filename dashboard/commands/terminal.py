"""What every command shares: what it says to the person, what it prints for a pipe, the warehouse it was told of."""

import json
import sys

import pandas as pd

NOT_FOR_RELEASE = "exact figures: not for release outside the team that holds the data"


def say(words: str) -> None:
    """A line for the person, never for a pipe."""
    print(words, file=sys.stderr)


def progress(words: str) -> None:
    """A line of progress, only on a terminal."""
    if sys.stderr.isatty():
        say(f"… {words}")


def show(frame: pd.DataFrame, style: str) -> None:
    """Print a table to stdout: aligned, CSV or JSON; a day is ISO, an empty cell is empty, a yes or no is true or false."""
    text = frame.copy()
    for column in text.columns:
        if text[column].dtype == bool or pd.api.types.is_bool_dtype(text[column].dtype):
            text[column] = text[column].map({True: "true", False: "false"}, na_action="ignore")
        elif pd.api.types.is_float_dtype(text[column].dtype) and (text[column].dropna() % 1 == 0).all():
            text[column] = text[column].astype("Int64")
        elif pd.api.types.is_datetime64_any_dtype(text[column].dtype):
            text[column] = text[column].dt.strftime("%Y-%m-%d")
    if style == "csv":
        sys.stdout.write(text.to_csv(index=False, lineterminator="\n"))
    elif style == "json":
        sys.stdout.write(json.dumps(json.loads(text.to_json(orient="records")), indent=1) + "\n")
    else:
        text = text.astype(object).where(text.notna(), "")
        sys.stdout.write(text.to_string(index=False) + "\n" if len(text) else "(no rows)\n")


def open_warehouse(options):
    """The warehouse of the options, and a process made ready for its answers."""
    from dashboard.warehouse import Warehouse, for_small_tables

    for_small_tables()
    warehouse = Warehouse(options.warehouse)
    if warehouse.banner:
        say(warehouse.banner)
    return warehouse
