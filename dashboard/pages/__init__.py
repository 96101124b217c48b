"""The pages, in the order of the navigation: (file, title)."""

ALL = (
    ("overview", "Overview"),
    ("volumes", "Volumes"),
    ("repeats", "Repeat intervals"),
    ("blocks", "Block to RFD"),
    ("policy", "Policy adherence"),
    ("provider", "Provider profile"),
    ("opportunity", "Opportunity"),
    ("downloads", "Downloads"),
    ("quality", "Data quality"),
    ("definitions", "Definitions"),
    ("accessibility", "Accessibility"),
)

# Shown in the navigation to those with a grant for them alone; anybody else who has the link is told so.
GRANTED = (("episodes", "Episodes"), ("refusals", "Refused lines"), ("log", "Download log"))
