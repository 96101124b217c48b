-- One row per parsed row whose record number is a whole number: the last two digits of its financial year, and the number.
select
    (financial_year % 100)::integer as year,
    epikey::ubigint as record,
from typed_rows
where regexp_full_match(epikey, '[1-9][0-9]{0,18}|0')
