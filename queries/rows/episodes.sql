-- One row per course and criterion, in the order of the policy, with what tells courses apart and nothing that names anybody
-- but `person`, which a pseudonym replaces. Days are months and distances: the day a repeat was due is left out, being a date.
select
    criteria.person,
    criteria.course_id,
    criteria.row_key,
    criteria.month,
    (criteria.date - first_course.date)::int as days_since_index,
    criteria.provider,
    criteria.commissioner,
    criteria.region,
    criteria.year,
    criteria.sex,
    criteria.age_band,
    case
        when criteria.age >= 90 then '90+'
        else concat(criteria.age // 5 * 5, '-', criteria.age // 5 * 5 + 4)
    end as age,
    criteria.sides,
    criteria.levels,
    criteria.denervations,
    case when criteria.is_repeat then 'repeat' else 'first' end as course_kind,
    criteria.verdict,
    criteria.block_before,
    criteria.repeat_interval,
    criteria.repeat_block,
    criteria.levels_within,
    criteria.place_in_order,
    criteria.criterion,
    criteria.state,
    criteria.value,
    split_part(criteria.threshold, ', due ', 1) as threshold,
from criteria
left join courses as first_course
    on
        criteria.person = first_course.person
        and first_course.staged_days = $staged_days
        and first_course.course_number = 1
