"""`rfd check`: what can be wrong with a version, the audit log, the grants or what is released."""

from dashboard.commands.terminal import NOT_FOR_RELEASE, open_warehouse, say, show
from dashboard.errors import Stopped


def check(options) -> None:
    """Run the check of the options: audits, audit-log, access, disclosure or verdicts."""
    checks = {"audits": check_audits, "audit-log": check_audit_log, "access": check_access}
    checks |= {"disclosure": check_disclosure, "verdicts": check_verdicts}
    checks[options.what](options)


def check_audits(options) -> None:
    """Run the audits on the version in force; Stopped when one finds a row."""
    from dashboard import queries

    warehouse = open_warehouse(options)
    days = {key: warehouse.about[key] for key in ("data_start", "data_end")}
    for name in queries.in_order("audits"):
        sql = queries.text(f"audits/{name}")
        found = warehouse.frame(sql, {key: days[key] for key in queries.parameters_needed(sql)})
        print(f"{'FAIL' if len(found) else 'ok':>4}  {name.replace('_', ' ')}")
        if len(found):
            raise Stopped(f"the audit '{name}' found {len(found)} rows")


def check_audit_log(options) -> None:
    """Say how many lines a sound audit log has, and its last hash; Stopped, naming the line, when it is not sound."""
    from dashboard import audit

    log = options.log or audit.place(options.warehouse)
    last = audit.check(log, options.expect)
    print(f"  ok  {log}: {last['n']} lines, the last with hash {last['hash']}")


def check_access(options) -> None:
    """Say how many grants there are, and which have ended; Refused, naming the grant, for a bad file."""
    import datetime as dt

    from dashboard import access

    grants = access.read().grants.values()
    ended = sum(grant.expires < dt.datetime.now(dt.UTC).date() for grant in grants)
    print(f"  ok  {access.place()}: {len(grants)} grants, {ended} of them ended")


def check_disclosure(options) -> None:
    """Print what came of every attack on the version in force; Stopped when one beats chance, or one that must win does not."""
    from dashboard import attacks

    ground = attacks.Ground.of(open_warehouse(options))
    done, weaker = attacks.run(ground), attacks.proofs(ground)
    show(attacks.table(done, weaker), options.format)
    won = [one.attack for one in done if one.won] + [one.attack for one in weaker if one.tried and not one.won]
    if won:
        raise Stopped(f"not as it must be: {', '.join(won)}")


def check_verdicts(options) -> None:
    """Print how often a verdict from released numbers differs from the exact one, by size of provider."""
    from dashboard.verdicts import table

    say(NOT_FOR_RELEASE)
    show(table(open_warehouse(options)), options.format)
