"""ln of the Bayes factor of independent Dirichlet-multinomials against a common one (Gunel and Dickey 1974).

Writes dirichlet-bayes-factor.json beside this file: python3 dirichlet-bayes-factor.py. mpmath 1.3, log-gammas with 60
digits: D(prior + control) D(prior + treatment) / (D(prior) D(prior + both)), D the multivariate beta function.
"""

import json
from pathlib import Path

from mpmath import mp, mpf, fsum, loggamma, nstr

mp.dps = 60


def log_d(shapes):
    return fsum(loggamma(shape) for shape in shapes) - loggamma(fsum(shapes))


def log_factor(control, treatment, prior):
    prior = [mpf(p) for p in prior]
    add = lambda counts: [p + c for p, c in zip(prior, counts)]
    both = [c + t for c, t in zip(control, treatment)]
    return log_d(add(control)) + log_d(add(treatment)) - log_d(prior) - log_d(add(both))


CASES = [
    ([900, 78, 22], [870, 96, 34], [1, 1, 1]),
    ([5, 0, 3, 12], [0, 7, 1, 2], [0.5, 0.5, 0.5, 0.5]),
    ([0, 0, 0], [3, 1, 7], [0.25, 2, 1]),
    ([1, 0], [0, 1], [1, 1]),
    ([10**9, 2 * 10**8, 3 * 10**6, 17], [10**9 - 70_000, 2 * 10**8 + 40_000, 3 * 10**6 + 5000, 40], [1, 1, 1, 1]),
    ([10**12, 10**6], [10**12, 10**6 + 3000], [0.001, 5]),
    ([10**6, 0, 0], [0, 0, 10**6], [1, 1, 1]),
    ([100, 200, 300, 400, 500, 600, 700, 800], [801, 702, 603, 504, 405, 306, 207, 108], [0.125] * 8),
]

if __name__ == "__main__":
    rows = [
        {"control": c, "treatment": t, "prior": p, "logBayesFactor10": nstr(log_factor(c, t, p), 22)}
        for c, t, p in CASES
    ]
    Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n")
