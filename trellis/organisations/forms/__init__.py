"""What the register asks."""

from trellis.organisations.forms.directory import STATUSES, DirectoryForm, size_choices, size_words
from trellis.organisations.forms.profile import ProfileForm, profile_as_it_is

__all__ = ["STATUSES", "DirectoryForm", "ProfileForm", "profile_as_it_is", "size_choices", "size_words"]
