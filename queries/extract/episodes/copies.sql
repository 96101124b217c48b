-- One row per row read whose (financial year, EPIKEY) comes again later: the later line of the later file is the one that holds.
-- `same` says whether the copy that holds has the same content after cleaning.
with repeated as (
    select
        financial_year,
        epikey,
    from typed_rows
    where epikey is not null
    group by all
    having count(*) > 1
),

copies as (
    select typed_rows.*
    from typed_rows
    inner join repeated
        on typed_rows.financial_year = repeated.financial_year and typed_rows.epikey = repeated.epikey
),

fingerprints as (
    select
        copies.financial_year,
        copies.epikey,
        copies.file_no,
        copies.line,
        md5(cleaned::varchar) as fingerprint,
    from copies
    cross join lateral (select copies.* exclude (file_no, line)) as cleaned
),

ranked as (
    select
        *,
        row_number() over held_first as place,
        first_value(fingerprint) over held_first as held_fingerprint,
    from fingerprints
    window held_first as (partition by financial_year, epikey order by file_no desc, line desc)
)

select
    file_no,
    line,
    fingerprint = held_fingerprint as same,
from ranked
where place > 1
