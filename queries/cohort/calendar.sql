-- One row per day from 1900, before which no date is read, to the end of the data: its financial year, quarter and month, and whether
-- its year is provisional. A fact on a day that is not here would be lost without a word.
select
    day::date as date,
    fyear || '/' || lpad(((fyear + 1) % 100)::varchar, 2, '0') as year,
    fyear || '/' || lpad(((fyear + 1) % 100)::varchar, 2, '0') || ' Q' || quarter(day - interval 3 month) as quarter,
    strftime(day, '%Y-%m') as month,
    coalesce(provisional_years.financial_year is not null, false) as provisional,
from (
    select
        unnest(generate_series(date '1900-01-01', $data_end, interval 1 day)) as day,
        year(day - interval 3 month) as fyear,
)
left join provisional_years
    on fyear = provisional_years.financial_year
