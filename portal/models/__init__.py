from .audit import AuditEntry
from .unit import Unit
from .user import User

__all__ = ["AuditEntry", "Unit", "User"]
