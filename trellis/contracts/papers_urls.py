"""Addresses of the pages about what was signed: the contract's documents, and what the bid promised."""

from django.urls import path

from trellis.contracts.views import documents, promises

urlpatterns = [
    path("documents/", documents.contract_documents, name="contract_documents"),
    path("documents/add/", documents.add_document, name="add_contract_document"),
    path("documents/<int:document>/add/", documents.add_version, name="add_document_version"),
    path("documents/<int:document>/openness/", documents.set_openness, name="set_document_openness"),
    path("documents/<int:document>/<int:number>/", documents.document_version, name="document_version"),
    path("promises/", promises.promises, name="promises"),
    path("promises/add/", promises.record_promise, name="record_promise"),
    path("promises/<int:number>/kept/", promises.keep_promise, name="keep_promise"),
    path("promises/<int:number>/broken/", promises.break_promise, name="break_promise"),
]
