"""Addresses of a contract's plans, and of the data that is handed on."""

from django.urls import path

from trellis.contracts.views import plans as views

urlpatterns = [
    path("", views.plans, name="plans"),
    path("make/", views.make_plan, name="make_plan"),
    path("tasks/<int:number>/", views.set_task, name="set_task"),
    path("data/", views.contract_data, name="contract_data"),
    path("data.zip", views.contract_data_file, name="contract_data_file"),
]
