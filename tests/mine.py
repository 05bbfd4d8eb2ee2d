"""A user's own tables over the two streets in Kent: a partnership of councils, its work, and what became of it."""

from __future__ import annotations

from pathlib import Path

MINE = {
    "kinds": """\
kind,prefix,label,plural,tier,reach,roles,description
place_partnership,place,place partnership,place partnerships,sub-regional,members,place_partnership,Councils together.
childrens_trust,ct,children's trust,children's trusts,board,own,childrens_trust,Where children's services meet.
""",
    "roles": """\
role,side,column,codes,meaning
place_partnership,local_government,place_partnership,name,Where councils plan together.
childrens_trust,local_government,,,Where children's services meet.
""",
    "kind_words": """\
words,short,kinds,where
place partnership,place partnership,place,end
""",
    "verbs": """\
verb,forward,backward,description
chairs,chairs,is chaired by,Leads its meetings.
""",
    "entities": """\
id,kind,name,valid_from,valid_until,source
place:shore,,Shore Place Partnership,2016-04-01,2021-04-01,minutes
place:coast,,Coast Place Partnership,2021-04-01,,minutes
ct:margate,,Margate Children's Trust,2016-04-01,,
service:mentoring,,Mentoring,,,
""",
    "names": """\
entity,name,use
ct:margate,The Margate Trust,alias
ccg:10E,Thanet's own,alias
""",
    "relationships": """\
valid_from,subject,verb,object,basis,valid_until,source
2016-04-01,district:E07000114,member_of,place:shore,administrative,2021-04-01,minutes
2021-04-01,district:E07000114,member_of,place:coast,administrative,,minutes
2016-04-01,ct:margate,covers,area:E01000001,published,,
2022-07-01,icb:QKS,funds,place:coast,administrative,,drawn
2021-04-01,council:E10000016,chairs,place:coast,administrative,,
""",
    "events": """\
id,kind,date,source
shore-to-coast,replaced,2021-04-01,minutes
""",
    "successions": """\
event,predecessor,successor
shore-to-coast,place:shore,place:coast
""",
    "rules": """\
id,service,commissioner,basis,population,valid_from
mentoring-1,service:mentoring,ct:margate,administrative,resident,2016-04-01
""",
    "sources": """\
id,title,publisher,as_of,verified
minutes,Minutes of a meeting,Kent,2021-03-15,yes
""",
}
"""What a user writes: each table as the text of its file, with the columns that are needed, in any order."""


def write_mine(folder: Path, **changed: str | None) -> Path:
    """Writes the tables into a folder; others in the place of some, or none where None is given."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, text in {**MINE, **changed}.items():
        if text is not None:
            (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder


def added(table: str, *rows: str) -> dict[str, str]:
    """A table with more rows at its end."""
    return {table: MINE[table] + "".join(f"{row}\n" for row in rows)}
