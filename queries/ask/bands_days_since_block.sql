-- One row per index course with a block in the 24 months before it, with the band of days since the last one.
select
    courses.*,
    case
        when days_since_block < 28 then '0-27'
        when days_since_block < 56 then '28-55'
        when days_since_block < 91 then '56-90'
        when days_since_block < 183 then '91-182'
        when days_since_block < 365 then '183-364'
        else '365+'
    end as part,
    '' as outcome,
from courses
where is_index and days_since_block is not null and staged_days = $staged_days
