"""What the procedure codes of one episode say: which cohorts, sides and levels."""

from __future__ import annotations

LUMBAR_SITES = {"Z665", "Z675", "Z676", "Z677", "Z993"}
OTHER_SITES = {"Z663", "Z664", "Z671", "Z672", "Z673", "Z674", "Z991", "Z992"}
EBI_SITES = {"Z675", "Z676", "Z677", "Z993"}
EBI_DIAGNOSES = {"M512", "M518", "M519", "M545", "M549"}
SIDES = {"Z941": {"left", "right"}, "Z942": {"right"}, "Z943": {"left"}}
LEVELS = {"V551": 1, "V552": 2, "V553": 3}
CONSERVATIVE_CARE = {"650", "651", "656", "713", "191"}


def is_lumbar(code: str, codes: list[str]) -> bool:
    """Whether one code of an episode makes it a lumbar denervation."""
    return code == "V485" or (code == "V487" and has_lumbar_site(codes))


def is_broad(code: str, codes: list[str]) -> bool:
    """Whether one code of an episode makes it a denervation of the broad cohort."""
    sited = code in ("V488", "V489") and has_lumbar_site(codes)
    return is_lumbar(code, codes) or code == "V486" or sited


def has_lumbar_site(codes: list[str]) -> bool:
    """Whether any procedure field names a lumbar site."""
    return any(code in LUMBAR_SITES for code in codes)


def is_block(code: str, codes: list[str]) -> bool:
    """Whether one code of an episode makes it a facet block: V54.4, lumbar or without a site."""
    elsewhere = any(other in OTHER_SITES for other in codes) and not has_lumbar_site(codes)
    return code == "V544" and not elsewhere


def first_position(codes: list[str], rule: object) -> int | None:
    """The lowest position, counted from 1, whose code satisfies the rule."""
    return next((n for n, code in enumerate(codes, start=1) if rule(code, codes)), None)


def sides(codes: list[str]) -> set[str]:
    """The sides coded: a subset of left and right."""
    return set().union(*(SIDES.get(code, set()) for code in codes))


def levels(codes: list[str]) -> int | None:
    """The highest number of levels coded: 1, 2, 3 for more than two, or nothing."""
    return max((LEVELS[code] for code in codes if code in LEVELS), default=None)


def has_image_control(codes: list[str]) -> bool:
    """Whether any code is of image control, Y53."""
    return any(code.startswith("Y53") for code in codes)


def side_word(sides: set[str]) -> str:
    """One word for a set of sides: left, right, both or unknown."""
    return "both" if len(sides) == 2 else next(iter(sides), "unknown")
