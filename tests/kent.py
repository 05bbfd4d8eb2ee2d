"""The world that most tests ask about: two streets in Kent, from trust to group to board."""

from __future__ import annotations

KENT = """
entities
id                  | name              | valid_from | valid_until
pct:5QA             | East Kent PCT     | 2006-10-01 | 2013-04-01
pctc:kent           | NHS Kent          | 2011-06-01 | 2013-04-01
sha:Q37             | South East Coast  | 2006-07-01 | 2013-04-01
ccg:10E             | NHS Thanet CCG    | 2013-04-01 | 2020-04-01
ccg:09E             | NHS Coastal CCG   | 2013-04-01 | 2020-04-01
ccg:91Q             | NHS Kent CCG      | 2020-04-01 | 2022-07-01
sicbl:91Q           | NHS Kent - 91Q    | 2022-07-01 |
icb:QKS             | NHS Kent ICB      | 2022-07-01 |
stp:QKS             | Kent STP          | 2017-04-01 | 2022-07-01
at:Q67              | Kent Area Team    | 2013-04-01 | 2015-04-01
region:Y57          | South of England  | 2013-04-01 |
council:E10000016   | Kent County Council |          |
district:E07000114  | Thanet District Council |      |
hwb:E10000016       | Kent HWB          | 2013-04-01 |
healthwatch:E10000016 | Healthwatch Kent | 2013-04-01 |
link:E10000016      | Kent LINk         | 2008-04-01 | 2013-04-01
area:E01000001      | Margate           |            |
area:E01000002      | Herne Bay         |            |
practice:G82064     | The Limes         | 1990-01-01 |

phases
entity  | status | valid_from | valid_until
ccg:10E | shadow | 2012-04-01 | 2013-04-01

identifiers
entity          | scheme | code
ccg:10E         | ods    | 10E
practice:G82064 | ods    | G82064

locations
entity          | postcode | valid_from | valid_until
practice:G82064 | CT9 1AA  |            |

relationships
subject            | verb      | object                | basis     | valid_from | valid_until
pct:5QA            | covers    | area:E01000001        | estimated | 2010-04-01 | 2013-04-01
pct:5QA            | covers    | area:E01000002        | estimated | 2010-04-01 | 2013-04-01
pct:5QA            | member_of | pctc:kent             | published | 2011-06-01 | 2013-04-01
pct:5QA            | part_of   | sha:Q37               | published | 2006-10-01 | 2013-04-01
ccg:10E            | covers    | area:E01000001        | published | 2013-04-01 | 2020-04-01
ccg:09E            | covers    | area:E01000002        | published | 2013-04-01 | 2020-04-01
ccg:91Q            | covers    | area:E01000001        | published | 2020-04-01 | 2022-07-01
ccg:91Q            | covers    | area:E01000002        | published | 2020-04-01 | 2022-07-01
sicbl:91Q          | covers    | area:E01000001        | published | 2022-07-01 |
sicbl:91Q          | covers    | area:E01000002        | published | 2022-07-01 |
sicbl:91Q          | part_of   | icb:QKS               | published | 2022-07-01 |
ccg:10E            | part_of   | at:Q67                | published | 2013-04-01 | 2015-04-01
ccg:10E            | member_of | stp:QKS               | published | 2017-04-01 | 2020-04-01
at:Q67             | part_of   | region:Y57            | published | 2013-04-01 | 2015-04-01
council:E10000016  | covers    | area:E01000001        | published |            |
council:E10000016  | covers    | area:E01000002        | published |            |
district:E07000114 | covers    | area:E01000001        | published |            |
hwb:E10000016      | part_of   | council:E10000016     | statutory | 2013-04-01 |
council:E10000016  | holds_contract_with | healthwatch:E10000016 | statutory | 2013-04-01 |
council:E10000016  | holds_contract_with | link:E10000016 | statutory | 2008-04-01 | 2013-04-01
practice:G82064    | member_of | pct:5QA               | published | 2006-10-01 | 2013-04-01
practice:G82064    | member_of | ccg:10E               | published | 2013-04-01 | 2020-04-01

neighbourhoods
code      | name | parent    | area           | population
E01000001 | M    | E02000001 | area:E01000001 | 300
E01000002 | H    | E02000001 | area:E01000002 | 100

postcodes
outcode | inward | code      | seen
CT9     | 1AA    | E01000001 | both
CT9     | 9ZZ    | E02000001 | terminated
CT6     | 1AA    | E01000002 | 2025
TD1     | 1AA    | S92000003 | both
"""

CHANGES = """
sources
id     | title                          | publisher     | url                        | licence | as_of      | verified
act    | Health and Social Care Act 2012 | UK Parliament | https://example.org/act    | OGL v3  |            | yes
memory | Not verified against a source  |               |                            |         |            | no

datasets
dataset | title    | horizon    | as_of      | kinds
nhs     | The NHS  | 2026-01-01 | 2026-01-01 | clinical_commissioning_group integrated_care_board
council | Councils | 2025-04-01 | 2025-04-01 | upper_tier_council district_council

entities
id                    | name                | valid_from | source
reform:2013           | Reform of 2013      | 2013-04-01 | act
reform:undated        | Reform without date |            | memory
service:public_health | Public health       |            | act

names
entity  | name                 | use          | valid_from | valid_until
ccg:10E | TCCG                 | abbreviation |            |
ccg:10E | Margate Group        | former       |            | 2013-07-01
stp:QKS | Kent and Medway STP  | official     | 2017-04-01 | 2021-04-01
stp:QKS | Kent & Medway ICS    | official     | 2021-04-01 | 2022-07-01

identifiers
entity            | scheme | code      | valid_from | valid_until
ccg:09E           | ods    | 09E       |            |
ccg:91Q           | ods    | 91Q       |            |
sicbl:91Q         | ods    | 91Q       |            |
sicbl:91Q         | gss    | E38000237 |            | 2023-04-01
sicbl:91Q         | gss    | E38000999 | 2023-04-01 |
icb:QKS           | ods    | QKS       |            |
stp:QKS           | ods    | QKS       |            |
pct:5QA           | ods    | 5QA       |            |
council:E10000016 | gss    | E10000016 |            |

events
id     | kind              | date       | instrument | source | locator
start  | created           | 2006-10-01 |            | drawn  |
reform | replaced          | 2013-04-01 | the Act    | act    | s. 34
health | function_transfer | 2013-04-01 | the Act    | act    | s. 12
merger | merged            | 2020-04-01 |            | drawn  |
boards | replaced          | 2022-07-01 |            | memory |
system | replaced          | 2022-07-01 |            | memory |

successions
event  | predecessor | successor         | about                 | weight | counts
start  |             | pct:5QA           |                       |        |
reform | pct:5QA     | ccg:10E           |                       | 0.75   | practices
reform | pct:5QA     | ccg:09E           |                       | 0.25   | practices
health | pct:5QA     | council:E10000016 | service:public_health |        |
merger | ccg:10E     | ccg:91Q           |                       | 1      | practices
merger | ccg:09E     | ccg:91Q           |                       | 1      | practices
boards | ccg:91Q     | icb:QKS           |                       |        |
system | stp:QKS     | icb:QKS           |                       |        |
"""

KENT_THROUGH_TIME = KENT + CHANGES
"""The same world with its names, codes and changes, and with how far its tables reach."""

KENT_PRESCRIBED = """
prescribing
id      | code   | entity          | seen_on    | items | ingredient_cost | actual_cost | chapters
2013-03 | G82064 | practice:G82064 | 2013-03-31 | 12    | 34.50           | 32.1012     | 02:2:4.50:2.1012 04:10:30:30
2013-06 | G82064 | practice:G82064 | 2013-06-30 | 11    | 33.50           | 31.1012     | 02:1:3.50:1.1012 04:10:30:30
"""
"""What a practice of Kent prescribed in two months."""
