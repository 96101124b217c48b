-- One row per index block: a counted facet block of a linked person with no counted block in the 12 months before it,
-- no lumbar denervation in the 24 months before it, and 24 months of data before it.
with previous as (
    select
        *,
        lag(date) over (partition by person order by date) as previous_block,
    from blocks
    where person is not null
)

select previous.*
from previous
asof left join ordered_denervations as earlier
    on previous.person = earlier.person and previous.date > earlier.date
where
    previous.date - interval 24 month >= $data_start
    and coalesce(previous.previous_block < previous.date - interval 12 month, true)
    and coalesce(earlier.date < previous.date - interval 24 month, true)
