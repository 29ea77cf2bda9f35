"""A server's memory, arranged once after the start, so that no page waits for a full collection.

Python looks for garbage in circles by walking over every object there is. Of a running server that
is a quarter of a million that never go away: modules, models, compiled templates, the law. One such
walk takes longer than most pages do, and it falls on whatever page happens to be under way.
"""

from __future__ import annotations

import gc
from importlib import import_module

from django.conf import settings
from django.template import engines
from django.template.exceptions import TemplateSyntaxError
from django.urls import get_resolver

from dinhlang.law.library import shipped

THRESHOLDS = (25_000, 20, 20)
"""New objects before the young ones are looked through, and how often the older ones come along.

A page about two thousand tasks makes some ten thousand; Python's own 700 would look fifteen times.
"""


def arrange() -> None:
    """Loads what every page will ask for, and sets it apart from what is looked through later.

    To be called once by a process that answers requests, after ``django.setup``. What pages make
    and drop is collected as ever; what was there before is not walked over again.
    """
    load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def load() -> None:
    """Imports the views and compiles the templates; reads the law that is shipped."""
    import_module(settings.ROOT_URLCONF)
    get_resolver().reverse_dict  # noqa: B018 - reading it is what builds it
    shipped()
    engine, folder = engines["django"], settings.WEB / "templates"
    for path in sorted(folder.rglob("*.html")):
        try:
            engine.get_template(path.relative_to(folder).as_posix())
        except TemplateSyntaxError:
            # Its own page says so; the others need not wait for it.
            continue
