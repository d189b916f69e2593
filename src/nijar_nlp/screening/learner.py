"""Texts, some of them judged, into a score of relevance for each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

REGULARISATION = 0.3
# A relevant record weighs this many times what an irrelevant one does, beyond their frequencies.
RELEVANT_WEIGHT = 10.0
# Character features beside the words: inflection, compounds, names in other spellings.
CHARACTER_SHARE = 0.6
# Share of naive Bayes in the blend: better than a margin while few records are judged.
BAYES_SHARE = 0.3
# A model's log-odds beforehand: its unit among the features, and for how many judged records it leads.
PRIOR_UNIT = 0.5
PRIOR_RECORDS = 40


@dataclass(frozen=True)
class Learner:
    """Features of all records, and what a model said of them beforehand as log-odds, where there is one."""

    features: csr_matrix
    words: csr_matrix
    prior: NDArray[np.float64] | None = None

    def scores(self, judged: Sequence[int], relevant: Sequence[bool]) -> NDArray[np.float64]:
        """A score for every record: the higher the likelier, 0 in doubt. One class alone teaches nothing."""
        truth = np.asarray(relevant, dtype=bool)
        prior = np.zeros(self.features.shape[0]) if self.prior is None else self.prior
        if truth.all() or not truth.any():
            return prior
        rows = np.asarray(judged)
        weight = np.where(truth, RELEVANT_WEIGHT * (~truth).sum() / truth.sum(), 1.0)
        weight *= len(truth) / weight.sum()
        margin = (
            LinearSVC(C=REGULARISATION, random_state=0)
            .fit(self.features[rows], truth, sample_weight=weight)
            .decision_function(self.features)
        )
        bayes = ComplementNB().fit(self.words[rows], truth).predict_log_proba(self.words)
        odds = bayes[:, 1] - bayes[:, 0]
        learned = (1 - BAYES_SHARE) * margin / margin.std() + BAYES_SHARE * odds / max(odds.std(), 1e-9)
        return np.asarray(learned + prior / 2 * PRIOR_RECORDS / (PRIOR_RECORDS + len(rows)))


def learner(texts: Sequence[str], prior: Sequence[float] | None = None) -> Learner:
    """A learner over texts; `prior` are probabilities that a model gives them beforehand."""
    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), dtype=np.float32)
    characters = TfidfVectorizer(
        sublinear_tf=True, analyzer="char_wb", ngram_range=(4, 5), min_df=2, dtype=np.float32
    )
    by_word = words.fit_transform(texts)
    parts = [by_word, characters.fit_transform(texts) * CHARACTER_SHARE]
    odds = None
    if prior is not None:
        bounded = np.clip(np.asarray(prior, dtype=float), 1e-4, 1 - 1e-4)
        odds = np.log(bounded / (1 - bounded))
        parts.append(csr_matrix(PRIOR_UNIT * odds[:, None].astype(np.float32)))
    return Learner(hstack(parts, format="csr"), by_word, odds)
