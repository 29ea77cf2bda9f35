"""The app's entry in Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The places that everything else happens in."""

    name = "dinhlang.places"
    label = "places"
    verbose_name = "Địa bàn"
