"""Who may do what: one list, and the marks that every view carries."""

from collections.abc import Callable
from enum import StrEnum

from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


class Permission(StrEnum):
    """Everything that a role can be given. Roles are in accounts.roles."""

    ORGANISATION_EDIT = "organisation.edit"
    ORGANISATION_VOUCH = "organisation.vouch"
    REGISTER_KEEP = "register.keep"
    REGISTER_IMPORT = "register.import"
    REGISTER_LINK = "register.link"
    REGISTER_VIEW_SOURCES = "register.view_sources"
    CASE_REQUEST = "case.request"
    CASE_VIEW = "case.view"
    CASE_TRIAGE = "case.triage"
    CASE_WORK = "case.work"
    CASE_COMPLETE = "case.complete"
    CASE_OVERSEE = "case.oversee"
    CONTRACT_MANAGE = "contract.manage"
    ALLIANCE_POSITION = "alliance.position"
    INTEREST_DECLARE = "interest.declare"
    INTEREST_CHALLENGE = "interest.challenge"
    ALLIANCE_VIEW = "alliance.view"
    ALLIANCE_WORK = "alliance.work"
    BUDGET_EXPLORE = "budget.explore"
    COMMISSION_VIEW = "commission.view"
    COMMISSION_EDIT = "commission.edit"
    DECISION_VIEW = "decision.view"
    DECISION_DRAFT = "decision.draft"
    DECISION_RECORD = "decision.record"
    DOSSIER_VIEW = "dossier.view"
    PERFORMANCE_VIEW = "performance.view"
    EVIDENCE_VIEW_ALL = "evidence.view_all"
    PERFORMANCE_PREPARE = "performance.prepare"
    PERFORMANCE_SIGN = "performance.sign"
    BOOKS_VIEW = "books.view"
    BOOKS_KEEP = "books.keep"
    STATEMENT_VIEW = "statement.view"
    STATEMENT_CERTIFY = "statement.certify"
    STATEMENT_AUTHORISE = "statement.authorise"
    STATEMENT_DISPUTE = "statement.dispute"
    PAYMENT_EXPORT = "payment.export"
    PAYMENT_MATCH = "payment.match"
    PEOPLE_INVITE = "people.invite"
    PEOPLE_INVITE_ELSEWHERE = "people.invite_elsewhere"
    AUDIT_VIEW = "audit.view"
    RULEBOOK_VIEW = "rulebook.view"


PUBLIC = "public"
SIGNED_IN = "signed in"


def public(view: View) -> View:
    """Open to anyone, with or without an account."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # the mark is ours, on a function of anybody
    return view


def signed_in(view: View) -> View:
    """Open to anyone who has signed in, whatever their role."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]  # as above
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Open to those whose role carries the permission. accounts.middleware keeps the gate; this is the sign on it."""

    def mark(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]  # as above
        return view

    return mark
