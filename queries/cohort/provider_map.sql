-- One row per combination of provider fields as sent: the organisation they name, and that organisation today.
-- A site of an independent provider (N, two characters, two digits) belongs to its first three characters.
with sent as (
    select
        procode3,
        procodet,
        sitetret,
    from staged_rows

    union

    select
        procode3,
        procodet,
        sitetret,
    from staged_months

    union

    select
        procode3,
        procodet,
        sitetret,
    from staged_fates
),

named as (
    select
        sent.*,
        coalesce(sent.procode3, known.code, sent.procodet) as code,
    from sent
    left join (select distinct code from known_providers) as known
        on left(sent.procodet, 3) = known.code
),

organisations as (
    select
        procode3,
        procodet,
        sitetret,
        code as provider_as_sent,
        case when regexp_matches(code, '^N..[0-9][0-9]$') then left(code, 3) else code end as organisation,
    from named
)

select
    organisations.*,
    coalesce(by_site.successor, elsewhere.successor, successors.successor, organisations.organisation) as provider,
from organisations
left join site_successors as by_site
    on organisations.organisation = by_site.provider and organisations.sitetret = by_site.site
left join site_successors as elsewhere
    on organisations.organisation = elsewhere.provider and elsewhere.site is null
left join successors
    on organisations.organisation = successors.code
