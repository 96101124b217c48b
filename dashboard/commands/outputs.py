"""Commands that make something to hand over or to mail: a table with its metadata, a provider's pack, what changed lately."""

from dashboard.commands.questions import answered
from dashboard.commands.terminal import open_warehouse, say, show
from dashboard.errors import Refused, written_to


def export(options) -> None:
    """Write one answer, released, as a zip with its metadata, and name the file."""
    from dashboard.export import zip_bytes

    if options.profile == "exact":
        raise Refused("--profile exact: a file to pass on holds released numbers; use `rfd measure` for exact ones.")
    made = zip_bytes(answered(options))
    with written_to(options.out):
        options.out.write_bytes(made)
    print(options.out)


def report(options) -> None:
    """Write the pack of a provider as a PDF, and name the file."""
    from dashboard.ask import Ask
    from dashboard.filters import parse
    from dashboard.policy import with_setting
    from dashboard.report.pack import provider_pack

    whole = Ask(open_warehouse(options))
    given = {key: getattr(options, key) for key in ("from", "to", "policy", "peers") if getattr(options, key)}
    filters, notes = parse(given, policies=set(whole.version.policies["policy"]), years=whole.version.years)
    if notes:
        raise Refused(" ".join(notes))
    for text in options.set:
        filters = with_setting(filters, text)
    if not options.out.absolute().parent.is_dir():
        raise Refused(f"{options.out}: there is no such folder to write to.")
    made = provider_pack(Ask(whole.warehouse, filters, options.profile), options.provider.upper())
    with written_to(options.out):
        options.out.write_bytes(made)
    print(options.out)


def signals(options) -> None:
    """What has changed lately over all places and measures, and on stderr how many false signals to expect among them."""
    from dashboard import signals as lately
    from dashboard.ask import Ask
    from dashboard.metrics import metric

    asking = Ask(open_warehouse(options), profile=options.profile)
    if options.since_version:
        moved = lately.since_version(asking)
        if moved is None:
            raise Refused("no version from before this one is kept: there is nothing to compare with.")
        say(moved.title)
        show(moved.frame, options.format)
        return
    found = lately.found(asking, options.by, [metric(name).name for name in options.measure] or lately.LOOKED_AT)
    say(found.words())
    show(found.answer.frame, options.format)
