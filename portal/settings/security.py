"""Headers, cookies, limits."""

__all__ = ["X_FRAME_OPTIONS"]

X_FRAME_OPTIONS = "SAMEORIGIN"
