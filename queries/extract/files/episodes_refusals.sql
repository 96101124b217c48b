-- One row per reason to refuse a whole file, with the first line that shows it.
with suspects as (
    select *
    from raw
    where
        regexp_matches(concat_ws(';', admidate, disdate, epistart, epiend, procedure_dates), '(^|;)\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}')
),

values_seen as (
    select
        suspects.file_no,
        suspects.line,
        columns.column_name,
        case columns.column_name
            when 'ADMIDATE' then suspects.admidate
            when 'DISDATE' then suspects.disdate
            when 'EPISTART' then suspects.epistart
            when 'EPIEND' then suspects.epiend
        end as value,
    from suspects
    cross join (values ('ADMIDATE'), ('DISDATE'), ('EPISTART'), ('EPIEND')) as columns (column_name)

    union all

    select
        file_no,
        line,
        'OPDATE',
        regexp_extract(procedure_dates, '\d{1,2}[/.-]\d{1,2}[/.-]\d{4}'),
    from suspects
    where regexp_matches(procedure_dates, '(^|;)\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}')
),

-- codes that stand in two columns each, where the second is not simply the first again, cut to four characters
shown_twice as (
    select
        file_no,
        line,
        'OPERTN_nn and OPERTN_4_nn' as column_name,
        procedures as first_shown,
        procedures_again as then_shown,
    from raw
    where procedures_again not in ('', procedures)

    union all

    select
        file_no,
        line,
        'DIAG_nn and DIAG_4_nn',
        diagnoses,
        diagnoses_again,
    from raw
    where
        diagnoses_again <> ''
        and not starts_with(regexp_replace(diagnoses, '([^;]{4})[^;]+', '\1', 'g'), diagnoses_again)
),

-- what stands where a day should and is none, in either of the two ways: another order, or another way that we do not know
unlike_dates as (
    select *
    from (
        select
            raw.file_no,
            raw.line,
            columns.column_name,
            case columns.column_name
                when 'ADMIDATE' then raw.admidate
                when 'DISDATE' then raw.disdate
                when 'EPISTART' then raw.epistart
                when 'EPIEND' then raw.epiend
            end as value,
        from raw
        cross join (values ('ADMIDATE'), ('DISDATE'), ('EPISTART'), ('EPIEND')) as columns (column_name)
        where
            not regexp_matches(
                concat_ws(';', admidate, disdate, epistart, epiend),
                '^((' || $day || ');?)*$'
            )

        union all

        select
            file_no,
            line,
            'OPDATE',
            trim(split_part(procedure_dates, ';', 1), ' ' || chr(9)),
        from raw
        where regexp_matches(procedure_dates, '^[^;]*[0-9]')
    )
    where not regexp_matches(value, '^(' || $day || ')$')
),

dates_sent as (
    select
        raw.file_no,
        columns.column_name,
        count(case columns.column_name
            when 'ADMIDATE' then raw.admidate
            when 'DISDATE' then raw.disdate
            when 'EPISTART' then raw.epistart
            when 'EPIEND' then raw.epiend
            when 'OPDATE' then case when regexp_matches(raw.procedure_dates, '^[^;]*[0-9]') then raw.procedure_dates end
        end) as rows_sent,
    from raw
    cross join (values ('ADMIDATE'), ('DISDATE'), ('EPISTART'), ('EPIEND'), ('OPDATE')) as columns (column_name)
    where raw.line > 0
    group by all

    union all

    -- rows that were only counted
    select
        file_no,
        column_name,
        rows_sent,
    from counted_dates
),

all_dates_sent as (
    select
        file_no,
        column_name,
        sum(rows_sent) as rows_sent,
    from dates_sent
    group by all
),

found as (
    select
        file_no,
        'date-order' as rule,
        line,
        column_name,
        value,
    from values_seen
    where regexp_matches(value, '^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}')

    union all

    -- a column that mostly says no day in either of the two ways is in a way we do not know
    select
        unlike_dates.file_no,
        'date-format',
        min(unlike_dates.line),
        unlike_dates.column_name,
        arg_min(unlike_dates.value, unlike_dates.line),
    from unlike_dates
    inner join all_dates_sent
        on unlike_dates.file_no = all_dates_sent.file_no and unlike_dates.column_name = all_dates_sent.column_name
    group by unlike_dates.file_no, unlike_dates.column_name, all_dates_sent.rows_sent
    having count(*) > all_dates_sent.rows_sent / 2

    union all

    select
        file_no,
        'mangled-key',
        line,
        'EPIKEY',
        epikey,
    from raw
    where regexp_matches(upper(epikey), '^\d(\.\d+)?E\+?\d+$')

    union all

    select
        file_no,
        'columns-disagree',
        line,
        column_name,
        null,
    from shown_twice
    where array_length(list_filter(
        list_zip(
            string_split(upper(translate(first_shown, '. -&*_/' || chr(9), '')), ';'),
            string_split(upper(translate(then_shown, '. -&*_/' || chr(9), '')), ';')
        ),
        lambda pair: left(pair[1], 4) <> left(pair[2], 4) and pair[1] <> '' and pair[2] <> ''
    )) > 0
)

select
    file_no,
    rule,
    min(line) as line,
    arg_min(column_name, line) as column_name,
    arg_min(value, line) as value,
from found
group by all
