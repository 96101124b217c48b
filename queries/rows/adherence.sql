-- One row per course and criterion, in the order of the policy: the state, the value seen and the threshold.
select
    *,
    date as start,
from criteria
