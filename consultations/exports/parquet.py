"""Parquet: the answers with their types, for data tools; codes or labels as asked, the rest as metadata."""

from __future__ import annotations

from pathlib import Path

from .tables import Export


def write(export: Export, path: Path) -> None:
    """The codebook travels inside the file, as JSON under the key ``codebook``."""
    export.responses.write_parquet(
        path, compression="zstd", metadata={"codebook": export.codebook.write_json()}
    )
