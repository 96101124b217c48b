-- One row per course and criterion of the courses that the choices keep; of a sample, as many courses as it is to hold.
-- A sample is the first courses in an order that a seed and the courses' own keys decide: the same whenever it is drawn.
-- Nothing in it names anybody but `person`, which a pseudonym replaces; days are months and distances.
with kept as (
    select
        door.*,
        dense_rank() over (order by md5(concat(row_key, ' ', $seed)), course_id) as place_in_sample,
    from door
    where
        case $reason
            when 'all' then true
            when 'non_adherent' then verdict = 'non_adherent'
            when 'adherent' then verdict = 'adherent'
            when 'not_assessable' then verdict = 'not_assessable'
            when 'block_before' then block_before = 'not_met'
            when 'repeat_interval' then repeat_interval = 'not_met'
            when 'repeat_block' then repeat_block = 'not_met'
            when 'levels' then levels_within = 'not_met'
        end
)

select
    person,
    course_id,
    month,
    days_since_index,
    provider,
    commissioner,
    age,
    sex,
    sides,
    levels,
    denervations,
    course_kind,
    verdict,
    criterion,
    state,
    value,
    threshold,
from kept
where $sample = 0 or place_in_sample <= $sample
order by
    month desc,
    row_key,
    course_id,
    place_in_order
