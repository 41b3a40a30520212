"""Names on a map."""

from hypothesis import given
from hypothesis import strategies as st

from atleast.tell.labels import Label, _box, laid

LABELS = st.lists(
    st.builds(Label, st.text("abcdefgh ", min_size=1, max_size=20), st.floats(0, 720), st.floats(0, 400), st.floats(3, 60)),
    max_size=40,
)


@given(LABELS)
def test_names_leave_each_other_room_and_stay_on_the_paper(labels: list[Label]) -> None:
    boxes = [_box(each.text, each.x, each.y, each.anchor, 15 if each.fine else 25) for each in laid(labels, 720, 400)]

    for place, (west, north, east, south) in enumerate(boxes):
        assert west >= 0 and north >= 0 and east <= 720 and south <= 400
        assert all(east <= w or e <= west or south <= n or s <= north for w, n, e, s in boxes[:place])


def test_the_first_has_the_first_choice() -> None:
    crowd = [Label(f"Streslau {n}", 360, 200 + n, 5) for n in range(9)]
    told = [each.text for each in laid(crowd, 720, 400)]

    assert told[0] == "Streslau 0" and len(told) < len(crowd)


def test_a_name_stands_off_the_marks_of_others_where_it_can() -> None:
    (one, *_) = laid([Label("Zenda", 300, 200, 5), Label("Hentzau", 350, 200, 30)], 720, 400)

    assert (one.text, one.anchor) == ("Zenda", "end"), "on the right it would cross the ring of Hentzau"
