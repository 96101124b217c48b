-- One row per load: the rule that put most rows aside, how many, and the first of them; none when no row was put aside.
select
    rule,
    count(*) as rows_put_aside,
    arg_min(file_no, (file_no, line)) as file_no,
    arg_min(line, (file_no, line)) as line,
    arg_min(coalesce(column_name, ''), (file_no, line)) as column_name,
    arg_min(coalesce(value, ''), (file_no, line)) as value,
from row_problems
where severity = 'quarantine'
group by all
order by rows_put_aside desc, rule
limit 1
