from .consular_district import ConsularDistrict
from .consular_office import ConsularOffice
from .country import Country
from .country_page import CountryIndexPage, CountryPage

__all__ = ["ConsularDistrict", "ConsularOffice", "Country", "CountryIndexPage", "CountryPage"]
