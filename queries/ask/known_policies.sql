-- One row per policy, in the order they are offered: the reference first.
select policies.*
from policies
order by
    policy <> 'reference',
    policy
