"""Boards: who sits on them, what they may do, and whether a list of members has all the seats filled."""
