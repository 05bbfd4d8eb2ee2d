"""Many postcodes looked up as columns lie where each of them lies, whatever is typed among them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from orgmap.graphmodel.stores.sqlite import SqliteStore
from tests.worlds import in_sqlite

OUTCODES = ("CT9", "CT", "C", "M1", "SW1A", "CT91", "ĆT9", "OUTCODES", "CT9\n")
HALVES = ("1AA", "1AB", "0ZZ", "9AA")
outcodes, halves = st.sampled_from(OUTCODES[:7]), st.sampled_from(HALVES)
rows = st.dictionaries(
    st.tuples(outcodes, halves), st.sampled_from(("E01000001", "E01000002", "W01000001", "")), max_size=12
)
asked = st.lists(
    st.builds(str.__add__, st.sampled_from(OUTCODES), halves) | st.text(max_size=8) | st.just("1AA"),
    max_size=12,
)


def store_of(placed: dict[tuple[str, str], str]) -> SqliteStore:
    """A store with these postcodes; one of the neighbourhoods lies in two areas, one in none that is known."""
    parts = [("E01000001", "a"), ("E01000002", "b"), ("E01000002", "a")]
    store = in_sqlite(
        {
            "neighbourhoods": [(code, "", "E02000001", f"area:{area}", 5.0) for code, area in parts],
            "postcodes": [(*one, code, "both", "") for one, code in placed.items()],
        }
    )
    assert isinstance(store, SqliteStore)
    return store


@given(rows, asked)
@example({("CT9", "1AA"): "E01000002", ("C", "1AA"): "E01000001"}, ["CT91AA", "C1AA", "1AA", "", "CT91AA"])
@example({("CT91", "1AA"): "E01000002"}, ["CT91", "1AA", "OUTCODES1AA"])
def test_columns_say_what_each_postcode_says(placed: dict[tuple[str, str], str], typed: list[str]) -> None:
    store = store_of(placed)
    whole = {"".join(one): code for one, code in placed.items()}
    groups = store.places.groups(typed).tolist()
    assert [group >= 0 for group in groups] == [one in whole for one in typed]
    alone = [store.postcodes([one]) for one in typed]
    assert [found[one].code if found else None for found, one in zip(alone, typed, strict=True)] == [
        whole.get(one) for one in typed
    ]
    lying = store.places.lying(typed)
    expected = [
        (place, area, people)
        for place, one in enumerate(typed)
        for area, people in store.neighbourhoods([whole.get(one, "")])[whole.get(one, "")]
    ]
    areas = store.edges.texts.column(lying.areas)
    assert list(zip(lying.asked.tolist(), areas, lying.people.tolist(), strict=True)) == expected
    store.close()
