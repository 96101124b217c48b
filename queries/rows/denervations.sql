-- One row per denervation of the broad cohort, which holds the others; a person who is not known is empty.
select
    person,
    date,
    provider,
    commissioner,
    age,
    sex,
    ebi,
    lumbar,
    broad,
    sides,
    levels,
    image_control,
    episodes,
    region,
    year,
from denervations
