"""Words that go together in texts that nobody coded yet: a hint at themes that the frame may lack."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer

from .spelling import as_written, spellings

# A word that fewer texts hold is never shown in a list: it might be somebody's name.
FEWEST_TEXTS_OF_A_TERM = 4
MOST_GROUPS = 6
WORDS_OF_A_GROUP = 6
FEWEST_TEXTS = 30
WORD = r"(?u)[^\W\d_]{3,}"


def term_groups(texts: Sequence[str], *, stop: Any) -> list[dict[str, Any]]:
    """Groups of words, the largest first, each with the number of texts that are mostly about it.

    Non-negative factors of TF-IDF (D. Lee, H. Seung, "Learning the parts of objects by non-negative matrix
    factorization", Nature 401 (1999), 788-791), started so that the same texts give the same groups.
    """
    if len(texts) < FEWEST_TEXTS:
        return []
    words = TfidfVectorizer(
        strip_accents="unicode",
        stop_words=sorted(stop),
        token_pattern=WORD,
        min_df=FEWEST_TEXTS_OF_A_TERM,
        max_df=0.6,
    )
    try:
        table = words.fit_transform(texts)
    except ValueError:  # No word stands in enough texts.
        return []
    size = min(MOST_GROUPS, min(table.shape) - 1)
    if size < 2:
        return []
    model = NMF(size, init="nndsvda", max_iter=1000, tol=1e-3, random_state=0)
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        # An exact fit leaves an error just below nought; a slow one is good enough for a hint.
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit_transform(table)
    names = as_written(words.get_feature_names_out(), spellings(texts))
    mostly = np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)
    groups = [
        {
            "terms": [
                names[int(at)] for at in np.argsort(-part, kind="stable")[:WORDS_OF_A_GROUP] if part[at] > 0
            ],
            "texts": int((mostly == number).sum()),
        }
        for number, part in enumerate(model.components_)
    ]
    return sorted((group for group in groups if group["texts"]), key=lambda group: -group["texts"])
