from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from .unit import Unit


class PersonManager(UserManager["User"]):
    """People are known by e-mail; there are no user names to remember or to guess."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:  # type: ignore[override]  # no user name
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:  # type: ignore[override]  # no user name
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with an account: staff, editors, and members who chose to have one."""

    username = None  # type: ignore[assignment]  # removed on purpose
    email = models.EmailField(_("e-mail address"), unique=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), null=True, blank=True, on_delete=models.SET_NULL, related_name="staff"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
