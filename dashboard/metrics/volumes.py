"""How much is done, where and for whom."""

from dashboard.metrics.declared import BLOCK_SPLITS, CAVEAT, Metric

DENERVATIONS = Metric(
    name="denervations",
    title="Denervations",
    words="Attendances for radiofrequency denervation in the chosen cohort: one for each person and day.",
    unit="count",
    fact="denervations",
    source="OPCS-4 V48.5, V48.7; EBI 2K",
    tag="S",
    page="volumes",
    parameters=("cohort",),
)
PATIENTS = Metric(
    name="patients",
    title="Patients",
    words="Different people with at least one denervation in the period; records without a person are left out.",
    unit="people",
    fact="denervations",
    source="OPCS-4 V48.5, V48.7; EBI 2K",
    tag="S",
    page="volumes",
    parameters=("cohort",),
)
DENERVATION_RATE = Metric(
    name="denervation_rate",
    title="Denervations per 100,000 adults",
    words="Denervations per 100,000 adults aged 19 and over in a year, standardised for age and sex.",
    unit="rate",
    fact="denervations",
    source="European Standard Population 2013; ONS mid-2022 population; Dobson and Byar limits",
    tag="S",
    page="volumes",
    splits=(),
    parameters=("cohort",),
)
BLOCKS = Metric(
    name="blocks",
    title="Facet blocks",
    words=CAVEAT + "One for each person and day.",
    unit="count",
    fact="blocks",
    source="OPCS-4 V54.4; GIRFT Spinal Services",
    tag="S",
    page="volumes",
    splits=BLOCK_SPLITS,
)
