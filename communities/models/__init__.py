from .consular_district import ConsularDistrict
from .consular_office import ConsularOffice
from .country import Country

__all__ = ["ConsularDistrict", "ConsularOffice", "Country"]
