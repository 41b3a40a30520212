"""The scales on which a curve is drawn."""

import pytest

from atleast.tell.scale import ticks


@pytest.mark.parametrize("most, found", [(1, [0, 1]), (7, [0, 2, 4, 6]), (321, [0, 100, 200, 300]), (10**9, None)])
def test_the_axis_has_round_numbers(most: int, found: list[int] | None) -> None:
    assert found is None or ticks(most) == found
    assert 2 <= len(ticks(most)) <= 6
