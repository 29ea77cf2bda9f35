"""Accounts, offices held over time, grants by place and role, access, and the audit log.

Start with ``access`` (who may see and do what), then ``audit`` (what was done), then ``services``.
"""
