-- One row per index block: the counted facet block days in the half year and year from it, and whether its 12 months were free of both.
select
    index_block_days.person,
    index_block_days.date,
    1 + count(distinct later.date) filter (where later.date <= index_block_days.date + 180) as blocks_180,
    1 + count(distinct later.date) filter (where later.date <= index_block_days.date + 365) as blocks_365,
    coalesce(bool_or(later.date <= index_block_days.date + interval 12 month), false) as block_in_12m,
from index_block_days
left join blocks as later
    on index_block_days.person = later.person and later.date > index_block_days.date
group by all
