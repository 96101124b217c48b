-- One row per denervation of the chosen cohort.
select *
from denervations
where
    case $cohort
        when 'lumbar' then lumbar
        when 'ebi' then ebi
        when 'broad' then broad
    end
