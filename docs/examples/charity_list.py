"""A charity's list: who commissioned for each client on the day of referral, and how many clients each body had."""

from pathlib import Path

import pandas as pd

import orgmap

HERE = Path(__file__).parent


def main() -> pd.Series:
    """Prints each client with its commissioner, then the number of clients of each commissioner, and gives it back."""
    clients = pd.read_csv(HERE / "clients.csv")
    with orgmap.open() as g:
        answered = g.annotate(clients, "postcode", at_column="referred")

    print(answered[["client", "referred", "commissioner_name", "note"]].to_string(index=False))

    # A cell without an answer stays blank and its note says why. Count those too: they are part of the result.
    counted = answered["commissioner_name"].fillna("(not known)").value_counts()
    print()
    print(counted.to_string())
    assert counted.sum() == len(clients)
    return counted


if __name__ == "__main__":
    main()
