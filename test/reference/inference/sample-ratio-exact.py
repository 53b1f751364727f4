"""Exact p-values of a split over arms, by going through every split: writes sample-ratio-exact.json beside it.

Probabilities as fractions for small counts; for two large arms mpmath 1.3 at 50 digits sums every term.
Ties are exact, where R's binom.test allows 1e-7. G and its tail by mpmath. Run: python3 sample-ratio-exact.py
"""
import json
import os
from fractions import Fraction
from math import factorial

from mpmath import mp, mpf, log, gammainc

mp.dps = 50
HERE = os.path.dirname(os.path.abspath(__file__))


def splits(n, arms):
    if arms == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in splits(n - first, arms - 1):
            yield (first,) + rest


def probability(counts, shares):
    value = Fraction(factorial(sum(counts)))
    for count, share in zip(counts, shares):
        value *= share**count / Fraction(factorial(count))
    return value


def by_all(counts, weights):
    total = sum(weights)
    shares = [Fraction(w, total) for w in weights]
    seen = probability(counts, shares)
    p = sum(q for q in (probability(c, shares) for c in splits(sum(counts), len(counts))) if q <= seen)
    return mpf(p.numerator) / p.denominator


def two_arms(counts, weights):
    n = sum(counts)
    p = mpf(weights[0]) / sum(weights)
    odds = p / (1 - p)
    seen = None
    terms = [(1 - p) ** n]
    for k in range(n):
        terms.append(terms[-1] * odds * (n - k) / (k + 1))
    seen = terms[counts[0]]
    return sum(t for t in terms if t <= seen * (1 + mpf(10) ** -20))


def g(counts, weights):
    n, total = sum(counts), sum(weights)
    return 2 * sum(c * log(mpf(c) * total / (n * mpf(w))) for c, w in zip(counts, weights) if c > 0)


SMALL = [
    ([0, 10], [1, 1]), ([3, 7], [1, 1]), ([5, 5], [1, 1]), ([1, 9, 2], [1, 1, 1]), ([4, 4, 4], [1, 1, 1]),
    ([0, 0, 6], [1, 1, 1]), ([12, 3, 1], [2, 1, 1]), ([20, 3, 0, 5], [3, 1, 1, 1]), ([2, 2, 1, 0, 7], [1, 1, 1, 1, 1]),
    ([30, 1, 1], [8, 1, 1]), ([1, 0], [1, 3]), ([60, 0, 0], [1, 1, 1]), ([40, 2, 3], [90, 5, 5]),
]
LARGE = [([400, 600], [1, 1]), ([900, 100], [17, 3]), ([2000, 0], [1, 1]), ([5000, 5400], [1, 1]), ([9900, 100], [49, 1])]
rows = []
for counts, weights in SMALL + LARGE:
    p = by_all(counts, weights) if sum(counts) <= 60 else two_arms(counts, weights)
    rows.append(
        {
            "observed": counts,
            "expected": weights,
            "pValue": float(p),
            "logPValue": float(log(p)),
            "g": float(g(counts, weights)),
        }
    )
with open(os.path.join(HERE, "sample-ratio-exact.json"), "w") as out:
    json.dump({"source": "python fractions and mpmath 1.3, sample-ratio-exact.py", "cases": rows}, out, indent=1)
    out.write("\n")
