"""`python -m tests.attacks.attack_table WAREHOUSE`: docs/attacks.md from what came of every attack on that version."""

import sys
from pathlib import Path

from dashboard import attacks
from dashboard.attacks.ground import Ground
from dashboard.warehouse import Warehouse

PAGE = Path(__file__).parents[2] / "docs" / "attacks.md"
WORDS = """# Attacks on what is released

What came of `rfd check disclosure` on the demo of England's size (`rfd demo --out D`, `rfd load D/*`). Each attack is plain code in
`dashboard/attacks` that holds released numbers alone; the exact ones only score it. *Recovered* are small true numbers (1 to 7) found, or for the
slider, the version difference and the limits turned back, true counts of any size. *Chance* is what always saying the likeliest number would get.
An attack wins, and the command ends with exit code 3, when it beats chance by more than a tenth and an exact binomial test at 0.1% does not
take it for luck; where chance is 0, one cell is enough. The last two are on weaker releases and must win, or the attacks are blunt.

{table}

Plainly: who can add records to a cell one by one, or knows that exactly one came between two versions, learns somewhat more of its count than
from one number (see the two rows); many additions would give it, and no rounding withstands that: the closed lattice does. What differs between two stops of a policy
is in no cell that can be asked by year; it is protected by the cell keys alone, and is not among the cells tried here.
"""


def page(frame) -> str:
    """The page of a table of attacks."""
    head = "| attack | tried | recovered | share | chance | verdict |\n|---|---|---|---|---|---|\n"
    rows = (
        f"| {one.attack} | {one.tried:,} | {one.recovered:,} | {one.share:.3f} | {one.chance:.3f} | {one.verdict} |"
        for one in frame.itertuples()
    )
    return WORDS.format(table=head + "\n".join(rows))


if __name__ == "__main__":
    ground = Ground.of(Warehouse(sys.argv[1]))
    PAGE.write_text(page(attacks.table(attacks.run(ground), attacks.proofs(ground))), encoding="utf-8")
