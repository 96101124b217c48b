"""`rfd bench`: how long things take beside what people would use instead."""

from dashboard.commands.terminal import open_warehouse, show

SECTIONS = {
    "questions": (
        "Questions",
        "Each measure by provider and year (a rate by ICB), median milliseconds: asked of a version for the first time in a process, and again.",
    ),
    "by-hand": (
        "Questions beside what is written by hand",
        "The same questions in pandas, polars and SQLite over the same rows; ours as asked, through the gate, with distinct patients and keys.",
    ),
    "page": (
        "Pages",
        "In Chromium, medians: from the server's start to ready, the first and the second load, and from a choice to painted charts in view "
        "(`new`: nobody made it before; `again`: somebody did); kB of data. The plain apps draw four charts.",
    ),
    "sessions": (
        "Sessions at once",
        "Sessions without a browser over the server's own socket, each changing a filter every five seconds.",
    ),
    "soak": ("Soak", "Sessions that come and go: milliseconds, and megabytes of the server after each round."),
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
    if options.what == "page":
        from dashboard.bench.repaint import pages

        return pages(options.warehouse, options.times)
    if options.what == "by-hand":
        from dashboard.bench.by_hand import beside

        return beside(options.warehouse, options.times)
    if options.what == "sessions":
        from dashboard.bench.sessions import sessions

        return sessions(options.warehouse, seconds=options.seconds)
    if options.what == "soak":
        from dashboard.bench.sessions import soak

        return soak(options.warehouse, options.seconds)
    from dashboard.bench.questions import questions

    return questions(options.warehouse, options.times)
