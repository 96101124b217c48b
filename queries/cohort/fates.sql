-- One row per provider, month, severity and rule: the rows of the extracts in force that were put aside, dropped as copies or flagged.
select
    coalesce(provider_map.provider, 'unknown') as provider,
    strftime(problems.month, '%Y-%m') as month,
    problems.severity,
    problems.rule,
    sum(problems.rows)::bigint as rows,
from (
    select
        procode3,
        procodet,
        sitetret,
        month,
        severity,
        rule,
        rows,
    from staged_fates

    union all

    select
        staged_episodes.procode3,
        staged_episodes.procodet,
        case when staged_episodes.procode3 in (select provider from site_successors) then staged_episodes.sitetret end,
        date_trunc('month', coalesce(staged_episodes.ended, staged_episodes.discharged, staged_episodes.started, staged_episodes.admitted))::date,
        row_flags.severity,
        row_flags.rule,
        1,
    from row_flags
    inner join staged_episodes
        on
            row_flags.batch = staged_episodes.batch
            and row_flags.file_no = staged_episodes.file_no
            and row_flags.line = staged_episodes.line
) as problems
left join provider_map
    on
        problems.procode3 is not distinct from provider_map.procode3
        and problems.procodet is not distinct from provider_map.procodet
        and problems.sitetret is not distinct from provider_map.sitetret
group by all
order by all
