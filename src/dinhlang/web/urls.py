"""The addresses of the site. Each app brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dinhlang.people.urls")),
    path("", include("dinhlang.people.account_urls")),
    path("", include("dinhlang.web.backup.urls")),
    path("", include("dinhlang.web.demo.entrance")),
    path("", include("dinhlang.work.urls")),
    path("", include("dinhlang.money.urls")),
    path("", include("dinhlang.meetings.urls")),
    path("", include("dinhlang.plans.urls")),
    path("", include("dinhlang.lawbook.urls")),
    path("", include("dinhlang.facts.urls")),
    path("", include("dinhlang.assessment.urls")),
    path("", include("dinhlang.drafting.urls")),
    path("dia-ban/", include("dinhlang.places.urls")),
    path("doc-thu/", include("dinhlang.plans.trial.urls")),
]
