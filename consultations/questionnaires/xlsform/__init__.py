"""XLSForm workbooks in and out. What is taken of the standard: ``docs/xlsform.md``."""

from .reading import Reading, read
from .report import Finding, Severity
from .writing import write

__all__ = ["Finding", "Reading", "Severity", "read", "write"]
