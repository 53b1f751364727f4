"""Bayesian stopping by enumeration: every table of both arms at every look, with the posterior figures of each.

`rational`: whole-number priors and small arms, in exact fractions; the posterior figures as finite sums, from the
binomial form of the Beta distribution function. `wide`: larger arms and any priors in doubles; the posterior figures by
Gauss-Legendre quadrature over the log-odds (NumPy 2, SciPy 1.17), good to about 1e-12. A rule asks for each table anew:
nothing is assumed of the shape of a stopping region. Run: python3 bayesian-stopping.py > bayesian-stopping.json
"""
import json
from fractions import Fraction
from math import comb, factorial

import numpy as np
from scipy.special import betainc, betaln
from scipy.stats import binom


def beta_function(a, b):
    return Fraction(factorial(a - 1) * factorial(b - 1), factorial(a + b - 1))


def exact_standing(a, b, c, d):
    """E max(C - T, 0) and P(T < C) for C ~ Beta(a, b), T ~ Beta(c, d)."""
    m, l = c + d - 1, a + b - 1
    loss = sum(
        comb(m, j) * comb(l, i) * beta_function(i + j + 1, l + m - i - j + 1)
        for j in range(c, m + 1)
        for i in range(a)
    )
    behind = sum(comb(m, j) * beta_function(a + j, b + m - j) for j in range(c, m + 1)) / beta_function(a, b)
    return loss, behind


NODES, WEIGHTS = np.polynomial.legendre.leggauss(600)


def wide_standing(a, b, c, d):
    """The same in doubles, over the control's rate."""
    centre = np.log(a / b)
    half = 14 * np.sqrt(1 / a + 1 / b) if min(a, b) > 5 else 60
    u = centre + half * NODES
    x = 1 / (1 + np.exp(-u))
    y = 1 / (1 + np.exp(u))
    density = np.exp(a * np.log(x) + b * np.log(y) - betaln(a, b)) * half * WEIGHTS
    behind = density @ betainc(c, d, x)
    # E max(x - T, 0) = x P(T < x) - E[T; T < x]
    loss = density @ (x * betainc(c, d, x) - c / (c + d) * betainc(c + 1, d, x))
    return float(loss), float(behind)


def decide(case, standing, n, x, y, cache):
    if (n, x, y) not in cache:
        (a0, b0), (c0, d0) = case["control"], case["treatment"]
        a, b, c, d = a0 + x, b0 + n - x, c0 + y, d0 + n - y
        # Limits are the decimals as written, so that ties are ties; doubles get room for rounding.
        room = 1 if standing is exact_standing else 1 + Fraction(1, 10**11)
        ship = standing(a, b, c, d)
        keep = standing(c, d, a, b)
        if "thresholdOfCaring" in case:
            limit = room * Fraction(str(case["thresholdOfCaring"]))
            lead = c * (a + b) - a * (c + d)
            verdict = 1 if ship[0] <= limit and lead > 0 else -1 if keep[0] <= limit and lead <= 0 else 0
        else:
            limit = room * (1 - Fraction(str(case["probabilityToBeat"])))
            verdict = 1 if ship[1] <= limit else -1 if keep[1] <= limit else 0
        cache[n, x, y] = verdict, c * (a + b) > a * (c + d)
    return cache[n, x, y]


def enumerate_case(case, standing, pmf, zero, one):
    results, cache = [], {}
    for rate in [case["baseline"], *case["rates"]]:
        alive, before, looks, ahead = {(0, 0): one}, 0, [], zero
        for n in case["looks"]:
            p0, p1 = pmf(n - before, case["baseline"]), pmf(n - before, rate)
            after = {}
            for (x, y), mass in alive.items():
                for i, pi in enumerate(p0):
                    for j, pj in enumerate(p1):
                        key = (x + i, y + j)
                        after[key] = after.get(key, zero) + mass * pi * pj
            sums, alive, ahead = {1: zero, -1: zero, 0: zero}, {}, zero
            for (x, y), mass in after.items():
                verdict, is_ahead = decide(case, standing, n, x, y, cache)
                sums[verdict] += mass
                if verdict == 0:
                    alive[x, y] = mass
                    ahead += mass if is_ahead else zero
            looks.append({"ship": float(sums[1]), "keep": float(sums[-1]), "going": float(sums[0])})
            before = n
        results.append({"rate": float(rate), "looks": looks, "ahead": float(ahead)})
    return {**{k: v for k, v in case.items() if k != "rates"}, "results": results}


def rational(**case):
    def pmf(n, p):
        p = Fraction(p)
        return [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]

    return enumerate_case(case, exact_standing, pmf, Fraction(0), Fraction(1))


def wide(**case):
    return enumerate_case(case, wide_standing, lambda n, p: binom.pmf(np.arange(n + 1), n, p), 0.0, 1.0)


ONE = (1, 1)
print(
    json.dumps(
        {
            "rational": [
                rational(baseline=0.25, rates=[0.375, 0.125], looks=[2, 5, 6, 9], control=ONE, treatment=ONE, thresholdOfCaring=0.03),
                rational(baseline=0.25, rates=[0.5, 0.0625], looks=[2, 5, 6, 9], control=ONE, treatment=ONE, probabilityToBeat=0.8),
                rational(baseline=0.5, rates=[0.75, 0.25], looks=[1, 2, 3, 4, 5, 6, 7, 8], control=ONE, treatment=ONE, thresholdOfCaring=0.02),
                rational(baseline=0.5, rates=[0.9375], looks=[4, 12], control=(2, 3), treatment=(1, 5), thresholdOfCaring=0.01),
                rational(baseline=0.125, rates=[0.25, 0.03125], looks=[5, 10, 14], control=(3, 20), treatment=(1, 1), probabilityToBeat=0.9),
                rational(baseline=0.875, rates=[0.96875, 0.75], looks=[3, 7, 12], control=(1, 2), treatment=(4, 1), probabilityToBeat=0.75),
                rational(baseline=0.25, rates=[0.5], looks=[10], control=ONE, treatment=ONE, thresholdOfCaring=0.5),
            ],
            "wide": [
                wide(baseline=0.1, rates=[0.15, 0.05], looks=[20, 30, 45, 60], control=(0.5, 0.5), treatment=(0.5, 0.5), thresholdOfCaring=0.004),
                wide(baseline=0.3, rates=[0.45, 0.2], looks=[15, 40, 50], control=(0.5, 1.75), treatment=(3.25, 9.5), probabilityToBeat=0.95),
            ],
        },
        indent=1,
    )
)
