-- One row per thing wrong with a row read. `quarantine` puts the row aside; `flag` keeps it, repaired or noted.
-- Quarantine rules look at every row; flags are kept only for the rows that matter.
with relevant as (
    select
        typed_rows.*,
        cleaned_codes.operated,
    from typed_rows
    inner join relevant_rows
        on typed_rows.file_no = relevant_rows.file_no and typed_rows.line = relevant_rows.line
    inner join cleaned_codes
        on typed_rows.file_no = cleaned_codes.file_no and typed_rows.line = cleaned_codes.line
)

select
    file_no,
    line,
    'quarantine' as severity,
    rule,
    column_name,
    value,
from rejected_lines

union all

select
    file_no,
    line,
    'quarantine',
    'no-usable-date',
    'EPISTART',
    null,
from typed_rows
where
    started is null
    and admitted is null
    and operated_only is null

union all

select
    file_no,
    line,
    'quarantine',
    'end-before-start',
    case when ended < started then 'EPIEND' else 'DISDATE' end,
    case when ended < started then ended else discharged end::varchar,
from typed_rows
where ended < started or discharged < admitted

union all

select
    file_no,
    line,
    'quarantine',
    'future-date',
    case
        when started > $today then 'EPISTART'
        when ended > $today then 'EPIEND'
        when admitted > $today then 'ADMIDATE'
        else 'DISDATE'
    end,
    greatest(started, ended, admitted, discharged)::varchar,
from typed_rows
where greatest(started, ended, admitted, discharged) > $today

union all

select
    file_no,
    line,
    'quarantine',
    'impossible-age',
    'STARTAGE',
    age_text,
from typed_rows
where
    age_text is not null
    and (age is null or not (age between 0 and 120 or age between 7001 and 7007 or age = 999))

union all

select
    file_no,
    line,
    case when same then 'flag' else 'quarantine' end,
    case when same then 'exact-copy' else 'superseded-copy' end,
    'EPIKEY',
    null,
from copies

union all

select
    file_no,
    line,
    'flag',
    'null-person',
    'TOKEN_PERSON_ID',
    null,
from relevant
where person is null

union all

select
    file_no,
    line,
    'flag',
    'baby-age',
    'STARTAGE',
    age_text,
from relevant
where age between 7001 and 7007

union all

select
    file_no,
    line,
    'flag',
    'opdate-outside-spell',
    'OPDATE',
    day::varchar,
from (
    select
        file_no,
        line,
        admitted,
        discharged,
        try_strptime(digits, '%Y%m%d')::date as day,
    from (select *, unnest(list_distinct(string_split(operated, ';'))) as digits from relevant where operated <> '')
)
where day < admitted or day > discharged or day > $today

union all

-- a date that says something, but no day: the row stands on its other dates
select
    file_no,
    line,
    'flag',
    'unreadable-date',
    column_name,
    sent,
from (
    select
        relevant.file_no,
        relevant.line,
        columns.column_name,
        case columns.column_name
            when 'EPISTART' then raw.epistart
            when 'EPIEND' then raw.epiend
            when 'ADMIDATE' then raw.admidate
            when 'DISDATE' then raw.disdate
        end as sent,
    from relevant
    inner join raw
        on relevant.file_no = raw.file_no and relevant.line = raw.line
    cross join (values ('EPISTART'), ('EPIEND'), ('ADMIDATE'), ('DISDATE')) as columns (column_name)
)
where sent is not null and try_strptime(left(sent, 10), ['%Y-%m-%d', '%Y%m%d']) is null

union all

select
    file_no,
    line,
    'flag',
    'unreadable-date',
    'OPDATE',
    sent,
from (
    select
        file_no,
        line,
        unnest(list_distinct(string_split(operated, ';'))) as sent,
    from relevant
    where operated <> ''
)
where regexp_matches(sent, '[0-9]') and try_strptime(sent, '%Y%m%d') is null
