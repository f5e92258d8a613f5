from .footer import Footer, FooterColumn, FooterLink
from .menu import Menu, MenuItem

__all__ = ["Footer", "FooterColumn", "FooterLink", "Menu", "MenuItem"]
