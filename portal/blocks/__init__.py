"""The blocks that editors build pages with; each has its template in ``templates/blocks/``."""

from .body import BodyBlock

__all__ = ["BodyBlock"]
