-- One row per facet block that is counted; a person who is not known is empty.
select
    person,
    date,
    provider,
    commissioner,
    lumbar_site,
    region,
    year,
from blocks
