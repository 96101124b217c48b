create table denervations (
    denervation_id integer, person varchar, patient varchar, date date, provider varchar, commissioner varchar,
    region varchar, sex varchar, age smallint, age_band varchar, setting varchar, levels varchar, course varchar,
    year varchar, quarter varchar, month varchar, provisional boolean, row_key uinteger, patient_key uinteger,
    lumbar boolean, broad boolean, ebi boolean, sides varchar, image_control boolean, episodes integer,
    spells integer, code_mentions integer
);

create table blocks (
    block_id integer, person varchar, patient varchar, date date, provider varchar, commissioner varchar,
    region varchar, sex varchar, age smallint, age_band varchar, setting varchar, levels varchar, course varchar,
    year varchar, quarter varchar, month varchar, provisional boolean, row_key uinteger, patient_key uinteger,
    lumbar_site boolean
);

create table courses (
    staged_days smallint, course_id integer, person varchar, patient varchar, date date, provider varchar,
    commissioner varchar, region varchar, sex varchar, age smallint, age_band varchar, setting varchar,
    levels varchar, course varchar, year varchar, quarter varchar, month varchar, provisional boolean,
    row_key uinteger, patient_key uinteger, course_number smallint, end_date date, denervations integer,
    sides varchar, is_index boolean, is_repeat boolean, interval_days integer, interval_months integer,
    same_side varchar, side_unknown boolean, history_months integer, blocks_before_6m integer,
    blocks_before_12m integer, blocks_before_24m integer, days_since_block integer, new_block_6m boolean,
    new_block_12m boolean, new_block_24m boolean, history_6m boolean, history_12m boolean, history_24m boolean,
    conservative_care_days integer, repeat_days integer, repeat_outcome smallint, levels_number smallint
);

create table index_blocks (
    index_block_id integer, person varchar, patient varchar, date date, provider varchar, commissioner varchar,
    region varchar, sex varchar, age smallint, age_band varchar, setting varchar, levels varchar, course varchar,
    year varchar, quarter varchar, month varchar, provisional boolean, row_key uinteger, patient_key uinteger,
    outcome varchar, days integer, outcome_code smallint, elsewhere boolean, same_day_rfd boolean,
    followed_12m boolean, prolonged boolean, is_first boolean, followed_365 boolean, blocks_180 integer,
    blocks_365 integer
);

create table days (
    day_id integer, person varchar, patient varchar, date date, provider varchar, commissioner varchar,
    region varchar, sex varchar, age smallint, age_band varchar, setting varchar, levels varchar, course varchar,
    year varchar, quarter varchar, month varchar, provisional boolean, row_key uinteger, patient_key uinteger,
    lost_at varchar
);

create table policies (
    policy varchar, title varchar, commissioner varchar, effective_from date, effective_to date,
    min_blocks smallint, block_lookback_months smallint, repeat_min_months smallint, repeat_needs_new_block boolean,
    max_levels smallint, staged_days smallint, source varchar, tag varchar
);

create table providers (
    code varchar, name varchar, sector varchar, icb varchar, region varchar, fictional boolean
);

create table commissioners (
    code varchar, ons_code varchar, name varchar, region varchar, region_name varchar
);

create table population (
    commissioner varchar, region varchar, sex varchar, age_from smallint, age_to smallint, persons double,
    weight double
);

create table refusals (
    file varchar, line bigint, severity varchar, rule varchar, "column" varchar, value varchar
);

create table about (key varchar, value varchar);

insert into policies values
    ('reference', 'Reference', null, '2016-11-30', null, 1, 24, 12, false, null, 90, 'NG59', 'S'),
    ('humber_north_yorkshire', 'Humber', 'QOQ', '2022-07-01', null, 1, 6, 16, true, null, 90, 'ICB', 'S'),
    ('norfolk_waveney', 'Norfolk', null, '2022-01-25', null, 1, 24, 12, false, null, 90, 'ICB', 'S'),
    ('greater_manchester', 'Manchester', 'QOP', '2019-04-01', null, 2, 24, null, false, null, 90, 'ICB', 'S');

insert into commissioners values
    ('QOQ', 'E54000051', 'Humber and North Yorkshire', 'Y63', 'North East and Yorkshire'),
    ('QOP', 'E54000057', 'Greater Manchester', 'Y62', 'North West'),
    ('QYG', 'E54000008', 'Cheshire and Merseyside', 'Y62', 'North West');

insert into providers values
    ('RTH', 'Oxford', 'nhs', 'QYG', 'Y62', false),
    ('RTE', 'Gloucestershire', 'nhs', 'QOQ', 'Y63', false),
    ('NT4', 'A hospital', 'independent', 'QOP', 'Y62', false);

insert into about values
    ('version', 'test'), ('created', '2024-06-01'), ('data_start', '2014-04-01'), ('data_end', '2024-03-31'),
    ('synthetic', 'true'), ('deaths_observed', 'true'), ('outpatient_loaded', 'true'), ('provisional_from', '');

create table fates (provider varchar, month varchar, severity varchar, rule varchar, rows bigint);

create table months (provider varchar, month varchar, rows bigint, complete boolean);

create table successions (code varchar, successor varchar, rows bigint);

create table codes_found (list varchar, code varchar, year varchar, mentions bigint);

create table published (year varchar, measure varchar, value integer, source varchar);

create table ebi_compared (
    year varchar, both_say_so bigint, only_sus bigint, only_here bigint, neither bigint
);

create table sources (
    batch varchar, status varchar, years varchar, file_no bigint, kind varchar, file varchar, sha256 varchar, layout varchar,
    synthetic boolean, rows_read bigint, rows_loaded bigint, rows_quarantined bigint, rows_flagged bigint
);
