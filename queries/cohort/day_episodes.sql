-- One row per unit, day and episode that qualifies for `broad`; `place` is the order in which they speak for the day: those that count
-- before those that do not, and of each the earliest first.
with judged as (
    select
        episode_id,
        passes_age and passes_emergency and passes_private and passes_cancer as counts,
        row_number() over (
            partition by unit, denervation_date
            order by counts desc, started nulls last, epiorder nulls last, epikey_padded nulls last, content_key, episode_id
        ) as place,
    from episodes
    where is_broad and denervation_date <= $data_end
)

select
    episodes.*,
    episodes.denervation_date as date,
    judged.counts,
    judged.place,
from judged
inner join episodes
    on judged.episode_id = episodes.episode_id
