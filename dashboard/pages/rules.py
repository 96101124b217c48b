"""What a rule about rows means, and what became of the rows it found, in words."""

SEVERITIES = {"quarantine": "Put aside", "flag": "Flagged"}
RULES = {
    "ragged": "More or fewer columns than the header",
    "undecodable": "Characters that are none in the file's encoding",
    "no-usable-date": "No usable date",
    "end-before-start": "Ends before it starts",
    "future-date": "A date still to come",
    "impossible-age": "An impossible age",
    "superseded-copy": "The same record came later with other content",
    "exact-copy": "An exact copy of another row, which alone is kept",
    "null-person": "No person key",
    "baby-age": "A baby's age",
    "opdate-outside-spell": "Operation date outside the stay",
    "unreadable-date": "One of its dates cannot be read",
    "closed-provider": "A closed provider's code: counted under its successor",
    "split-sub-icb": "An area that was divided: counted under the larger part's ICB",
    "conflicting-sites": "Both a lumbar and another spinal site",
}
