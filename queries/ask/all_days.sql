-- One row per day with a broad code, before any rule, and the rule that lost it.
select days.*
from days
