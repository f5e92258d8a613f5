"""Database constraints by name, so that what must never be false reads as a sentence."""

from django.db.models import CheckConstraint, F, Q


def both_or_neither(model: str, first: str, second: str) -> CheckConstraint:
    """Two fields are filled together or not at all."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return CheckConstraint(condition=neither | both, name=f"{model}_{first}_with_{second}")


def ordered(model: str, earlier: str, later: str) -> CheckConstraint:
    """When both moments are set, one comes before the other."""
    unset = Q(**{f"{earlier}__isnull": True}) | Q(**{f"{later}__isnull": True})
    return CheckConstraint(
        condition=unset | Q(**{f"{earlier}__lt": F(later)}), name=f"{model}_{earlier}_before_{later}"
    )


def one_of(model: str, field: str, values: list[str]) -> CheckConstraint:
    """A fixed choice holds one of its values."""
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=f"{model}_{field}_known")
