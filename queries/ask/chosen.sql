-- One row per fact that the choices keep, with the place, the period and the splits it is counted under.
-- Every filter is applied here and nowhere else. A fact with no place of the kind asked for is in no cell;
-- a split value that was not recorded is its own group.
select
    measure.*,
    case $by
        when 'england' then 'E92'
        when 'region' then region
        when 'commissioner' then commissioner
        when 'provider' then provider
    end as place,
    case $period
        when 'year' then year
        when 'quarter' then quarter
        when 'month' then month
        when 'all' then ''
    end as period,
    case $first_split
        when 'sex' then coalesce(sex, 'unknown')
        when 'age_band' then coalesce(age_band, 'unknown')
        when 'setting' then coalesce(setting, 'unknown')
        when 'levels' then coalesce(levels, 'unknown')
        when 'course' then coalesce(course, 'unknown')
        when 'commissioner' then coalesce(commissioner, 'unknown')
        else ''
    end as split_1,
    case $second_split
        when 'sex' then coalesce(sex, 'unknown')
        when 'age_band' then coalesce(age_band, 'unknown')
        when 'setting' then coalesce(setting, 'unknown')
        when 'levels' then coalesce(levels, 'unknown')
        when 'course' then coalesce(course, 'unknown')
        else ''
    end as split_2,
from measure
where
    case $by
        when 'england' then true
        when 'region' then region is not null
        when 'commissioner' then commissioner is not null
        when 'provider' then provider is not null
    end
    and case $place_type
        when 'england' then true
        when 'region' then region = $place
        when 'commissioner' then commissioner = $place
        when 'provider' then provider = $place
    end
    and ($from = '' or year >= $from)
    and ($to = '' or year <= $to)
    and ($sex is null or sex = $sex)
    and ($age_band is null or age_band = $age_band)
