-- One row per index block and what came of it. Two outcomes on one day count in the order rfd, death, next index block, end of data.
with dated as (
    select
        index_block_days.*,
        row_number() over (partition by index_block_days.person order by index_block_days.date) = 1 as is_first,
        lead(index_block_days.date) over (partition by index_block_days.person order by index_block_days.date) as next_block,
        rfd.date as rfd_date,
        rfd.provider as rfd_provider,
        same_day.date is not null as same_day_rfd,
        deaths.death_date,
    from index_block_days
    asof left join ordered_denervations as rfd
        on index_block_days.person = rfd.person and index_block_days.date < rfd.date
    left join ordered_denervations as same_day
        on index_block_days.person = same_day.person and index_block_days.date = same_day.date
    left join deaths
        on index_block_days.person = deaths.person
),

judged as (
    select
        *,
        greatest(0, least(rfd_date, death_date, next_block, $data_end) - date) as days,
        case
            when rfd_date = least(rfd_date, death_date, next_block, $data_end) then 'rfd'
            when death_date = least(rfd_date, death_date, next_block, $data_end) then 'death'
            when next_block = least(rfd_date, death_date, next_block, $data_end) then 'next_block'
            else 'end'
        end as outcome,
    from dated
)

select
    row_number() over (order by judged.person, judged.date) as index_block_id,
    judged.* exclude (block_id, lumbar_site, previous_block, next_block, rfd_date, rfd_provider, death_date, row_key),
    -- an index block is a record of its own: its key must not equal the block's, or the two answers could be subtracted
    keyed_hash('index block ' || judged.person || ' ' || judged.date) as row_key,
    case judged.outcome when 'rfd' then 1 when 'death' then 2 else 0 end::smallint as outcome_code,
    case when judged.outcome = 'rfd' then (judged.rfd_provider is distinct from judged.provider) end as elsewhere,
    judged.date + interval 12 month <= $data_end
    and coalesce(judged.death_date > judged.date + interval 12 month, true) as followed_12m,
    not index_block_follow_up.block_in_12m
    and coalesce(judged.rfd_date > judged.date + interval 12 month, true) as prolonged,
    judged.date + 365 <= $data_end and coalesce(judged.death_date > judged.date + 365, true) as followed_365,
    index_block_follow_up.blocks_180,
    index_block_follow_up.blocks_365,
from judged
inner join index_block_follow_up
    on judged.person = index_block_follow_up.person and judged.date = index_block_follow_up.date
order by judged.date, judged.person
