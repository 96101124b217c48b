-- One row per linked person and day with a lumbar or unsited facet block in a finished episode, counted or not:
-- what the look-back before a denervation sees.
select distinct
    person,
    block_date as date,
from episodes
where is_block and person is not null and block_date <= $data_end
