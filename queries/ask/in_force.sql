-- One row per commissioner with a policy of its own and stretch of days: the policy from `from_day` to before `until_day`.
-- Something changes only on a day when a policy begins, or on the day after one ends; of two in force the later to
-- begin holds.
with changes as (
    select
        commissioner,
        effective_from as from_day,
    from policies
    where commissioner is not null
    union
    select
        commissioner,
        effective_to + 1 as from_day,
    from policies
    where commissioner is not null and effective_to is not null
),

stretches as (
    select
        commissioner,
        from_day,
        lead(from_day, 1, date '9999-12-31') over (partition by commissioner order by from_day) as until_day,
    from changes
)

select
    stretches.commissioner,
    stretches.from_day,
    stretches.until_day,
    arg_max(policies.policy, policies.effective_from) as policy,
from stretches
inner join policies
    on
        stretches.commissioner = policies.commissioner
        and stretches.from_day >= policies.effective_from
        and stretches.from_day <= coalesce(policies.effective_to, date '9999-12-31')
group by all
