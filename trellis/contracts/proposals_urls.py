"""Addresses of an alliance's proposals, under those of its contract."""

from django.urls import path

from trellis.contracts.views import positions, proposals

urlpatterns = [
    path("", proposals.proposals, name="proposals"),
    path("how-we-decide/", proposals.how_we_decide, name="how_we_decide"),
    path("new/", proposals.propose, name="propose"),
    path("new/<slug:matter>/", proposals.propose_matter, name="propose_matter"),
    path("<slug:proposal>/", proposals.proposal, name="proposal"),
    path("<slug:proposal>/versions/", proposals.compare_proposal, name="compare_proposal"),
    path("<slug:proposal>/edit/", proposals.edit_proposal, name="edit_proposal"),
    path("<slug:proposal>/open/", proposals.open_proposal, name="open_proposal"),
    path("<slug:proposal>/amend/", proposals.amend_proposal, name="amend_proposal"),
    path("<slug:proposal>/withdraw/", proposals.withdraw_proposal, name="withdraw_proposal"),
    path("<slug:proposal>/position/", positions.take_position, name="take_position"),
    path("<slug:proposal>/objection/", positions.withdraw_objection, name="withdraw_objection"),
    path("<slug:proposal>/discussion/", positions.discuss_proposal, name="discuss_proposal"),
    path("<slug:proposal>/opinion/", positions.record_opinion, name="record_opinion"),
    path("<slug:proposal>/decide/", positions.decide_proposal, name="decide_proposal"),
    path("<slug:proposal>/carry-out/", positions.carry_out_proposal, name="carry_out_proposal"),
]
