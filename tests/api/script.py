"""What a user's script may look like: it passes `mypy --strict` and runs on an installed orgmap."""

from datetime import date

import orgmap

with orgmap.open() as g:
    answer = g.find("CT9 1AA", date(2013, 6, 1))
    names: list[str | None] = [body["name"] for body in answer if body["role"] == "commissioner"]
    print(names, answer.to_dict()["place"]["described"], answer.to_json()[:1])
    for one in g.who("health visiting", "Thanet", "2015-10-01"):
        print(one["commissioner"]["id"], one["fact"]["valid_from"])
    shares: dict[str | None, float | None] = {
        row["from"]: row["share_of_from"] for row in g.crosswalk("ccg", "2020-03-31", "ccg", "2020-04-01")
    }
    print(shares["ccg:10E"], g.list("ccg", "1 April 2013").to_frame().shape)
    try:
        g.list("cgc")
    except orgmap.WrongUse as error:
        print(error)
