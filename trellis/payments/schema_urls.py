"""The published shape of what `trellis share` reads."""

from django.urls import path

from trellis.payments.views import commercial

urlpatterns = [path("schemas/share.json", commercial.share_schema, name="share_schema")]
