"""Districts and postcodes, as data: nothing here knows which county it is in."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


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
    ward = models.CharField(max_length=9, blank=True, help_text="The GSS code of its ward, where the file says it.")

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


class Town(models.Model):
    """The town by which people know the places of an outward code."""

    outcode = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        indexes = [models.Index(Lower("name"), name="town_name")]

    def __str__(self):
        return f"{self.outcode} {self.name}".strip()


class Boundary(models.Model):
    """The outline of a district, for a map: good to about a hundred metres, and no authority on where it ends."""

    district = models.OneToOneField(District, primary_key=True, on_delete=models.CASCADE, related_name="+")
    rings = models.JSONField(help_text="Lists of [east, north], metres on the National Grid, each closed by its first.")
    source = models.CharField(max_length=200, help_text="Whose outline it is.")

    def __str__(self):
        return str(self.district)


class Population(models.Model):
    """How many people lived in a district on a day, as somebody counted or estimated."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="populations")
    counted_on = models.DateField()
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["-counted_on", "district"]
        constraints = [models.UniqueConstraint(fields=["district", "counted_on"], name="population_once_a_day")]

    def __str__(self):
        return f"{self.district}: {self.people}"


class Deprivation(models.Model):
    """How deprived a district is, by an edition of an index of small areas: how many are among the worst fifth."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="deprivations")
    published_on = models.DateField()
    areas = models.PositiveIntegerField(help_text="How many small areas the district has.")
    most_deprived = models.PositiveIntegerField(help_text="How many are among the most deprived fifth of the country.")
    source = models.CharField(max_length=200, help_text="The index, and its year.")

    class Meta:
        ordering = ["-published_on", "district"]
        constraints = [
            models.UniqueConstraint(fields=["district", "published_on"], name="deprivation_once_an_edition"),
            models.CheckConstraint(
                condition=Q(most_deprived__lte=F("areas"), areas__gt=0), name="deprived_areas_are_some_of_all"
            ),
        ]

    def __str__(self):
        return f"{self.district}: {self.most_deprived} of {self.areas}"


class WardDeprivation(models.Model):
    """The same of a ward, where an edition says in which ward each small area is."""

    ward = models.CharField(max_length=9, help_text="The GSS code, such as E05009939.")
    name = models.CharField(max_length=80)
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="ward_deprivations")
    published_on = models.DateField()
    areas = models.PositiveIntegerField(help_text="How many small areas the ward has.")
    most_deprived = models.PositiveIntegerField(help_text="How many are among the most deprived fifth of the country.")
    source = models.CharField(max_length=200, help_text="The index, and its year.")

    class Meta:
        ordering = ["-published_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["ward", "published_on"], name="ward_deprivation_once_an_edition"),
            models.CheckConstraint(
                condition=Q(most_deprived__lte=F("areas"), areas__gt=0), name="deprived_areas_of_ward_are_some_of_all"
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.most_deprived} of {self.areas}"
