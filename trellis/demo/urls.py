"""Addresses of this area."""

from django.urls import path

from trellis.demo import views

urlpatterns = [path("sign-in/", views.sign_in, name="demo_sign_in")]
