-- One row per ICB, sex and adult age band, with the weight of that band in the European Standard Population 2013.
select
    known_population.commissioner,
    commissioners.region,
    known_population.sex,
    known_population.age_from,
    known_population.age_to,
    known_population.persons,
    standard_population.weight,
from known_population
inner join commissioners
    on known_population.commissioner = commissioners.code
inner join standard_population
    on known_population.age_from = standard_population.age_from
