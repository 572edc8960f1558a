"""The routes of the console. Another project includes them: `path("", include("mailevents.console_urls"))`."""

from django.urls import path

from mailevents.http import console

urlpatterns = [
    path("", console.index, name="console"),
    path("console/state", console.state, name="console_state"),
    path("console/events", console.events, name="console_events"),
]
