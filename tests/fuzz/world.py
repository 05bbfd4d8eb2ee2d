# ruff: noqa: E501 - tables are wide
"""The world that is asked about: Kent through time, with services, rules, plans and two papers."""

from __future__ import annotations

from tests.approvals import APPROVALS
from tests.kent import KENT_PRESCRIBED, KENT_THROUGH_TIME

WORLD = (
    KENT_THROUGH_TIME
    + KENT_PRESCRIBED
    + """
entities
id                   | name                      | valid_from | valid_until
doc:000              | A paper on plans          | 2011-08-01 |
doc:001              | Who commissions what      | 2012-07-01 |
service:maternity    | Maternity                 |            |
service:health_visiting | Health visiting        |            |
national:nhs_england | NHS England               | 2012-10-01 |
icb:NEW              | A board that is to be     | 2027-04-01 |

names
entity                  | name            | use
service:maternity       | midwives        | alias
service:health_visiting | health visitors | alias

phases
entity  | status  | valid_from | valid_until
icb:NEW | planned | 2025-04-01 | 2027-04-01

relationships
subject | verb      | object         | status   | stated_on  | valid_from | valid_until
ccg:09E | member_of | stp:QKS        | in_force | 2016-01-01 | 2017-04-01 | 2020-04-01
ccg:91Q | member_of | stp:QKS        | planned  | 2019-01-01 | 2020-04-01 | 2022-07-01
practice:G82064 | member_of | ccg:91Q | planned  | 2019-01-01 | 2020-04-01 | 2022-07-01
ccg:09E | part_of   | at:Q67         | in_force | 2013-01-01 | 2013-04-01 | 2015-04-01
ccg:10E | part_of   | region:Y57     | disputed | 2013-01-01 | 2013-04-01 | 2015-04-01
at:Q67  | covers    | area:E01000001 | in_force | 2013-01-01 | 2013-04-01 | 2015-04-01
ccg:10E | covers    | area:E01000001 | shadow   | 2012-04-01 | 2012-04-01 | 2013-04-01

rules
id | service                 | commissioner                 | population | coverage | status   | stated_on  | valid_from | valid_until
m1 | service:maternity       | primary_care_trust           | resident   | all      | in_force |            | 2006-10-01 | 2013-04-01
m2 | service:maternity       | clinical_commissioning_group | resident   | all      | in_force |            | 2013-04-01 | 2022-07-01
m3 | service:maternity       | integrated_care_board        | resident   | all      | in_force |            | 2022-07-01 |
m4 | service:maternity       | upper_tier_council           | present    | all      | planned  | 2011-01-01 | 2013-04-01 |
h1 | service:health_visiting | national:nhs_england         | resident   | all      | in_force | 2012-07-01 | 2013-04-01 | 2015-10-01
h2 | service:health_visiting | upper_tier_council           | resident   | all      | in_force | 2012-07-01 | 2015-10-01 |

accountability
id | subject                      | verb           | object               | coverage | status   | stated_on  | valid_from | valid_until
a1 | clinical_commissioning_group | accountable_to | national:nhs_england | all      | in_force | 2012-07-01 | 2013-04-01 | 2022-07-01
a2 | integrated_care_board        | accountable_to | national:nhs_england | all      | in_force |            | 2022-07-01 |
a3 | clinical_commissioning_group | accountable_to | upper_tier_council   | all      | planned  | 2012-07-01 | 2013-04-01 | 2022-07-01

events
id    | kind              | date       | status   | stated_on
next  | replaced          | 2027-04-01 | planned  | 2025-04-01
moved | function_transfer | 2014-04-01 | in_force | 2014-01-01

successions
event | predecessor       | successor
next  | icb:QKS           | icb:NEW
moved | council:E10000016 | ccg:10E

statements
id      | document | topic     | text                                   | status   | valid_from | stated_on  | due
000-1-1 | 000      | date      | Trusts are abolished in April 2013.    | planned  | 2013-04-01 | 2011-08-01 | 2013-04
000-2-1 | 000      | milestone | Each cluster has a plan for maternity. | planned  |            | 2011-08-01 | 2012-09
001-1-1 | 001      | service   | Groups commission maternity.           | in_force |            | 2012-07-01 |
001-2-1 | 001      | not_stated | The number of boards is not stated.   | in_force |            | 2012-07-01 |

statements
id      | document | topic  | subject           | object                       | value | unit   | text                | status   | valid_from | stated_on
000-3-1 | 000      | number | council:E10000016 | clinical_commissioning_group | 3     | CCGs   | Three groups there. | planned  | 2013-04-01 | 2011-08-01
001-3-1 | 001      | number | council:E10000016 |                              | 99    | people | So many people.     | in_force |            | 2012-07-01

statements
id      | document | topic     | series          | text     | status   | stated_on
001-4-1 | 001      | indicator | RAG key domains | Finance. | in_force | 2012-07-01

purposes
id | about                        | reader  | text                        | valid_from | valid_until
u1 | clinical_commissioning_group |         | It buys care. GPs run it.   | 2013-04-01 | 2022-07-01
u2 | integrated_care_board        |         | It buys care. It is new.    | 2022-07-01 |
u3 | clinical_commissioning_group | charity | It must listen. It meets.   | 2013-04-01 | 2022-07-01

contacts
id | entity    | seen_on    | address      | telephone | website
k1 | ccg:10E   | 2012-06-01 | 1 Old Street |           |
k2 | icb:QKS   | 2024-01-01 | 2 New Street | 01843 1   | https://example.org/board

themes
id      | name      | words            | services          | statements
birth   | Birth     | pregnancy        | service:maternity |
voice   | Voice     | complaints       | service:maternity |
charity | Charities | voluntary sector |                   | 000-1-1

walks
id    | name    | text
birth | A birth | In the hospital and at home.

walk_steps
id       | walk  | text      | service
birth-01 | birth | A birth.  | service:maternity
birth-02 | birth | A lesson. | service:public_health

terms
id   | term | other          | meaning                    | text           | about | valid_from | valid_until
qipp | QIPP | QIPP programme | Quality and other things   | A way to save. |       | 2009-06-01 | 2013-04-01
icp1 | ICP  |                | a partnership of providers |                |       | 2012-01-01 | 2013-01-01
icp2 | ICP  |                | a joint committee          |                |       | 2013-01-01 |

plans
id | plan  | text                       | about                        | planned_for | planned_precision | status      | stated_on  | facts | came           | verdict
p1 | trust | Trusts end in 2012.        | reform:2013 primary_care_trust | 2012-04-01  | month           | planned     | 2011-08-01 |       | ccg:10E        |
p2 | board | A new board is to come.    | icb:QKS                      | 2027-04-01  |                   | conditional | 2025-04-01 | next  |                |
p3 | board | A new board in two years.  | icb:QKS                      | 2026-04-01  | approx            | superseded  | 2024-04-01 | next  |                |
p4 | east  | Groups in the east.        | ccg:09E                      | 2027-04-01  | month             | planned     | 2012-07-01 |       |                |
p5 | town  | Maternity is to move.      | service:maternity            | 2028-04-01  | year              | planned     | 2026-01-01 |       |                |
p6 | vote  | A vote on the merger.      | reform:2013 ccg:10E          | 2012-04-01  | month             | planned     | 2011-08-01 |       |                | not_known

milestones
id  | programme    | stream     | text                 | owner              | due_on     | due_until  | repeats      | status      | stated_on
d1  | cluster-2012 | estates    | Leases are signed.   | primary_care_trust | 2012-09-01 |            |              | planned     | 2011-08-01
d2  | cluster-2012 | quality    | A report each month. | ccg:10E            | 2013-04-01 | 2014-03-31 | FREQ=MONTHLY | planned     | 2012-07-01
d3  | merger       | estates    | Offices are shared.  | ccg:09E ccg:10E    | 2020-04-01 |            |              | conditional | 2019-01-01

boards
id    | name               | itself                     | parent
hwb   | Wellbeing Board    | health_and_wellbeing_board | upper_tier_council
group | CCG governing body |                            | clinical_commissioning_group

seats
id | board | role       | words | sort     | number_min | number_max | coverage | status      | stated_on  | valid_from | valid_until | holder             | held
s1 | hwb   | councillor | place | required | 1          | 1          | all      | in_force    |            | 2013-04-01 |             | upper_tier_council | each
s2 | group | nurse      |       | required | 1          |            | all      | in_force    |            | 2013-04-01 | 2022-07-01  |                    |
s3 | hwb   | mayor      |       | required | 1          |            | all      | conditional | 2011-08-01 |            |             |                    |

powers
id | board | power   | matter     | words | coverage | status   | stated_on | valid_from | valid_until
w1 | hwb   | notes   | CCG merger |       | all      | in_force |           | 2013-04-01 |
w2 | group | votes   | CCG merger |       | all      | in_force |           | 2013-04-01 | 2022-07-01
w3 | hwb   | decides | needs      | JSNA  | all      | in_force |           | 2013-04-01 |
"""
    + APPROVALS
)
