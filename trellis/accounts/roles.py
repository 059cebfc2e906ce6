"""Roles as documents: who holds it, why, and what it lets them do."""

from dataclasses import dataclass

from trellis.core.permissions import Permission as May


@dataclass(frozen=True)
class Role:
    """One role.

    `held_by` says who holds it and what for, in a line that people read; `of` is the kind of organisation it belongs
    to; `permissions` is all that it lets them do; `invites` names the roles that they may invite others to, at their
    own organisation (with PEOPLE_INVITE_ELSEWHERE at any); `second_factor`: sign-in needs a one-time code.
    """

    code: str
    name: str
    held_by: str
    of: str
    permissions: frozenset[May]
    invites: frozenset[str] = frozenset()
    second_factor: bool = False


COUNCIL, PARTNER, GROUP = "the council", "an alliance partner or the independent route", "a group"

VOLUNTEER = Role(
    "volunteer",
    "Volunteer",
    "Somebody who gives time. The volunteering pages come with a later release.",
    GROUP,
    frozenset(),
)
GROUP_MEMBER = Role(
    "organisation",
    "Organisation",
    "Whoever speaks for a voluntary or community organisation: asks for support, says who may not see its case.",
    GROUP,
    frozenset({May.CASE_REQUEST, May.CASE_VIEW, May.ORGANISATION_EDIT, May.PEOPLE_INVITE, May.INTEREST_CHALLENGE}),
    invites=frozenset({"organisation"}),
)
ADVISER = Role(
    "adviser",
    "Adviser",
    "A partner's adviser: triages, takes and completes cases that their organisation has no conflict with.",
    PARTNER,
    frozenset({May.CASE_VIEW, May.CASE_TRIAGE, May.CASE_WORK, May.CASE_COMPLETE, May.ORGANISATION_VOUCH}),
    second_factor=True,
)
PARTNER_LEAD = Role(
    "partner-lead",
    "Partner lead",
    "Leads a partner of the alliance: declares its interests, signs the quarter, invites its advisers.",
    PARTNER,
    frozenset(
        {May.CASE_VIEW, May.CASE_TRIAGE, May.INTEREST_DECLARE, May.PERFORMANCE_VIEW, May.PERFORMANCE_SIGN}
        | {May.STATEMENT_VIEW, May.STATEMENT_DISPUTE, May.PEOPLE_INVITE, May.ALLIANCE_VIEW, May.ALLIANCE_POSITION}
        | {May.ALLIANCE_WORK, May.INTEREST_CHALLENGE, May.BOOKS_VIEW, May.BOOKS_KEEP, May.ORGANISATION_VOUCH}
        | {May.DOSSIER_VIEW}
    ),
    invites=frozenset({"adviser"}),
    second_factor=True,
)
COMMISSIONING_OFFICER = Role(
    "commissioning-officer",
    "Commissioning officer",
    "Finds out what is wrong, sets outcomes, appraises options and the budget, and writes the report to decide on.",
    COUNCIL,
    frozenset(
        {May.BUDGET_EXPLORE, May.COMMISSION_VIEW, May.COMMISSION_EDIT, May.DECISION_VIEW, May.DECISION_DRAFT}
        | {May.DOSSIER_VIEW, May.PERFORMANCE_VIEW, May.EVIDENCE_VIEW_ALL, May.STATEMENT_VIEW, May.RULEBOOK_VIEW}
    ),
    second_factor=True,
)
PROCUREMENT_OFFICER = Role(
    "procurement-officer",
    "Procurement officer",
    "Reads what was decided and why. The tender pages come with a later release.",
    COUNCIL,
    frozenset({May.RULEBOOK_VIEW, May.COMMISSION_VIEW, May.DECISION_VIEW, May.DOSSIER_VIEW}),
    second_factor=True,
)
EVALUATOR = Role(
    "evaluator",
    "Evaluator",
    "Scores bids. The evaluation pages come with a later release.",
    COUNCIL,
    frozenset(),
    second_factor=True,
)
CONTRACT_MANAGER = Role(
    "contract-manager",
    "Contract manager",
    "Runs the alliance contract for the council: prepares the quarter's report and certifies what is due.",
    COUNCIL,
    frozenset(
        {May.CASE_VIEW, May.CONTRACT_MANAGE, May.PERFORMANCE_VIEW, May.PERFORMANCE_PREPARE, May.STATEMENT_VIEW}
        | {
            May.STATEMENT_CERTIFY,
            May.STATEMENT_DISPUTE,
            May.CASE_OVERSEE,
            May.BUDGET_EXPLORE,
            May.RULEBOOK_VIEW,
            May.REGISTER_IMPORT,
            May.REGISTER_LINK,
        }
        | {May.REGISTER_VIEW_SOURCES, May.REGISTER_KEEP, May.EVIDENCE_VIEW_ALL, May.COMMISSION_VIEW}
        | {May.DECISION_VIEW, May.DOSSIER_VIEW}
        | {May.ALLIANCE_VIEW, May.ALLIANCE_POSITION, May.ALLIANCE_WORK, May.INTEREST_CHALLENGE, May.BOOKS_VIEW}
    ),
    second_factor=True,
)
FINANCE = Role(
    "finance",
    "Finance",
    "Authorises a statement that the contract manager has certified. Never the same person.",
    COUNCIL,
    frozenset(
        {May.STATEMENT_VIEW, May.STATEMENT_AUTHORISE, May.STATEMENT_DISPUTE, May.PAYMENT_EXPORT, May.PAYMENT_MATCH}
        | {May.PERFORMANCE_VIEW, May.EVIDENCE_VIEW_ALL, May.BUDGET_EXPLORE, May.BOOKS_VIEW}
        # what explains the lines that finance authorises: variations, subcontracts, members, proposals, the dossier
        | {May.ALLIANCE_VIEW, May.DOSSIER_VIEW}
    ),
    second_factor=True,
)
DEMOCRATIC_SERVICES = Role(
    "democratic-services",
    "Democratic services",
    "Keeps the forward plan, the agenda, the record of decisions and call-in.",
    COUNCIL,
    frozenset(
        {May.RULEBOOK_VIEW, May.COMMISSION_VIEW, May.DECISION_VIEW, May.DECISION_DRAFT, May.DECISION_RECORD}
        | {May.DOSSIER_VIEW}
    ),
    second_factor=True,
)
DATA_PROTECTION_OFFICER = Role(
    "data-protection-officer",
    "Data protection officer",
    "Sees who did what, and that the record is whole.",
    COUNCIL,
    frozenset({May.AUDIT_VIEW, May.RULEBOOK_VIEW}),
    second_factor=True,
)
ADMINISTRATOR = Role(
    "administrator",
    "Administrator",
    "Invites people, imports lists, reads the audit. Sees no case and moves no money.",
    COUNCIL,
    frozenset(
        {May.PEOPLE_INVITE, May.PEOPLE_INVITE_ELSEWHERE, May.REGISTER_IMPORT, May.REGISTER_VIEW_SOURCES}
        | {May.REGISTER_KEEP, May.REGISTER_LINK, May.AUDIT_VIEW, May.RULEBOOK_VIEW}
    ),
    invites=frozenset(
        {"volunteer", "organisation", "adviser", "partner-lead", "commissioning-officer", "procurement-officer"}
        | {"evaluator", "contract-manager", "finance", "democratic-services", "data-protection-officer"}
        | {"administrator"}
    ),
    second_factor=True,
)

ALL = (
    VOLUNTEER,
    GROUP_MEMBER,
    ADVISER,
    PARTNER_LEAD,
    COMMISSIONING_OFFICER,
    PROCUREMENT_OFFICER,
    EVALUATOR,
    CONTRACT_MANAGER,
    FINANCE,
    DEMOCRATIC_SERVICES,
    DATA_PROTECTION_OFFICER,
    ADMINISTRATOR,
)
BY_CODE = {role.code: role for role in ALL}
