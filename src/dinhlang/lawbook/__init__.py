"""Criteria sets loaded here"""
