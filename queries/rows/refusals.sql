-- One row per refused, quarantined or flagged line of a file, with the rule and the value.
select
    file,
    line,
    severity,
    rule,
    "column",
    value,
from refusals
