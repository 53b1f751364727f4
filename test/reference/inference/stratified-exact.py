"""The exact conditional test of strata: integer polynomials multiplied out, roots by mpmath at 40 digits.

Two-sided by minimum likelihood, ties exactly. Writes stratified-exact.json beside it. R's mantelhaen.test(exact = TRUE)
agrees in the p-value; its odds ratio and limits are right to uniroot's tolerance of 1.2e-4. Run: python3 stratified-exact.py
"""
import json
import os
import random
from math import comb

from mpmath import exp, findroot, log, mp, mpf

mp.dps = 40
HERE = os.path.dirname(os.path.abspath(__file__))


def polynomial(strata):
    total, start = [1], 0
    for x1, n1, x2, n2 in strata:
        m = x1 + x2
        lo, hi = max(0, m - n1), min(n2, m)
        part = [comb(n2, j) * comb(n1, m - j) for j in range(lo, hi + 1)]
        product = [0] * (len(total) + len(part) - 1)
        for i, a in enumerate(total):
            for j, b in enumerate(part):
                product[i + j] += a * b
        total, start = product, start + lo
    return start, total


def solve(f, start):
    low, high = start - 1, start + 1
    while f(low) > 0:
        low -= 2
    while f(high) < 0:
        high += 2
    return findroot(f, (low, high), solver="anderson", tol=mpf(10) ** -60, maxsteps=500, verify=False)


def exact(strata, alpha=mpf("0.05")):
    start, weights = polynomial(strata)
    s = sum(row[2] for row in strata) - start
    whole = sum(weights)
    ratio = lambda part: mpf(part) / mpf(whole)
    greater, less = ratio(sum(weights[s:])), ratio(sum(weights[: s + 1]))
    two = ratio(sum(w for w in weights if w <= weights[s]))
    w = [mpf(v) / whole for v in weights]
    at = lambda t: [v * exp((i - s) * t) for i, v in enumerate(w)]

    def mean(t):
        v = at(t)
        return sum(a * (i - s) for i, a in enumerate(v)) / sum(v)

    def upper(t):
        v = at(t)
        return log(sum(v[s:]) / sum(v)) - log(alpha / 2)

    def lower(t):
        v = at(t)
        return log(alpha / 2) - log(sum(v[: s + 1]) / sum(v))

    top = s == len(weights) - 1
    guess = solve(mean, mpf(0)) if 0 < s and not top else mpf(0)
    return {
        "logP": {"two-sided": float(log(two)), "greater": float(log(greater)), "less": float(log(less))},
        "oddsRatio": "Infinity" if top else 0 if s == 0 else float(exp(guess)),
        "lower": 0 if s == 0 else float(exp(solve(upper, guess))),
        "upper": "Infinity" if top else float(exp(solve(lower, guess))),
    }


CASES = [
    [[2, 20, 6, 22], [1, 15, 4, 14], [3, 30, 5, 28]],
    [[0, 50, 3, 50], [5, 60, 9, 60]],
    [[0, 5, 5, 5], [0, 3, 3, 3]],
    [[5, 5, 0, 5], [4, 4, 0, 3]],
    [[0, 1, 1, 1]],
    [[3, 12, 9, 11]],
    [[10, 400, 300, 400], [20, 500, 380, 450]],
    [[390, 400, 10, 400], [480, 500, 40, 500]],
    [[0, 300, 40, 20], [1, 200, 30, 15]],
    [[50, 1000, 60, 1000], [30, 500, 45, 520]],
]
CASES[8] = [[0, 300, 18, 20], [1, 200, 14, 15]]
rng = random.Random(20261122)
for _ in range(12):
    strata = []
    for _ in range(rng.choice([1, 2, 4])):
        n1, n2 = rng.randint(1, 120), rng.randint(1, 120)
        rate, shift = rng.random(), rng.uniform(0.5, 1.5)
        strata.append([sum(rng.random() < rate for _ in range(n1)), n1, sum(rng.random() < rate * shift for _ in range(n2)), n2])
    if len(polynomial(strata)[1]) > 1:
        CASES.append(strata)
rows = [
    {
        "strata": [
            {"control": {"n": n1, "conversions": x1}, "treatment": {"n": n2, "conversions": x2}}
            for x1, n1, x2, n2 in strata
        ],
        **exact(strata),
    }
    for strata in CASES
]
with open(os.path.join(HERE, "stratified-exact.json"), "w") as out:
    json.dump({"source": "python integers and mpmath 1.3, stratified-exact.py", "cases": rows}, out, indent=1)
    out.write("\n")
