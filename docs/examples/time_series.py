"""A time series over reforms: figures by clinical commissioning group, put on the boards of 2022 by shares."""

from pathlib import Path

import pandas as pd

import orgmap

HERE = Path(__file__).parent
BOARDS_FROM = "2022-07-01"


def shares(g: orgmap.Graph, day: str) -> pd.DataFrame:
    """For each group of a day the boards that took over, each with the share of the group's people it got."""
    answer = g.crosswalk("ccg", day, "icb", BOARDS_FROM)
    table = pd.DataFrame(answer.to_dict()["rows"])
    return table[["from", "to", "to_name", "share_of_from"]]


def main() -> pd.DataFrame:
    """Prints one line a year and board, checks that nothing was lost, and gives the table back."""
    figures = pd.read_csv(HERE / "figures_by_group.csv")
    parts = []
    with orgmap.open() as g:
        for year, rows in figures.groupby("year"):
            # The groups of each year are those of its first of April: they merged several times.
            joined = rows.merge(shares(g, f"{year}-04-01"), left_on="group", right_on="from", how="left")
            lost = joined[joined["to"].isna()]
            assert lost.empty, f"these groups did not exist on 1 April {year}: {', '.join(lost['group'])}"
            joined["patients"] *= joined["share_of_from"]
            parts.append(joined)

    whole = pd.concat(parts)
    series = whole.pivot_table(index="year", columns="to_name", values="patients", aggfunc="sum")
    print(series.round(0).to_string())

    # What goes in comes out: shares of one group add up to one, so no patient is lost or counted twice.
    before = figures.groupby("year")["patients"].sum()
    assert (series.sum(axis=1) - before).abs().max() < 0.5
    return series


if __name__ == "__main__":
    main()
