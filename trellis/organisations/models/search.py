"""The words that organisations are found by."""

from django.db import models

from trellis.organisations.models.register import Organisation


class SearchToken(models.Model):
    """A word that occurs in names, once. Its number is made from its letters (search.words.number)."""

    id = models.BigIntegerField(primary_key=True)
    text = models.CharField(max_length=60, unique=True)
    uses = models.PositiveIntegerField(default=1, help_text="In how many organisations' names: rare words tell more.")


class SearchTrigram(models.Model):
    """Three letters of a word and the word's length, so that a misspelling of about that length still finds it."""

    pk = models.CompositePrimaryKey("trigram", "length", "token_id")
    trigram = models.CharField(max_length=3)
    length = models.PositiveSmallIntegerField()
    token = models.ForeignKey(SearchToken, on_delete=models.CASCADE, related_name="+", db_index=False)


class SearchPosting(models.Model):
    """A word leads to an organisation. Kept in the order of the names' sizes, so that the shortest are read first."""

    pk = models.CompositePrimaryKey("token_id", "size", "organisation_id")
    token = models.ForeignKey(SearchToken, on_delete=models.CASCADE, related_name="+", db_index=False)
    size = models.PositiveSmallIntegerField(help_text="How many telling words the organisation's own name has.")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)


class SearchName(models.Model):
    """A whole name leads to an organisation: the number of its words in plain form (search.words.plain)."""

    pk = models.CompositePrimaryKey("number", "organisation_id")
    number = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)


class SearchEntry(models.Model):
    """What an organisation is found by: the folded words of each of its names, a line each, its own name first."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    text = models.TextField(blank=True)
