-- One row per index block, with what happened first after it; elsewhere is told only of a denervation.
select
    person,
    date,
    provider,
    outcome,
    days,
    elsewhere,
    commissioner,
    region,
    year,
from index_blocks
