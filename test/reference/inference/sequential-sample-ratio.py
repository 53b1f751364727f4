"""ln of the Bayes factor Dirichlet–multinomial against multinomial, from log-gammas at 60 digits.

mpmath 1.3. Writes sequential-sample-ratio.json beside it. Run: python3 sequential-sample-ratio.py
"""
import json
import os
import random

from mpmath import mp, mpf, log, loggamma

mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def log_bayes_factor(counts, weights, concentration):
    total = sum(mpf(w) for w in weights)
    shares = [mpf(w) / total for w in weights]
    c = mpf(concentration)
    n = sum(counts)
    value = loggamma(c) - loggamma(c + n)
    for count, share in zip(counts, shares):
        if share > 0:
            value += loggamma(c * share + count) - loggamma(c * share) - count * log(share)
    return value


rng = random.Random(20261122)
cases = [
    ([1, 0], [1, 1], 10000), ([0, 10], [1, 1], 1), ([10100, 9900], [1, 1], 10000), ([20450, 19550], [1, 1], 10000),
    ([5000, 5100, 4900], [1, 1, 1], 10000), ([90310, 9690], [9, 1], 10000), ([3, 0, 4], [1, 0, 1], 100),
    ([821588, 815482], [0.5, 0.5], 10000), ([1, 1, 1, 1, 96], [1, 1, 1, 1, 4], 0.5), ([400, 600], [1, 1], 1e-3),
    ([5 * 10**11, 5 * 10**11 + 5 * 10**6], [1, 1], 10000), ([10**15, 10**15 + 10**8], [1, 1], 1e6),
]
for _ in range(30):
    arms = rng.choice([2, 3, 5])
    n = 10 ** rng.uniform(0, 13)
    weights = [rng.randint(1, 50) for _ in range(arms)]
    counts = [max(0, round(n * w / sum(weights) + rng.gauss(0, 3) * (n * w / sum(weights)) ** 0.5)) for w in weights]
    if sum(counts):
        cases.append((counts, weights, rng.choice([1, 37.5, 1000, 10000, 1e7])))
rows = [
    {"observed": c, "expected": w, "concentration": k, "logBayesFactor": float(log_bayes_factor(c, w, k))}
    for c, w, k in cases
]
with open(os.path.join(HERE, "sequential-sample-ratio.json"), "w") as out:
    json.dump({"source": "mpmath 1.3, sequential-sample-ratio.py", "cases": rows}, out, indent=1)
    out.write("\n")
