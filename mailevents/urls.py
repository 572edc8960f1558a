"""The routes of agents. Another project includes them: `path("", include("mailevents.urls"))`."""

from django.urls import path, re_path

from mailevents.http import reference, views

urlpatterns = [
    path("events", views.events, name="events"),
    path("events/ack", views.ack, name="ack"),
    path("events/<str:id>", views.event, name="event"),
    path("events/<str:id>/message", views.message, name="message"),
    path("watch", views.watch, name="watch"),
    re_path("^(?:events|watch)/(?P<rest>.*)$", views.nothing),
    path("docs", reference.page, name="docs"),
    path("openapi.json", reference.openapi, name="openapi"),
    path("healthz", views.healthz, name="healthz"),
    path("metrics", views.metrics_page, name="metrics"),
    path("readyz", views.readyz, name="readyz"),
]
