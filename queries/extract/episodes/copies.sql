-- One row per row read whose (financial year, EPIKEY) comes again later: the later line of the later file is the one that holds.
-- `same` says whether the copy that holds has the same content after cleaning.
with cleaned as (
    select
        typed_rows.*,
        cleaned_codes.* exclude (file_no, line),
    from typed_rows
    inner join repeated_rows
        on typed_rows.file_no = repeated_rows.file_no and typed_rows.line = repeated_rows.line
    inner join cleaned_codes
        on typed_rows.file_no = cleaned_codes.file_no and typed_rows.line = cleaned_codes.line
),

fingerprints as (
    select
        cleaned.financial_year,
        cleaned.epikey,
        cleaned.file_no,
        cleaned.line,
        md5(content::varchar) as fingerprint,
    from cleaned
    cross join lateral (select cleaned.* exclude (file_no, line)) as content
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
