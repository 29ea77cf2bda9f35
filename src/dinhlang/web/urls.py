"""The addresses of the site. Each app brings its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("dinhlang.plans.urls"):
    urlpatterns.append(path("", include("dinhlang.plans.urls")))
