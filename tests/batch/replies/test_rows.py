"""How a reply states what became of a row."""

import pytest

from underlag.batch.replies.rows import Facts, Fate, fate_of

RUN = 3


def row(state: str, **facts) -> Facts:
    plain = dict.fromkeys(Facts._fields, "") | {"load": 0, "load_run": 0, "other": 0}
    return Facts(**{**plain, "state": state, **facts})


@pytest.mark.parametrize(
    ("facts", "fate"),
    [
        ({"load": 5, "load_state": "gjord", "load_run": RUN}, Fate.GOES_ON),
        ({"load": 4, "load_state": "gjord", "load_run": 2}, Fate.ON_ITS_WAY),
        ({"load": 4, "load_state": "inläst", "load_run": 2}, Fate.LOADED),
        ({"load": 5, "load_state": "inläst", "load_run": RUN}, Fate.LOADED),
        ({"load": 4, "load_state": "återtagen", "load_run": 2}, Fate.TAKEN_BACK),
        ({"load": -1}, Fate.EARLIER),
        ({"load": 4, "load_state": "inläst", "load_run": 2, "other": 9}, Fate.REPLACED),
        (
            {"load": 4, "load_state": "inläst", "load_run": 2, "other": 9, "reason": "samma-rad"},
            Fate.REPLACED,
        ),
    ],
)
def test_state_of_a_load_decides_the_fate_of_its_row(facts, fate):
    assert fate_of(row("inläsning", **facts), RUN, blocked_by_us=False) is fate


@pytest.mark.parametrize(
    ("reason", "fate"),
    [
        ("ersatt", Fate.REPLACED),
        ("äldre", Fate.OLDER),
        ("bortvald", Fate.NOT_CHOSEN),
        ("dubblett", Fate.DUPLICATE),
        ("behövs-inte", Fate.NOT_NEEDED),
        ("ändrar-tak", Fate.HELD_BACK),
        ("återtagen", Fate.TAKEN_BACK),
        ("stängt", Fate.CLOSED),
    ],
)
def test_row_that_is_left_out(reason, fate):
    assert fate_of(row("utelämnad", reason=reason), RUN, blocked_by_us=False) is fate


@pytest.mark.parametrize(
    ("fault", "blocked_by_us", "fate"),
    [
        ("HSA003", False, Fate.RETURNED),
        ("HSA003, TAK016", False, Fate.RETURNED),
        ("arbetsboken", False, Fate.RETURNED),
        ("TAK016", False, Fate.WAITS_FOR_US),
        ("arbetsboken", True, Fate.WAITS_FOR_US),
    ],
)
def test_fault_of_the_tak_is_ours_and_not_the_regions(fault, blocked_by_us, fate):
    faulty = row("utelämnad", reason="fel", fault=fault)

    assert fate_of(faulty, RUN, blocked_by_us=blocked_by_us) is fate


def test_row_of_a_conflict_waits():
    assert fate_of(row("väntar", reason="annan-producent"), RUN, blocked_by_us=False) is Fate.WAITS
