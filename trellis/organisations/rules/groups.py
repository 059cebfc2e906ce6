"""When a group that no register names can be added, and who says that it is there. Pure."""

from trellis.core.errors import RuleBroken

ALREADY_CHECKED = "Somebody has checked this group already."


def check_can_add(*, has_place: bool, alike: int, none_of_these: bool, waiting: int, most: int) -> None:
    """Raise RuleBroken, at the field, unless a new group has a place and is none that is there already.

    `alike` is how many organisations have a name like it; `waiting` how many unchecked groups the person added.
    """
    if not has_place:
        raise RuleBroken("Choose a district, or enter a postcode.", field="district")
    if alike and not none_of_these:
        raise RuleBroken("Look at the groups above first. If yours is not there, tick this.", field="none_of_these")
    if waiting >= most:
        raise RuleBroken("Groups that you added wait to be checked. Add the next one when an adviser has seen those.")


def check_can_check(*, may_vouch: bool, is_own: bool, competes: bool, is_checked: bool, how_known: str) -> None:
    """Raise RuleBroken unless an adviser checks a group that is not their own, and says how they know it.

    `competes`: the adviser's organisation is this group, or competes with it.
    """
    if not may_vouch:
        raise RuleBroken("Only an adviser can check a group.")
    if is_own:
        raise RuleBroken("You added this group, or speak for it. Ask another adviser to check it.")
    if competes:
        raise RuleBroken("Your organisation competes with this group. Leave it to an adviser of another.")
    if is_checked:
        raise RuleBroken(ALREADY_CHECKED)
    if not how_known.strip():
        raise RuleBroken("Say how you know this group.", field="how_known")
