"""Councils, their boards, and the public's voice."""
