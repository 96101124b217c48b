-- One row per unit, day and episode that qualifies for `broad`, in the order that decides which episode speaks for the day:
-- `place` among those that count, `place_of_all` with those that do not count behind them.
with placed as (
    select
        episode_id,
        row_number() over (
            partition by unit, denervation_date, passes_age and passes_emergency and passes_private and passes_cancer
            order by started nulls last, epiorder nulls last, epikey_padded nulls last, content_key, episode_id
        ) as place,
        row_number() over (
            partition by unit, denervation_date
            order by
                passes_age and passes_emergency and passes_private and passes_cancer desc,
                started nulls last, epiorder nulls last, epikey_padded nulls last, content_key, episode_id
        ) as place_of_all,
    from episodes
    where is_broad and denervation_date <= $data_end
)

select
    episodes.*,
    episodes.denervation_date as date,
    episodes.passes_age and episodes.passes_emergency and episodes.passes_private and episodes.passes_cancer as counts,
    placed.place,
    placed.place_of_all,
from placed
inner join episodes
    on placed.episode_id = episodes.episode_id
