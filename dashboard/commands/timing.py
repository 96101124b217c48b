"""`rfd bench`: how long things take beside what people would use instead."""

from importlib import import_module

from dashboard.commands.terminal import open_warehouse, show

SECTIONS = {
    "questions": (
        "Questions",
        "Each measure by provider and year (a rate by ICB) and each curve by provider, median milliseconds: asked for the first time in a process of a "
        "version that is open, its places and policies read, and again.",
    ),
    "by-hand": (
        "Questions beside what is written by hand",
        "The same questions in pandas, polars and SQLite over the same rows; ours as asked, through the gate, with distinct patients and keys.",
    ),
    "opening": (
        "Opening a version",
        "Median milliseconds: the file's sum checked, the connection, its account of itself, its places and policies; `first` in a process, and again.",
    ),
    "what-if": (
        "What-if on the Policy page",
        "Thresholds moved to where nobody had them: every question of the page asked again, one after another, and the cards made of the answers (figures, "
        "tables, words) twice, medians and 95% of once; `cpu_ms` is all of it.",
    ),
    "page": (
        "Pages",
        "In Chromium, medians: from the server's start to ready, the first and the second load, and from a choice to painted charts in view "
        "(`new`: nobody made it before; `again`: somebody did); kB of data. The plain apps draw four charts.",
    ),
    "sessions": (
        "Sessions at once",
        "Sessions without a browser over the server's own socket, each staying on its page and changing a filter every five seconds. "
        "A quarter of a second of each change is waited, so that a browser can draw what is above the fold.",
    ),
    "processes": (
        "Several processes",
        "The same sessions on one process and on two of one warehouse, each person staying with one; MB of all processes.",
    ),
    "moving": (
        "While the pointer moves",
        "The same sessions with two versions put in force in turn every five seconds; a page that told of two versions would be an error.",
    ),
    "soak": ("Soak", "Sessions that come and go: milliseconds, and megabytes of the server after each round."),
}
# the module of each, the function in it, and the options it takes beside the warehouse
WAYS = {
    "questions": ("questions", "questions", "times"),
    "by-hand": ("by_hand", "beside", "times"),
    "opening": ("opening", "opening", "times"),
    "what-if": ("what_if", "what_if", "times"),
    "page": ("repaint", "pages", "times"),
    "sessions": ("sessions", "sessions", "seconds"),
    "processes": ("processes", "processes", "seconds"),
    "moving": ("moving", "moving", "seconds"),
    "soak": ("sessions", "soak", "seconds"),
}


def bench(options) -> None:
    """Time loading, the questions, the pages in a browser, or many sessions at once, all but the first on the version in force."""
    from dashboard.bench import document

    if options.what == "loading":
        from dashboard.bench import loading

        print(document.put("Loading", loading.WORDS, loading.tables(options.millions, options.times, options.where)))
        return
    open_warehouse(options)
    told = timed(options)
    if options.format != "table":
        show(told, options.format)
        return
    print(document.put(*SECTIONS[options.what], [told]))


def timed(options):
    """The table of what the options ask to be timed."""
    module, function, taken = WAYS[options.what]
    time = getattr(import_module(f"dashboard.bench.{module}"), function)
    return time(options.warehouse, **{taken: getattr(options, taken)})
