"""Đình Làng: the New Rural Development programme of a commune, from plan to recognition."""

__version__ = "0.1.0"
