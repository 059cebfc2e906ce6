"""Tables of this area, a file per topic."""

from trellis.decisions.models.call_in import CallIn, CallInMember
from trellis.decisions.models.forward_plan import Consultation, Document, Notice
from trellis.decisions.models.pathway import Decision, DecisionStatus, Pathway, PathwayBody, PathwayStep
from trellis.decisions.models.records import (
    Condition,
    ConditionMet,
    Delegation,
    Implementation,
    Irregularity,
    Record,
    RecordDraft,
)
from trellis.decisions.models.reports import Report, ReportParagraph, ReportPublication, ReportVersion

__all__ = [
    "CallIn",
    "CallInMember",
    "Condition",
    "ConditionMet",
    "Consultation",
    "Decision",
    "DecisionStatus",
    "Delegation",
    "Document",
    "Implementation",
    "Irregularity",
    "Notice",
    "Pathway",
    "PathwayBody",
    "PathwayStep",
    "Record",
    "RecordDraft",
    "Report",
    "ReportParagraph",
    "ReportPublication",
    "ReportVersion",
]
