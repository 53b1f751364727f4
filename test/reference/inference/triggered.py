"""Triggered analysis, 40 digits: Welch's test of the triggered units; the diluted difference and lift with standard errors
by the delta method, the gradients by numerical differentiation; Fieller's ends by root finding. mpmath 1.3.
Run: python3 triggered.py > triggered.json"""

import json
import random

from mpmath import betainc, diff, findroot, mp, mpf, sqrt

mp.dps = 40


def t_sf(t, df):
    return betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2


def t_upper(q, df):
    return findroot(lambda t: t_sf(t, df) - q, 2)


def solve(arms, level):
    (n1, m1, v1), (n2, m2, v2), (n3, m3, v3), (n4, m4, v4) = [[mpf(x) for x in a] for a in arms]
    total = n1 + n2 + n3 + n4
    r = (n1 + n2) / total
    nu = n3 + n4
    mu = (n3 * m3 + n4 * m4) / nu
    vu = ((n3 - 1) * v3 + (n4 - 1) * v4 + n3 * (m3 - mu) ** 2 + n4 * (m4 - mu) ** 2) / (nu - 1)
    at = (r, m1, m2, mu)
    variances = (r * (1 - r) / total, v1 / n1, v2 / n2, vu / nu)
    df = (v1 / n1 + v2 / n2) ** 2 / ((v1 / n1) ** 2 / (n1 - 1) + (v2 / n2) ** 2 / (n2 - 1))

    def variance(g):
        total_variance = mpf(0)
        for i, v in enumerate(variances):
            order = tuple(1 if j == i else 0 for j in range(4))
            total_variance += diff(g, at, order) ** 2 * v
        return total_variance

    difference = lambda r, a, b, u: r * (b - a)
    level_of = lambda r, a, b, u: r * a + (1 - r) * u
    lift = lambda r, a, b, u: difference(r, a, b, u) / level_of(r, a, b, u)
    d, l = difference(*at), lift(*at)
    t = t_upper((1 - mpf(level)) / 2, df)
    se_d, se_l = sqrt(variance(difference)), sqrt(variance(lift))

    def gap(x, sign):
        g = lambda *a: difference(*a) - x * level_of(*a)
        return g(*at) - sign * t * sqrt(variance(g))

    statistic = (m2 - m1) / sqrt(v1 / n1 + v2 / n2)
    values = {
        "triggerRate": r,
        "degreesOfFreedom": df,
        "statistic": statistic,
        "pValue": 2 * t_sf(abs(statistic), df),
        "difference": [d, se_d, d - t * se_d, d + t * se_d],
        "lift": [
            l,
            se_l,
            findroot(lambda x: gap(x, 1), l - t * se_l),
            findroot(lambda x: gap(x, -1), l + t * se_l),
        ],
    }
    return {k: [float(x) for x in v] if isinstance(v, list) else float(v) for k, v in values.items()}


rng = random.Random(20261122)
cases = []
for n, rate, level in [
    (200, 0.5, 0.95),
    (1000, 0.2, 0.9),
    (5000, 0.05, 0.95),
    (20000, 0.01, 0.99),
    (100000, 0.9, 0.95),
    (10**6, 0.3, 0.95),
    (10**7, 0.001, 0.8),
]:
    arms = []
    for part in (rate, rate, 1 - rate, 1 - rate):
        size = max(2, round(n * part * rng.uniform(0.97, 1.03)))
        arms.append([size, round(rng.uniform(3, 4), 4), round(rng.uniform(4, 12), 4)])
    cases.append({"arms": arms, "confidenceLevel": level, **solve(arms, level)})
print(json.dumps({"source": "triggered.py: mpmath 1.3, 40 digits", "cases": cases}))
