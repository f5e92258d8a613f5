import factory
from django.contrib.auth.hashers import make_password

from portal.models import Unit, User


class UnitFactory(factory.django.DjangoModelFactory[Unit]):
    class Meta:
        model = Unit
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"U{n}")
    name = factory.LazyAttribute(lambda o: f"Unit {o.code}")


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    class Params:
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Rosa"
    is_active = True
    # Nobody has a password here.
    password = factory.LazyFunction(lambda: make_password(None))
