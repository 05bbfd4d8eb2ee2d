"""Names and addresses that mean harm."""

from __future__ import annotations

from tests.mine import MINE

RUNS = "window.ran=1"
"""What must never have happened."""

NAMES = (
    f"<img src=x onerror={RUNS}>",
    f"<script>{RUNS}</script>",
    f"</script><script>{RUNS}</script>",
    f'"><svg onload={RUNS}>',
    f"{{{{constructor.constructor('{RUNS}')()}}}}",
    f"javascript:{RUNS}",
    "'; drop table entities; --",
)

LINK = "https://example.org/?'><img/src=x/onerror=window.ran=1>"
"""An address that is one; the tables refuse what begins with “javascript:”."""


def tables() -> dict[str, str]:
    """A user's own tables in which every text means harm: bodies, other names, sources and their addresses, notes."""
    quoted = ['"' + name.replace('"', '""') + '"' for name in NAMES]
    entities = [f"place:bad{i},,{name},2016-04-01,,minutes,{name}" for i, name in enumerate(quoted)]
    aliases = [f"place:bad{i},{name},alias" for i, name in enumerate(quoted)]
    relations = [
        f"2016-04-01,district:E07000114,member_of,place:bad{i},administrative,,minutes"
        for i in range(len(quoted))
    ]
    header, *_ = MINE["entities"].splitlines()
    return {
        "entities": "\n".join(
            [f"{header},note", *(f"{row}," for row in MINE["entities"].splitlines()[1:]), *entities]
        )
        + "\n",
        "names": MINE["names"] + "\n".join(aliases) + "\n",
        "relationships": MINE["relationships"].replace(",drawn", ",minutes") + "\n".join(relations) + "\n",
        "sources": "id,title,publisher,as_of,verified,url,licence\n"
        f'minutes,{quoted[0]},{quoted[1]},2021-03-15,yes,"{LINK}",OGL\n',
    }


ADDRESSES = (
    f"#view=<script>{RUNS}</script>",
    f"#body=<img src=x onerror={RUNS}>",
    "#body=ccg:10E&body=ccg:09C",
    "#view=explore&at=2013-02-30",
    "#view=explore&at=0001-01-01",
    "#view=explore&at=99999999-01-01",
    "#view=explore&kind=__proto__",
    "#view=explore&kind=constructor",
    "#view=explore&body=hasOwnProperty",
    f"#place=javascript:{RUNS}",
    "#zoom=NaN,Infinity,-1&view=explore",
    "#zoom=1e308,1e308,1e308&view=explore",
    "#view=compare&at=2013-04-01&and=yesterday",
    "#tab=%E0%A4%A&view=explore",
    "#%00%ff%fe",
    "#view=explore&filter=" + "a" * 5000 + "&surprise=1",
    "#" + "x=1&" * 3000,
    "#service=service:none",
)
"""Addresses that ask for what there is not, or try to be run."""
