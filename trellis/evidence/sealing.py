"""The sequence number up to which a figure is computed."""

from trellis.audit import chain
from trellis.evidence.models import EvidenceLink


def sealed_up_to() -> int:
    """Seal every committed fact into the chain; the last place in it, 0 while there is none.

    A figure computed up to that number can be computed again at any later time, whatever is written meanwhile: on
    PostgreSQL a row with a low id may be committed late, so ids alone would not do.
    """
    chain.seal(EvidenceLink)
    return chain.head_of(EvidenceLink)[0]
