"""The routes (CONTRACT section 4)."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("", include("mailevents.urls")),
    path("", include("mailevents.console_urls")),
]

handler400 = "mailevents.http.errors.bad_request"
handler404 = "mailevents.http.errors.not_found"
