"""`rfd bench`: how long things take beside what people would use instead."""

from dashboard.commands.terminal import open_warehouse, show


def bench(options) -> None:
    """Time loading, the questions, the pages in a browser, or many sessions at once, all but the first on the version in force."""
    if options.what == "loading":
        from dashboard.bench import document, loading

        print(document.put("Loading", loading.WORDS, loading.tables(options.millions, options.times, options.where)))
        return
    open_warehouse(options)
    if options.what == "page":
        from dashboard.bench.repaint import pages

        told = pages(options.warehouse, options.times)
    elif options.what == "by-hand":
        from dashboard.bench.by_hand import beside

        told = beside(options.warehouse, options.times)
    elif options.what == "sessions":
        from dashboard.bench.sessions import sessions

        told = sessions(options.warehouse, seconds=options.seconds)
    elif options.what == "soak":
        from dashboard.bench.sessions import soak

        told = soak(options.warehouse, options.seconds)
    else:
        from dashboard.bench.questions import questions

        told = questions(options.warehouse, options.times)
    show(told, options.format)
