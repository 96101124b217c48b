"""What a coder writes for each attendance: procedures and diagnoses, as each provider's habits have it."""

import numpy as np
import pyarrow

from dashboard.demo.people import first_of
from dashboard.demo.places import World
from dashboard.demo.targets import Goal
from dashboard.demo.treatments import BLOCK, LEFT, RIGHT, UNRELATED, V485, V487
from dashboard.demo.words import Words

POSITIONS = 6
V487_IN_THE_NECK, OTHERS_UNSITED, EBI_DIAGNOSIS_ANYWAY, GAPS_KEPT = 0.1, 0.4, 0.45, 0.05


def columns(rng, world: World, words: Words, goal: Goal, rows: np.ndarray) -> tuple[dict[str, pyarrow.Array], np.ndarray]:
    """(procedure and diagnosis columns of rows of treatments, which of six procedure fields are filled)."""
    fields, ebi = procedures(rng, world, words, goal, rows)
    filled = diagnoses(rng, words, rows, fields, ebi)
    for position, codes in enumerate(fields.T, start=1):
        filled[f"OPERTN_{position:02}"] = filled[f"OPERTN_4_{position:02}"] = words.column(codes)
    return filled, fields > 0


def procedures(rng, world: World, words: Words, goal: Goal, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(positions of codes, rows by six fields; which rows EBI 2K's rule shall see)."""
    count, habits, at = len(rows), world.habits, rows["provider"]
    pain = rows["code"] <= BLOCK
    code = np.where(pain, np.append(words.of("denervation"), words.of("block"))[np.minimum(rows["code"], BLOCK)], 0)
    code = np.where(pain, code, words.draw(rng, "unrelated", count))
    after_block = np.zeros(count, bool)
    v485 = np.flatnonzero(rows["code"] == V485)
    after_block[rng.choice(v485, min(goal.with_a_block, len(v485)), replace=False)] = True
    site = sites(rng, words, rows)
    ebi = seen_by_ebi(rng, habits, goal, rows, ~after_block & ~np.isin(site, words.of("neck_site")))
    site[ebi] = words.draw(rng, "joint_site", int(ebi.sum()))
    says_levels, says_image = (pain & (rng.random(count) < habits[name][at]) for name in ("levels", "image_control"))
    fields = [
        np.where(after_block, words.of("block")[0], code),
        np.where(after_block, code, 0),
        np.where(says_image, words.draw(rng, "image", count), 0),
        np.where(says_levels, words.draw(rng, "levels", count), 0),
        site,
        np.where(pain, sides(rng, habits, words, rows), 0),
    ]
    return without_gaps(rng, np.stack(fields, axis=1)), ebi


def sides(rng, habits: dict, words: Words, rows: np.ndarray) -> np.ndarray:
    """The code of each row's side, or none where its provider does not say."""
    at = rows["provider"]
    until = np.array([first_of(int(year)) for year in habits["codes_sides_until"]])[at]
    says = (rng.random(len(rows)) < habits["sides"][at]) & (rows["day"] < until)
    left, right, both = (words.of(name)[0] for name in ("left", "right", "both"))
    return np.where(says, np.select([rows["side"] == LEFT, rows["side"] == RIGHT], [left, right], both), 0)


def sites(rng, words: Words, rows: np.ndarray) -> np.ndarray:
    """A site code for each row, or none; V48.7 is lumbar by its site, but for a few in the neck."""
    count, code = len(rows), rows["code"]
    lumbar = words.draw(rng, "lumbar_site", count)
    v487 = np.where(rng.random(count) < V487_IN_THE_NECK, words.draw(rng, "neck_site", count), lumbar)
    return np.select(
        [code == V485, code == V487, code < BLOCK, code == BLOCK],
        [
            words.draw(rng, "site_of_v485", count),
            v487,
            np.where(rng.random(count) < OTHERS_UNSITED, 0, lumbar),
            words.draw(rng, "site_of_block", count),
        ],
        0,
    )


def seen_by_ebi(rng, habits: dict, goal: Goal, rows: np.ndarray, can: np.ndarray) -> np.ndarray:
    """Which denervations are coded as EBI 2K asks: about one in eight, more of them at providers that name the joint."""
    can = can & np.isin(rows["code"], (V485, V487))
    wanted = round(goal.ebi_share * (goal.rfd["V485"] + goal.rfd["V487"]))
    score = np.where(can, rng.random(len(rows)) ** (1 / habits["joint_sites"][rows["provider"]]), -1.0)
    ebi = np.zeros(len(rows), bool)
    ebi[np.argsort(-score)[: min(wanted, int(can.sum()))]] = True
    return ebi


def without_gaps(rng, fields: np.ndarray) -> np.ndarray:
    """Codes moved to the front of their row; one row in twenty keeps its gaps, as real rows do."""
    order = np.argsort(fields == 0, axis=1, kind="stable")
    kept = rng.random(len(fields)) < GAPS_KEPT
    return np.where(kept[:, None], fields, np.take_along_axis(fields, order, axis=1))


def diagnoses(rng, words: Words, rows: np.ndarray, fields: np.ndarray, ebi: np.ndarray) -> dict[str, pyarrow.Array]:
    """The diagnosis columns: EBI 2K's where its rule shall see the row, others where a joint is named and it shall not."""
    count = len(rows)
    joint = np.isin(fields, words.of("joint_site")).any(axis=1) & (rows["code"] < BLOCK)
    listed = ebi | (~joint & (rng.random(count) < EBI_DIAGNOSIS_ANYWAY))
    first = np.where(listed, words.draw(rng, "ebi_diagnosis", count), words.draw(rng, "spine_diagnosis", count))
    first = np.where(rows["code"] == UNRELATED, words.draw(rng, "unrelated_diagnosis", count), first)
    second = words.draw(rng, "second_diagnosis", count)
    filled = {}
    for position, codes in enumerate((first, second), start=1):
        filled[f"DIAG_{position:02}"] = words.column(codes)
        filled[f"DIAG_4_{position:02}"] = words.column(codes, 4)
    return filled
