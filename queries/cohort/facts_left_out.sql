-- One row per reason a linked or dated fact was left out of the cohorts: what the report says beside the numbers.
select
    'after_data_end' as reason,
    count(*) as episodes,
from episodes
where coalesce(denervation_date, block_date) > $data_end

union all

select
    'unlinked' as reason,
    count(*) as episodes,
from episodes
where person is null
