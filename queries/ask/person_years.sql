-- One row per place, sex and age stratum: adults, and the stratum's weight in the standard population.
with banded as (
    select
        population.*,
        case
            when age_from < 30 then '19-29'
            when age_from >= 80 then '80+'
            else concat(age_from // 10 * 10, '-', age_from // 10 * 10 + 9)
        end as age_band,
        case $by
            when 'england' then 'E92'
            when 'region' then region
            when 'commissioner' then commissioner
        end as place,
    from population
)

select
    place,
    sex,
    age_from,
    age_band,
    sum(persons) as persons,
    any_value(weight) as weight,
from banded
where
    place is not null
    and ($sex is null or sex = $sex)
    and ($age_band is null or age_band = $age_band)
group by all
order by
    place,
    sex,
    age_from
