# ruff: noqa: E501 - tables are wide
"""Two processes for the streets of Kent: an authorisation that is told and one that is not, a merger, and one to come."""

from __future__ import annotations

APPROVALS = """
sources
id    | title              | publisher | url | licence | as_of      | verified
paper | A paper            |           |     |         | 2013-02-01 | yes
other | Another paper      |           |     |         | 2013-02-02 | yes

processes
id        | name              | other          | text        | approves | whole_on   | valid_from | valid_until | stated_on
authority | CCG authorisation | authorisation  | May it act? | clinical_commissioning_group    | 2013-04-01 | 2012-04-01 | 2014-04-01  | 2012-04-01
merging   | Group merger      | mergers        | May they?   | clinical_commissioning_group    |            | 2012-06-21 | 2022-07-01  | 2012-06-21

stages
id              | process   | number | name        | text      | role       | actor     | limit_from      | limit_least | limit_most | limit_unit | due_on     | stated_on
authority-apply | authority | 1      | application | They ask. | applies    | clinical_commissioning_group     |                 |             |            |            |            | 2012-04-01
authority-visit | authority | 2      | site visit  | A visit.  | assesses   |           |                 |             |            |            |            | 2012-04-01
authority-paper | authority | 3      | report      | Written.  | recommends | at:Q67    | authority-visit |             | 13         | day        |            | 2012-04-01
authority-say   | authority | 4      | comments    | They say. | comments   | clinical_commissioning_group     | authority-paper | 3           | 4          | week       |            | 2012-04-01
authority-end   | authority | 5      | decision    | Yes or no.| decides    | region:Y57|                 |             |            |            |            | 2012-04-01

stages
id              | process | number | name        | text      | role    | actor | valid_from | valid_until | due_on     | due_sense | stated_on
merging-old     | merging | 1      | application | They ask. | applies | clinical_commissioning_group | 2012-06-21 | 2019-04-15  |            |           | 2012-06-21
merging-unknown | merging | 2      | review      |           |         |       | 2012-06-21 | 2019-04-15  |            |           | 2012-06-21
merging-apply   | merging | 1      | application | They ask. | applies | clinical_commissioning_group | 2019-04-15 |             | 2019-09-30 | by        | 2019-04-15
merging-decide  | merging | 2      | decision    | Decided.  | decides | region:Y57 | 2019-04-15 |        | 2019-11-30 | by        | 2019-04-15

cases
id           | process   | name                   | bodies          | makes   | came   | status      | stated_on
auth:thanet  | authority | Authorisation, Thanet  | ccg:10E         | ccg:10E |        | in_force    | 2012-05-01
merger:kent  | merging   | Merger into Kent       | ccg:09E ccg:10E | ccg:91Q | merger | in_force    | 2019-06-01
merger:later | merging   | Another merger         | ccg:91Q         |         |        | conditional | 2019-06-01

case_events
id     | of_case     | step    | text               | stage           | actor      | wave | date       | status   | confidence | stated_on
wave   | auth:thanet | placed  | Placed in wave 2.  |                 |            | 2    | 2012-05-01 | in_force | high       | 2012-05-01
asks   | auth:thanet | applied | To apply.          | authority-apply | ccg:10E    | 2    | 2012-09-03 | planned  | high       | 2012-05-01
visit  | auth:thanet | heard   | A visit.           | authority-visit |            |      | 2012-10-10 | in_force | high       | 2012-10-10

case_events
id     | of_case     | step    | text                  | stage         | actor      | wave | outcome    | number | date       | status   | confidence | contradicts | stated_on  | source
yes    | auth:thanet | decided | With conditions.      | authority-end | region:Y57 | 2    | directions | 3      | 2013-01-22 | in_force | high       | no          | 2013-02-01 | paper
no     | auth:thanet | decided | Without any.          | authority-end | region:Y57 | 2    | clear      |        | 2013-01-22 | disputed | low        | yes         | 2013-02-02 | other
look   | auth:thanet | reviewed| Conditions are left.  |               | region:Y57 |      | conditions | 2      | 2013-07-25 | in_force | medium     |             | 2013-07-25 | paper

case_events
id   | of_case     | step      | text       | stage         | criterion | number | support | review_on  | discharge | date       | status   | confidence | stated_on
c1   | auth:thanet | condition | A plan.    | authority-end | the plan  | 1      | a model | 2013-03-31 |           | 2013-01-22 | in_force | high       | 2013-02-01
c2   | auth:thanet | condition | A nurse.   | authority-end | a nurse   | 1      |         |            | not found | 2013-01-22 | in_force | high       | 2013-02-01

case_events
id      | of_case      | step    | text        | stage          | actor      | outcome | date       | date_sense | status      | confidence | stated_on
plan    | merger:kent  | decided | To decide.  | merging-decide | region:Y57 |         | 2019-11-30 | by         | planned     | high       | 2019-06-01
refused | merger:kent  | decided | Refused.    | merging-decide | region:Y57 | refused | 2019-10-21 | announced  | in_force    | high       | 2019-10-21
later   | merger:later | decided | To decide.  | merging-decide | region:Y57 |         | 2028-04-01 | by         | conditional | high       | 2019-06-01

case_totals
id     | process   | step    | text              | wave | outcome    | number | part_of | date       | status   | confidence | stated_on
t      | authority | decided | Decided.          |      |            | 2      |         | 2013-03-14 | in_force | high       | 2013-03-14
t-with | authority | decided | With conditions.  |      | conditions | 2      | t       | 2013-03-14 | in_force | high       | 2013-03-14
t-dir  | authority | decided | With directions.  |      | directions | 1      | t-with  | 2013-03-14 | in_force | high       | 2013-03-14
"""
"""Tables that are laid beside those of `tests.kent`."""
