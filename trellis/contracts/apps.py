"""Says to the areas below who competes with an organisation: the interests of partners are known here."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """The alliance contract."""

    name = "trellis.contracts"

    def ready(self) -> None:
        """Once, at start."""
        from trellis.contracts.queries.interests import conflicted_partner_organisation_ids
        from trellis.organisations import conflicts

        conflicts.found_by(conflicted_partner_organisation_ids)
