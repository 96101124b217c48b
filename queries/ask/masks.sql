-- One row per course, with a mask of all that can be said of it (see reason_bits): a union of masks is quick, ten rows a
-- course are not. `several` holds the courses that fail more than one criterion, so that the parts that fail alone and
-- `several` add up to all that fail.
select
    judged.*,
    case block_before when 'met' then 1 when 'not_met' then 2 when 'not_assessable' then 4 else 8 end
    + case repeat_interval when 'met' then 64 when 'not_met' then 128 when 'not_assessable' then 256 else 512 end
    + case repeat_block when 'met' then 4096 when 'not_met' then 8192 when 'not_assessable' then 16384 else 32768 end
    + case levels_within
        when 'met' then 262144
        when 'not_met' then 524288
        when 'not_assessable' then 1048576
        else 2097152
    end
    + case conservative_care when 'met' then 16777216 when 'not_assessable' then 67108864 else 134217728 end
    + case when block_before = 'not_met' then case failures when 1 then 16 else 32 end else 0 end
    + case when repeat_interval = 'not_met' then case failures when 1 then 1024 else 2048 end else 0 end
    + case when repeat_block = 'not_met' then case failures when 1 then 65536 else 131072 end else 0 end
    + case when levels_within = 'not_met' then case failures when 1 then 4194304 else 8388608 end else 0 end
    + case when failures > 1 then 268435456 else 0 end
    + case verdict when 'non_adherent' then 536870912 when 'adherent' then 1073741824 else 2147483648 end as mask,
from judged
