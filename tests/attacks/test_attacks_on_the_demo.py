"""The attacks of `rfd check disclosure` on the demo data, whose truth is known; and that those which must win do."""

from dataclasses import replace

import pytest

from dashboard import attacks
from dashboard.attacks import audit, contract, derived, difference, records, routes, shown
from dashboard.attacks.ground import Ground, Result
from dashboard.warehouse import Warehouse
from tests.worked import command

MANY = {shown.primary, routes.routes, difference.crossings, audit.audit, difference.overlaps}


@pytest.fixture(scope="module")
def ground(demo_warehouse) -> Ground:
    return replace(Ground.of(Warehouse(demo_warehouse)), measures=attacks.QUICKLY)


@pytest.mark.parametrize("attack", [one for one in attacks.ALL if one not in MANY], ids=lambda one: one.__name__)
def test_an_attack_recovers_no_more_than_chance(ground, attack):
    assert not attack(ground).won


def test_nothing_is_printed_beside_a_small_cell(ground):
    found = shown.primary(ground)
    assert found.tried > 500
    assert found.recovered == 0


def test_every_hidden_cell_keeps_at_least_four_values(ground):
    found = audit.audit(ground, providers=2, cells_of_each=8)
    assert found.tried > 10
    assert found.recovered == 0


def test_without_rounding_hidden_cells_are_solved_so_the_audit_is_no_blunt_attack(ground):
    assert audit.audit(ground, providers=2, cells_of_each=8, exact=True).won


def test_without_the_cell_key_the_slider_recovers_every_count_so_it_is_no_blunt_attack(ground):
    plain = replace(ground, released=ground.released.under("hes2018"))
    found = records.slider(plain)
    assert found.won
    assert found.recovered == found.tried


def test_without_the_cell_key_a_next_version_gives_counts_away(ground):
    plain = replace(ground, released=ground.released.under("hes2018"))
    assert records.versions(plain).recovered > records.versions(ground).recovered


@pytest.mark.soak
def test_every_attack_is_in_the_table_and_none_wins(demo_warehouse):
    rows = command.answer("check", "disclosure", "--warehouse", demo_warehouse)
    assert len(rows) == len(attacks.ALL) + 2
    assert {row["verdict"] for row in rows} <= {"held", "nothing to try", "won, as it must"}


@pytest.mark.soak
@pytest.mark.parametrize("profile", ["hes2018_ck", "sde10"])
def test_no_hidden_cell_of_any_provider_has_fewer_than_four_values(demo_warehouse, profile):
    whole = Ground.of(Warehouse(demo_warehouse))
    assert audit.audit(replace(whole, released=whole.released.under(profile)), providers=1000, cells_of_each=1000).recovered == 0


@pytest.mark.parametrize(
    ("tried", "recovered", "chance", "won"),
    [
        (0, 0, 0.0, False),
        (500, 0, 0.0, False),
        (500, 1, 0.0, True),
        (1000, 299, 0.2, False),
        (1000, 320, 0.2, True),
        (9, 4, 0.2, False),
    ],
)
def test_an_attack_wins_when_it_beats_chance_by_a_tenth_and_not_by_luck(tried, recovered, chance, won):
    assert Result("", tried, recovered, chance).won is won


def test_a_way_round_the_gate_in_the_code_would_be_seen(tmp_path, monkeypatch, ground):
    assert contract.imports(ground).recovered == 0
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "bad.py").write_text("from dashboard.ask import rows\n", encoding="utf-8")
    monkeypatch.setattr(contract, "PRODUCT", tmp_path)
    assert contract.imports(ground).recovered == 1


def test_averages_and_limits_are_tried_on_cells_that_there_are(ground):
    assert derived.limits(ground).tried


def test_the_waterfall_and_the_counts_tell_one_number_of_the_same_days(ground):
    steps = ground.released.waterfall(by="provider").frame
    for rule, cohort in (("broad", "broad"), ("lumbar", "lumbar"), ("ebi_diagnosis", "ebi")):
        counted = ground.told("denervations", {"cohort": cohort}, by="provider", period="all")
        both = steps[steps["rule"] == rule].merge(counted, on="place").dropna(subset=["remaining", "numerator"])
        assert len(both) and (both["remaining"] == both["numerator"]).all()
