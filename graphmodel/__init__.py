"""The model of England's health and care organisations: what can be said, and where it is kept.

>>> from orgmap.graphmodel import Period
>>> Period("2013-04-01", "2022-07-01").holds("2022-06-30")
True
"""

from orgmap.graphmodel.model import (
    ChangeEvent,
    Entity,
    Include,
    Period,
    Place,
    Relationship,
    Source,
    Succession,
)

__all__ = [
    "ChangeEvent",
    "Entity",
    "Include",
    "Period",
    "Place",
    "Relationship",
    "Source",
    "Succession",
]
