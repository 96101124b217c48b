"""Commands that make, read and publish data."""

import pandas as pd

from dashboard.commands.terminal import progress, show
from dashboard.errors import Refused, written_to


def demo(options) -> None:
    """Write the synthetic files and name them."""
    from dashboard import demo as synthetic

    with written_to(options.out):
        written = synthetic.write(options.out, options.seed, options.first, options.last, options.scale, options.noise)
    print("\n".join(map(str, written)))


def load(options) -> None:
    """Load, publish and report."""
    from dashboard.load.batch import Wanted
    from dashboard.publish.run import load as run

    if not (options.files or options.op or options.deaths):
        raise Refused("nothing to load: name at least one file.")
    wanted = Wanted(
        tuple(options.files), tuple(options.op), tuple(options.deaths), options.layout, options.header, options.encoding,
        options.status, options.data_start, options.data_end, frozenset(options.force), options.whole, options.engine,
    )  # fmt: skip
    done = run(wanted, options.warehouse, dry_run=options.dry_run, tell=progress)
    print("\n".join(done.report.lines))
    if done.version:
        print(f"published {done.version}")
    elif options.dry_run:
        print("dry run: nothing was published")


def layouts(options) -> None:
    """List the layouts that can be read; with files, how each file's columns were matched."""
    from dashboard.load import layouts as known
    from dashboard.load.matching import matched_columns

    if options.files:
        show(
            pd.DataFrame([row for path in options.files for row in matched_columns(path, options.layout, options.header)]),
            options.format,
        )
        return
    rows = [
        {"layout": name, "kind": layout.kind, "title": layout.title, "recognised_by": " ".join(layout.signature)}
        for name, layout in known.all_layouts().items()
    ]
    show(pd.DataFrame(rows), options.format)


def versions(options) -> None:
    """List the versions, the one in force marked."""
    from dashboard import versions as kept

    pointer = kept.read_pointer(options.warehouse) or {}
    rows = [
        {"version": version, "in_force": version == pointer.get("version"), "sound": kept.sound(options.warehouse, version)}
        for version in kept.listed(options.warehouse)
    ]
    show(pd.DataFrame(rows, columns=["version", "in_force", "sound"]), options.format)


def publish(options) -> None:
    """Put a version in force."""
    from dashboard import versions as kept

    with kept.locked(options.warehouse):
        kept.point(options.warehouse, options.version)
    print(f"published {options.version}")
