"""Exact power of tests of two rates, every table enumerated: NumPy and SciPy 1.17.1.

Each table's p-value is computed on its own, from its definition; nothing is assumed of the shape of a rejection region.
A table is rejected at p <= alpha, with room for rounding; a Wald statistic without variance rejects nothing.
Run: python3 exact-power-wide.py > exact-power-wide.json
"""
import json
import random

import numpy as np
from scipy.stats import binom, hypergeom, norm

random.seed(20261124)
TIE = 1 + 1e-12


def z_values(test, n1, n2):
    x1, x2 = np.meshgrid(np.arange(n1 + 1.0), np.arange(n2 + 1.0), indexing="ij")
    cross = x2 * n1 - x1 * n2
    if test == "wald":
        variance = (x1 / n1) * (1 - x1 / n1) / n1 + (x2 / n2) * (1 - x2 / n2) / n2
        with np.errstate(all="ignore"):
            z = np.where(variance > 0, (x2 / n2 - x1 / n1) / np.sqrt(variance), 0)
        return z
    c = x1 + x2
    with np.errstate(all="ignore"):
        scale = np.sqrt((n1 + n2) / (n1 * n2) / (c * (n1 + n2 - c)))
        size = np.abs(cross) if test == "score" else np.maximum(0, np.abs(cross) - (n1 + n2) / 2)
        z = np.where((c == 0) | (c == n1 + n2), 0, np.sign(cross) * size * scale)
    return z


def p_values(test, n1, n2, alternative):
    if test in ("score", "yates", "wald"):
        z = z_values(test, n1, n2)
        if alternative == "two-sided":
            return 2 * norm.sf(np.abs(z)), np.sign(z)
        return norm.sf(z if alternative == "greater" else -z), np.ones_like(z) * (1 if alternative == "greater" else -1)
    p = np.ones((n1 + 1, n2 + 1))
    side = np.zeros((n1 + 1, n2 + 1))
    for c in range(n1 + n2 + 1):
        support = np.arange(max(0, c - n1), min(c, n2) + 1)
        pmf = hypergeom.pmf(support, n1 + n2, c, n2)
        for i, k in enumerate(support):
            share = 0.5 if test == "mid-p" else 1.0
            if alternative == "greater":
                value = pmf[i + 1 :].sum() + share * pmf[i]
            elif alternative == "less":
                value = pmf[:i].sum() + share * pmf[i]
            else:
                as_likely = pmf <= pmf[i] * (1 + 1e-7)
                tied = np.abs(pmf / pmf[i] - 1) <= 1e-9
                value = pmf[as_likely].sum() - (1 - share) * pmf[tied].sum()
            p[c - k, k] = value
            side[c - k, k] = {"greater": 1, "less": -1}.get(alternative, np.sign(k * n1 - (c - k) * n2))
    return p, side


cases = []
for i in range(60):
    test = ["score", "yates", "wald", "fisher", "mid-p"][i % 5]
    alternative = random.choice(["two-sided", "two-sided", "greater", "less"])
    n1, n2 = random.choice([(1, 1), (3, 3), (7, 12), (12, 7), (30, 10), (25, 60), (80, 80), (150, 40)])
    p1 = random.choice([1e-6, 0.003, 0.02, 0.1, 0.3, 0.5, 0.9, 0.999])
    p2 = random.choice([1e-6, 0.01, 0.04, 0.2, 0.35, 0.6, 0.95, p1])
    difference = p2 - p1
    p2 = p1 + difference  # with the rounding that a caller's difference brings
    alpha = random.choice([0.05, 0.05, 0.1, 0.01, 0.3, 1e-4, 1e-9])
    p, side = p_values(test, n1, n2, alternative)
    rejected = p <= alpha * TIE
    weight = lambda a, b: np.outer(binom.pmf(np.arange(n1 + 1), n1, a), binom.pmf(np.arange(n2 + 1), n2, b))
    cases.append(
        {
            "in": dict(test=test, alternative=alternative, n1=n1, n2=n2, p1=p1, difference=difference, alpha=alpha),
            "out": dict(
                above=float(weight(p1, p2)[rejected & (side > 0)].sum()),
                below=float(weight(p1, p2)[rejected & (side < 0)].sum()),
                size=float(weight(p1, p1)[rejected].sum()),
            ),
        }
    )

note = {
    "source": "NumPy and SciPy 1.17.1: exact-power-wide.py",
    "conventions": "reject where p <= alpha; above and below: probability of rejecting for and against the second arm (the treatment); size: both rates p1; p2 = p1 + difference in doubles. SciPy's binomial probabilities carry about 1e-13.",
}
head = json.dumps(note)[:-1]
print(head + ', "cases": [\n' + ",\n".join(json.dumps(c) for c in cases) + "\n]}")
