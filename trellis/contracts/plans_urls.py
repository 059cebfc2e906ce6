"""Addresses of a contract's plans."""

from django.urls import path

from trellis.contracts.views import plans as views

urlpatterns = [
    path("", views.plans, name="plans"),
    path("make/", views.make_plan, name="make_plan"),
    path("tasks/<int:number>/", views.set_task, name="set_task"),
]
