"""People, and what they are to which organisation."""

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower

from trellis.accounts.roles import ALL, BY_CODE, Role
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation


class UserManager(BaseUserManager["User"]):
    """Makes accounts; allauth and the commands both come here."""

    def create_user(self, email: str, password: str | None = None, **fields):
        """An account by its e-mail address, kept in lower case so that nobody has two."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can sign in. What they may do comes from their memberships alone."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, help_text="A sign-in of the demo; refused in production.")
    joined_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self):
        return self.name or self.email

    @property
    def actor_name(self) -> str:
        """What the audit keeps of this person: a number, never a name."""
        return f"person:{self.pk}"

    @property
    def person_id(self) -> int:
        """The account's number."""
        return self.pk

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """What they are now, to whom; read once a request."""
        current = self.memberships.filter(ended_at__isnull=True)
        return list(current.select_related("organisation__merged_into").order_by("pk"))

    @cached_property
    def same_organisations(self) -> dict[int, list[int]]:
        """For each organisation that stands for one of theirs, all that are the same; read once a request."""
        same = Organisation.objects.same_as({one.organisation_id for one in self.current_memberships})
        found: dict[int, list[int]] = {}
        for pk, root in same.order_by("pk").values_list("pk", Coalesce("merged_into_id", "pk")):
            found.setdefault(root, []).append(pk)
        return found

    @property
    def roles(self) -> list[Role]:
        """The roles that they hold."""
        return [membership.as_role for membership in self.current_memberships]

    @property
    def held(self) -> list[tuple[Role, int]]:
        """Each role that they hold, with the number of the organisation where, and of all that are the same by now."""
        return [
            (membership.as_role, pk)
            for membership in self.current_memberships
            for pk in self.same_organisations[membership.organisation.standing.pk]
        ]

    def can(self, permission: Permission) -> bool:
        """Whether any role they hold carries the permission: the only question asked about roles."""
        return self.is_active and any(permission in role.permissions for role in self.roles)

    def organisation_ids(self, permission: Permission) -> list[int]:
        """The organisations for which they hold the permission: what scopes are built from.

        Those that were found to be the same are among them: a merge repoints neither people nor what they work on.
        """
        return [pk for one in self.organisations_for(permission) for pk in self.same_organisations[one.pk]]

    def organisations_for(self, permission: Permission) -> list[Organisation]:
        """The organisations that stand for those for which they hold the permission, each once."""
        held = [one for one in self.current_memberships if permission in one.as_role.permissions]
        return list({one.organisation.standing.pk: one.organisation.standing for one in held}.values())

    @property
    def must_use_second_factor(self) -> bool:
        """Whether a role they hold demands a one-time code at sign-in."""
        return any(role.second_factor for role in self.roles)


class Membership(models.Model):
    """A person's role in an organisation (the authority is one too). Ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=[(role.code, role.name) for role in ALL])
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_ended_at_and_by",
            ),
        ]

    def __str__(self):
        return f"{self.role} in {self.organisation}"

    @property
    def as_role(self) -> Role:
        """What the role lets them do."""
        return BY_CODE[self.role]
