"""The stopping rule over simulated reviews: how often the stated recall was reached, how much work was saved.

    python benchmarks/stopping.py --reviews 600

A review has 500 to 5,000 records, of which 3 to 20 % are relevant. They are read in batches of a
fiftieth, in the order of a score that tells relevant from irrelevant by 1.5 to 3.5 standard deviations, three
relevant records in a hundred scored like an irrelevant one: the hard tail of real reviews.
"""

import argparse

import numpy as np

from nijar_nlp.screening import STOP_BELOW, enough, work_saved

BATCHES = 50
HARD = 0.03


def review(random: np.random.Generator) -> list[bool]:
    """Whether each record is relevant, in the order in which it is read."""
    n = int(np.exp(random.uniform(np.log(500), np.log(5000))))
    relevant = random.random(n) < random.uniform(0.03, 0.20)
    easy = relevant & (random.random(n) >= HARD)
    scores = random.normal(0, 1, n) + easy * random.uniform(1.5, 3.5)
    return [bool(there) for there in relevant[np.argsort(-scores)]]


def stopped(found: list[bool], recall: float, below: float) -> int:
    """How many records are read before the rule says stop."""
    batch = len(found) // BATCHES
    for n_read in range(batch, len(found), batch):
        if enough(found[:n_read], len(found), recall=recall) < below:
            return n_read
    return len(found)


def main() -> None:
    """Print how the rule did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=600)
    parser.add_argument("--recall", type=float, default=0.95)
    parser.add_argument("--below", type=float, default=STOP_BELOW, help="p value under which to stop")
    arguments = parser.parse_args()
    random = np.random.default_rng(1)
    recalls, saved, most = [], [], []
    for _ in range(arguments.reviews):
        found = review(random)
        if not any(found):
            continue
        n_read = stopped(found, arguments.recall, arguments.below)
        recalls.append(sum(found[:n_read]) / sum(found))
        saved.append(1 - n_read / len(found))
        most.append(1 - arguments.recall + work_saved(found, arguments.recall))
    reached = np.mean(np.array(recalls) >= arguments.recall)
    print(f"{len(recalls)} reviews; recall of {arguments.recall:.0%} reached in {reached:.1%} of them")
    print(f"mean recall {np.mean(recalls):.3f}, least {min(recalls):.3f}")
    print(f"mean work saved {np.mean(saved):.1%}, median {np.median(saved):.1%}")
    print(f"by one who knows when the recall is reached: {np.mean(most):.1%}")


if __name__ == "__main__":
    main()
