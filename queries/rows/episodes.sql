-- One row per course and criterion, in the order of the policy, with what tells courses apart. The day a repeat was due is left out, being a date.
select
    criteria.* replace (
        case
            when criteria.age >= 90 then '90+'
            else concat(criteria.age // 5 * 5, '-', criteria.age // 5 * 5 + 4)
        end as age,
        split_part(criteria.threshold, ', due ', 1) as threshold
    ),
    (criteria.date - first_course.date)::int as days_since_index,
    case when criteria.is_repeat then 'repeat' else 'first' end as course_kind,
from criteria
left join courses as first_course
    on
        criteria.person = first_course.person
        and first_course.staged_days = $staged_days
        and first_course.course_number = 1
