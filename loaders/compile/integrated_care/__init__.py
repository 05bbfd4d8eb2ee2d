"""Partnerships, integrated care boards, their locations, and commissioning hubs."""
