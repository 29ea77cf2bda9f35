"""Official papers out of data: one tree, written as Word, PDF and HTML by Nghị định 30/2020/NĐ-CP.

Pure: no Django, no network, no clock.
"""
