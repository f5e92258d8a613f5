"""Files of commands stand at their place whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Where to write what is to stand at ``path``; what is written beside it moves along.

    A file that stood there before is replaced in one go, and stays where writing fails.
    """
    with TemporaryDirectory(dir=path.parent, prefix=".writing-") as folder:
        yield Path(folder) / path.name
        for written in Path(folder).iterdir():
            written.replace(path.with_name(written.name))
