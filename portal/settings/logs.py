"""Structured logs without personal data."""

__all__: list[str] = []
