"""Criteria sets as law kept as data: read, amend, evaluate, explain, compile.

Pure: no Django, no network, no clock; the day of an assessment is an argument.
"""
