"""The contract's documents: what anybody may read, and what only those at the table may."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from trellis.accounts.models import User
from trellis.contracts.models import Contract, Document, DocumentVersion
from trellis.contracts.queries.partners import alliances_of
from trellis.core import clock
from trellis.core.permissions import Permission


def documents(contract: Contract) -> QuerySet[Document]:
    """Every document of a contract, with its versions: that it exists is no secret."""
    return Document.objects.filter(contract=contract).prefetch_related("versions")


def withheld(contract: Contract) -> QuerySet[Document]:
    """What is withheld, each with its ground in law."""
    return documents(contract).filter(is_public=False)


def versions_visible_to(user: User | AnonymousUser, contract: Contract) -> QuerySet[DocumentVersion]:
    """The versions that somebody may open: of open documents; for who speaks at the table, of all."""
    may_see = Q(document__is_public=True)
    if (
        isinstance(user, User)
        and alliances_of(user, Permission.ALLIANCE_POSITION, clock.today()).filter(pk=contract.pk).exists()
    ):
        may_see = Q()
    return DocumentVersion.objects.filter(may_see, document__contract=contract).select_related("document")
