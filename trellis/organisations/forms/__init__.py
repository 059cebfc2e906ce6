"""What the register asks."""

from trellis.organisations.forms.directory import STATUSES, DirectoryForm, size_choices, size_words
from trellis.organisations.forms.links import (
    AS_THE_SOURCES_SAY,
    BY_PEOPLE,
    MERGES_SHOWN,
    STANDING,
    UNCHECKED,
    UNDONE,
    BelongsForm,
    MergeForm,
    MergesForm,
    UndoForm,
    ValueForm,
)
from trellis.organisations.forms.profile import ProfileForm, profile_as_it_is

__all__ = [
    "AS_THE_SOURCES_SAY",
    "BY_PEOPLE",
    "MERGES_SHOWN",
    "STANDING",
    "STATUSES",
    "UNCHECKED",
    "UNDONE",
    "BelongsForm",
    "DirectoryForm",
    "MergeForm",
    "MergesForm",
    "ProfileForm",
    "UndoForm",
    "ValueForm",
    "profile_as_it_is",
    "size_choices",
    "size_words",
]
