"""What a machine can learn from coded texts: TF-IDF over words and letters, and one linear model a code.

Pure and deterministic: texts and codes in, proposals out. Letters as well as words are looked at, so that
forms of a word and languages that are close learn from each other. Nothing is kept of what was learned from.

Source of the method: G. Salton, C. Buckley, "Term-weighting approaches in automatic text retrieval",
Information Processing & Management 24 (1988), 513-523.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_score, recall_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion

# Below these nothing worth saying is learned.
FEWEST_TEXTS = 30
FEWEST_OF_A_CODE = 8
CERTAIN_ENOUGH = 0.5
# A code of which more suggestions were wrong than right when they were tried out is not suggested.
RIGHT_OFTEN_ENOUGH = 0.5
MOST_SUGGESTIONS = 4
MOST_REASONS = 4
MOST_SIMILAR = 3
SIMILAR_ENOUGH = 0.15
FOLDS = 3
WORD = r"(?u)[^\W\d_]{2,}"
_ROWS_AT_ONCE = 500


class TooLittle(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """Not enough coded text to learn from."""


@dataclass(frozen=True)
class Proposal:
    code: int
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True)
class Quality:
    """By cross-validation: of what was proposed, how much was right; of what is there, how much was found."""

    code: int
    texts: int
    precision: float
    recall: float


@dataclass(frozen=True)
class Learned:
    """In the order of the new texts; ``similar`` holds places among the coded ones."""

    proposals: list[list[Proposal]]
    similar: list[list[int]]
    quality: list[Quality]


def learn(coded: Sequence[str], codes: Sequence[frozenset[int]], new: Sequence[str], *, stop: Any) -> Learned:
    """Learn from coded texts and look at new ones. Raises ``TooLittle``."""
    learnable = learnable_codes(codes)
    if len(coded) < FEWEST_TEXTS or not learnable:
        raise TooLittle
    features = _features(stop)
    known = features.fit_transform(coded)
    unknown = features.transform(new) if new else None
    names = features.get_feature_names_out()
    proposals: list[list[Proposal]] = [[] for _text in new]
    quality = []
    for code in learnable:
        wanted = np.array([code in given for given in codes])
        quality.append(_quality(code, known, wanted))
        if unknown is not None and quality[-1].precision >= RIGHT_OFTEN_ENOUGH:
            _propose(code, _model().fit(known, wanted), unknown, names, proposals)
    best = [sorted(found, key=lambda p: (-p.score, p.code))[:MOST_SUGGESTIONS] for found in proposals]
    return Learned(best, _similar(known, unknown), quality)


def learnable_codes(codes: Sequence[frozenset[int]]) -> list[int]:
    """Those with enough texts for and enough against."""
    counts: dict[int, int] = {}
    for given in codes:
        for code in given:
            counts[code] = counts.get(code, 0) + 1
    least, most = FEWEST_OF_A_CODE, len(codes) - FEWEST_OF_A_CODE
    return sorted(code for code, count in counts.items() if least <= count <= most)


def _features(stop: Any) -> FeatureUnion:
    words = TfidfVectorizer(
        ngram_range=(1, 2),
        strip_accents="unicode",
        stop_words=sorted(stop),
        token_pattern=WORD,
        sublinear_tf=True,
    )
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), strip_accents="unicode", sublinear_tf=True, min_df=2
    )
    return FeatureUnion([("word", words), ("letters", letters)])


def _model() -> LogisticRegression:
    return LogisticRegression(
        solver="liblinear", C=4.0, class_weight="balanced", max_iter=1000, random_state=0
    )


def _quality(code: int, known: Any, wanted: Any) -> Quality:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    guessed = cross_val_predict(_model(), known, wanted, cv=folds)
    return Quality(
        code,
        int(wanted.sum()),
        float(precision_score(wanted, guessed, zero_division=0.0)),
        float(recall_score(wanted, guessed, zero_division=0.0)),
    )


def _propose(
    code: int, model: LogisticRegression, unknown: Any, names: Any, proposals: list[list[Proposal]]
) -> None:
    scores = model.predict_proba(unknown)[:, 1]
    for place in np.flatnonzero(scores >= CERTAIN_ENOUGH):
        because = _reasons(unknown[int(place)], model.coef_[0], names)
        proposals[int(place)].append(Proposal(code, round(float(scores[place]), 4), because))


def _reasons(row: Any, weights: Any, names: Any) -> tuple[str, ...]:
    """The words of the text that spoke most for the code; letters alone tell a person nothing."""
    weighed = [
        (float(value * weights[at]), names[at]) for at, value in zip(row.indices, row.data, strict=True)
    ]
    words = [
        (weight, name.removeprefix("word__"))
        for weight, name in weighed
        if weight > 0 and name.startswith("word__") and " " not in name
    ]
    return tuple(name for _weight, name in sorted(words, key=lambda pair: (-pair[0], pair[1]))[:MOST_REASONS])


def _similar(known: Any, unknown: Any) -> list[list[int]]:
    """For each new text the coded ones nearest to it (cosine), the nearest first."""
    found: list[list[int]] = []
    for start in range(0, unknown.shape[0] if unknown is not None else 0, _ROWS_AT_ONCE):
        near = (unknown[start : start + _ROWS_AT_ONCE] @ known.T).toarray() / 2
        order = np.argsort(-near, axis=1, kind="stable")[:, :MOST_SIMILAR]
        found += [
            [int(at) for at in row if near[line, at] >= SIMILAR_ENOUGH] for line, row in enumerate(order)
        ]
    return found


def as_json(quality: Sequence[Quality]) -> list[Mapping[str, Any]]:
    return [
        {"code": q.code, "texts": q.texts, "precision": round(q.precision, 3), "recall": round(q.recall, 3)}
        for q in quality
    ]
