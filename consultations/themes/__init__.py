"""Themes: what open answers and conversations are about, found by people, counted with everything else.

``counts`` and ``code_columns`` are what analysis, exports and reports read; sentences that may be published
come from ``quotations.usable``.
"""

from .tallies import FLAG, Base, ThemeCount, code_columns, counts

__all__ = ["FLAG", "Base", "ThemeCount", "code_columns", "counts"]
