"""What providers say before a tender: events, soft-market questions, and which model they would rather have."""

from django.db import models
from django.db.models import Q

from trellis.core import clock


class MarketModel(models.Model):
    """A model of delivery that the market is asked about."""

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="market_models")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["commission", "name"], name="market_model_once")]

    def __str__(self):
        return self.name


class Provider(models.Model):
    """An organisation that may deliver. Named inside the authority only."""

    class Kind(models.TextChoices):
        """What kind of provider it is."""

        VOLUNTEER_CENTRE = "volunteer-centre", "Volunteer centre"
        CVS = "cvs", "Council for voluntary service (CVS)"
        LOCAL = "local", "Local provider"
        NATIONAL = "national", "National provider"

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="providers")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    preferred = models.ForeignKey(
        MarketModel, null=True, blank=True, on_delete=models.PROTECT, related_name="preferred_by"
    )
    reasons = models.TextField(blank=True, help_text="As they gave them. Not published.")
    public_reasons = models.TextField(blank=True, help_text="As they are published: without what says who they are.")
    answered_on = models.DateField(null=True, blank=True)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "name"], name="provider_once_a_commission"),
            models.CheckConstraint(
                condition=Q(preferred__isnull=True) | (Q(answered_on__isnull=False) & ~Q(reasons="")),
                name="provider_preference_has_its_reasons",
            ),
        ]

    def __str__(self):
        return self.name


class MarketEvent(models.Model):
    """A meeting with providers: who came, and what was said."""

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="market_events")
    name = models.CharField(max_length=160)
    held_on = models.DateField()
    note = models.TextField(help_text="What was said, without names.")
    providers = models.ManyToManyField(Provider, blank=True, related_name="events")

    class Meta:
        ordering = ["held_on", "id"]

    def __str__(self):
        return f"{self.name}, {self.held_on}"


class MarketQuestion(models.Model):
    """A statement of the soft-market questions: providers agree with it, or not."""

    commission = models.ForeignKey(
        "commissioning.Commission", on_delete=models.PROTECT, related_name="market_questions"
    )
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["commission", "text"], name="market_question_once")]

    def __str__(self):
        return self.text


class MarketAnswer(models.Model):
    """What one provider says to one statement."""

    class Stance(models.TextChoices):
        """Whether they agree."""

        AGREE = "agree", "Agree"
        DISAGREE = "disagree", "Disagree"
        NO_VIEW = "no-view", "No view"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(MarketQuestion, on_delete=models.PROTECT, related_name="answers")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    remark = models.TextField(blank=True, help_text="In their own words. Not published.")

    class Meta:
        ordering = ["question_id"]
        constraints = [models.UniqueConstraint(fields=["provider", "question"], name="market_answer_once")]

    def __str__(self):
        return f"{self.provider}: {self.get_stance_display()}"


class MarketPublication(models.Model):
    """That what the market said is published. What is shown is counted afresh, without names."""

    commission = models.OneToOneField(
        "commissioning.Commission", on_delete=models.PROTECT, related_name="market_publication"
    )
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.commission}: market engagement published"
