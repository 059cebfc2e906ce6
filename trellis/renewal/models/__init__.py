"""Tables of extensions and of handovers."""

from trellis.renewal.models.dossiers import Dossier, DossierAssessment, DossierStatus, DossierVersion, Extension
from trellis.renewal.models.handovers import Handover, HandoverCase, HandoverPerson

__all__ = [
    "Dossier",
    "DossierAssessment",
    "DossierStatus",
    "DossierVersion",
    "Extension",
    "Handover",
    "HandoverCase",
    "HandoverPerson",
]
