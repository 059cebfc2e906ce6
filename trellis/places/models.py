"""Districts and postcodes, as data: nothing here knows which county it is in."""

from django.db import models


class District(models.Model):
    """A district of the authority's area, or a neighbour kept because postcodes fall in it."""

    code = models.CharField(max_length=9, primary_key=True, help_text="The GSS code, such as E07000105.")
    name = models.CharField(max_length=80, unique=True)
    population = models.PositiveIntegerField(default=0)
    latitude = models.FloatField()
    longitude = models.FloatField()
    tile_column = models.PositiveSmallIntegerField(default=0, help_text="Where its tile lies on the tile map, from 0.")
    tile_row = models.PositiveSmallIntegerField(default=0)
    is_served = models.BooleanField(default=True, help_text="Whether it lies in the authority's own area.")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Postcode(models.Model):
    """One postcode with its position and district."""

    postcode = models.CharField(max_length=7, primary_key=True, help_text="Without its space, in capitals: ME141XQ.")
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    positional_quality = models.PositiveSmallIntegerField(default=90)

    def __str__(self):
        return self.postcode


class Outcode(models.Model):
    """The first half of a postcode, for a best guess where the postcode itself is not loaded."""

    outcode = models.CharField(max_length=4, primary_key=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    latitude = models.FloatField(help_text="The middle of the loaded postcodes that begin with it.")
    longitude = models.FloatField()

    def __str__(self):
        return self.outcode
