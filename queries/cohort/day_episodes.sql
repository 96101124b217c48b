-- One row per unit, day and episode that qualifies for `broad`, in the order that decides which episode speaks for the day.
select
    *,
    denervation_date as date,
    passes_age and passes_emergency and passes_private and passes_cancer as counts,
    row_number() over (
        partition by unit, denervation_date
        order by started nulls last, epiorder nulls last, epikey_padded nulls last, episode_id
    ) as place,
from episodes
where is_broad and denervation_date <= $data_end
