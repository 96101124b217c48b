-- One row per row read: dates and numbers typed, the financial year it belongs to. Nothing is left out here.
-- A code or a key may come as pandas writes a column of numbers that has a blank: 3 is 3.0.
-- A date before 1900 is one of the archive's ways of saying "none" (1800-01-01, 1801-01-01, 1600-01-01, 1582-10-15).
with dated as (
    select
        raw.* exclude (procedures, procedures_again, diagnoses, diagnoses_again),
        try_strptime(left(raw.admidate, 10), ['%Y-%m-%d', '%Y%m%d'])::date as admitted,
        try_strptime(left(raw.disdate, 10), ['%Y-%m-%d', '%Y%m%d'])::date as discharged,
        try_strptime(left(raw.epistart, 10), ['%Y-%m-%d', '%Y%m%d'])::date as started,
        try_strptime(left(raw.epiend, 10), ['%Y-%m-%d', '%Y%m%d'])::date as ended,
        regexp_replace(regexp_replace(raw.fyear, '\.0+$', ''), '[^0-9]', '', 'g') as year_digits,
    from raw
),

bounded as (
    select
        * exclude (admitted, discharged, started, ended),
        case when admitted >= date '1900-01-01' then admitted end as admitted,
        case when discharged >= date '1900-01-01' then discharged end as discharged,
        case when started >= date '1900-01-01' then started end as started,
        case when ended >= date '1900-01-01' then ended end as ended,
    from dated
),

-- a row whose only date is that of an operation is usable
usable as (
    select
        *,
        case
            when started is null and admitted is null and procedure_dates <> ''
                then try_strptime(
                    replace(regexp_extract(procedure_dates, '((19|20)[0-9]{2}-?[01][0-9]-?[0-3][0-9])', 1), '-', ''), '%Y%m%d'
                )::date
        end as operated_only,
    from bounded
)

select
    file_no,
    line,
    rows,
    case when epikey like '%.0' then left(epikey, length(epikey) - 2) else epikey end as epikey,
    case when person like '%.0' then left(person, length(person) - 2) else person end as person,
    admitted,
    discharged,
    started,
    ended,
    try_cast(regexp_extract(epiorder, '^\s*([0-9]+)', 1) as integer) as epiorder,
    replace(epistat, '.0', '') as epistat,
    startage as age_text,
    try_cast(startage as double) as age,
    replace(sex, '.0', '') as sex,
    replace(upper(admimeth), '.0', '') as admimeth,
    case when length(replace(admincat, '.0', '')) = 1 then '0' else '' end || replace(admincat, '.0', '') as admincat,
    replace(classpat, '.0', '') as classpat,
    replace(dismeth, '.0', '') as dismeth,
    upper(procode3) as procode3,
    upper(procodet) as procodet,
    upper(sitetret) as sitetret,
    upper(stp_responsibility) as stp_responsibility,
    -- a commissioner's code of three may come as that of its headquarters: 16C00
    upper(case when ccg_responsibility like '___00' then left(ccg_responsibility, 3) else ccg_responsibility end) as ccg_responsibility,
    upper(case when ccg_residence like '___00' then left(ccg_residence, 3) else ccg_residence end) as ccg_residence,
    susspellid,
    -- what SUS itself holds to be the intervention EBI 2K: yes, no, or nothing said
    case
        when ebi_flag is null then null
        else regexp_matches(upper(ebi_flag), '^(1|Y|YES|TRUE)$|(^|[^0-9A-Z])(EBI)?[ _-]?2[ _-]?K([^0-9A-Z]|$)')
    end as sus_ebi,
    case when operated_only <= $today then operated_only end as operated_only,
    -- '0102', '102' (leading zero lost), '1819', '201819', '2018/19'; '2021' is 2020/21; one that names no two years in a row says nothing
    case
        when length(year_digits) = 6 then left(year_digits, 4)::integer
        when length(year_digits) = 8 then left(year_digits, 4)::integer
        when
            length(year_digits) in (3, 4)
            and (left(lpad(year_digits, 4, '0'), 2)::integer + 1) % 100 = right(year_digits, 2)::integer
            then left(lpad(year_digits, 4, '0'), 2)::integer + case when left(lpad(year_digits, 4, '0'), 2)::integer >= 80 then 1900 else 2000 end
        else year(coalesce(ended, discharged, started, admitted, operated_only) - interval 3 month)
    end as financial_year,
from usable
