-- One row per financial year with SUS's own EBI flag: how it agrees with the rule used here.
select
    year,
    both_say_so,
    only_sus,
    only_here,
    neither,
from ebi_compared
order by year
