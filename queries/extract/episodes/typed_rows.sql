-- One row per row read: dates and numbers typed, procedure codes cleaned, the financial year it belongs to. Nothing is left out here.
-- A date before 1900 is one of the archive's ways of saying "none" (1800-01-01, 1801-01-01, 1600-01-01, 1582-10-15).
with dated as (
    select
        raw.*,
        try_strptime(left(raw.admidate, 10), ['%Y-%m-%d', '%Y%m%d'])::date as admitted,
        try_strptime(left(raw.disdate, 10), ['%Y-%m-%d', '%Y%m%d'])::date as discharged,
        try_strptime(left(raw.epistart, 10), ['%Y-%m-%d', '%Y%m%d'])::date as started,
        try_strptime(left(raw.epiend, 10), ['%Y-%m-%d', '%Y%m%d'])::date as ended,
        list_transform(
            list_zip(raw.procedures, raw.procedures_again),
            lambda pair: coalesce(
                nullif(left(upper(translate(pair[1], '. -&*_/' || chr(9), '')), 4), ''),
                nullif(left(upper(translate(pair[2], '. -&*_/' || chr(9), '')), 4), '')
            )
        ) as procedure_codes,
        list_transform(
            raw.procedure_dates,
            lambda day: try_strptime(left(trim(day), 10), ['%Y-%m-%d', '%Y%m%d'])::date
        ) as operated,
        regexp_replace(raw.fyear, '[^0-9]', '', 'g') as year_digits,
    from raw
),

bounded as (
    select
        * exclude (admitted, discharged, started, ended, operated),
        case when admitted >= date '1900-01-01' then admitted end as admitted,
        case when discharged >= date '1900-01-01' then discharged end as discharged,
        case when started >= date '1900-01-01' then started end as started,
        case when ended >= date '1900-01-01' then ended end as ended,
        list_transform(operated, lambda day: case when day >= date '1900-01-01' then day end) as operated,
    from dated
)

select
    file_no,
    line,
    epikey,
    person,
    admitted,
    discharged,
    started,
    ended,
    try_cast(epiorder as double)::integer as epiorder,
    epistat,
    startage as age_text,
    try_cast(startage as double) as age,
    sex,
    upper(admimeth) as admimeth,
    case when length(admincat) = 1 then '0' || admincat else admincat end as admincat,
    classpat,
    dismeth,
    upper(procode3) as procode3,
    upper(procodet) as procodet,
    upper(sitetret) as sitetret,
    upper(stp_responsibility) as stp_responsibility,
    upper(ccg_responsibility) as ccg_responsibility,
    upper(ccg_residence) as ccg_residence,
    susspellid,
    procedure_codes,
    operated,
    list_transform(
        list_zip(diagnoses, diagnoses_again),
        lambda pair: coalesce(pair[1], pair[2])
    ) as diagnoses,
    -- '0102', '102' (leading zero lost), '1819', '201819', '2018/19'; a year such as '2021' is 2020/21
    case
        when length(year_digits) = 6 then left(year_digits, 4)::integer
        when length(year_digits) = 8 then left(year_digits, 4)::integer
        when length(year_digits) in (3, 4) and left(lpad(year_digits, 4, '0'), 2)::integer >= 80
            then 1900 + left(lpad(year_digits, 4, '0'), 2)::integer
        when length(year_digits) in (3, 4) then 2000 + left(lpad(year_digits, 4, '0'), 2)::integer
        else year(coalesce(ended, discharged, started, admitted) - interval 3 month)
    end as financial_year,
from bounded
