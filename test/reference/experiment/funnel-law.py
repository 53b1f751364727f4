"""The law of the largest statistic of nested steps, by Gauss-Legendre quadrature in numpy, tails summed and not subtracted.

Z runs from the last step to the first as a Markov chain with correlations sqrt(o / o'); the chance to be outside is that
of leaving at each step, not having left before. 240 and 480 nodes agree to 1e-12 of each figure, or it is not written.

Run: python3 funnel-law.py > funnel-law.json
"""

import json
from fractions import Fraction
from math import sqrt

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.stats import norm


def outside(z, odds, two_sided, nodes):
    low = -z if two_sided else min(-14.0, z - 14)
    x, w = leggauss(nodes)
    x = (z - low) / 2 * x + (z + low) / 2
    w = w * (z - low) / 2
    far = (lambda m, s: norm.sf((z - m) / s) + norm.cdf((-z - m) / s)) if two_sided else (lambda m, s: norm.sf((z - m) / s))
    total, density = far(0, 1), norm.pdf(x)
    for a, b in zip(odds, odds[1:]):
        r = sqrt(a / b)
        s = sqrt(1 - a / b)
        total += np.sum(w * density * far(r * x, s))
        density = (norm.pdf((x[:, None] - r * x[None, :]) / s) / s) @ (w * density)
    return float(total)


def law(z, odds, two_sided):
    first, second = outside(z, odds, two_sided, 240), outside(z, odds, two_sided, 480)
    assert abs(first - second) < 1e-12 * second, (z, first, second)
    return second


def case(n1, reached1, n2, reached2):
    z, odds = [], []
    for x1, x2 in zip(reached1, reached2):
        p = Fraction(x1 + x2, n1 + n2)
        d = Fraction(x2, n2) - Fraction(x1, n1)
        z.append((1 if d > 0 else -1) * sqrt(d * d / (p * (1 - p) * (Fraction(1, n1) + Fraction(1, n2)))))
        odds.append(float(p / (1 - p)))
    odds.reverse()
    return {
        "control": {"n": n1, "reached": reached1},
        "treatment": {"n": n2, "reached": reached2},
        "twoSided": [law(abs(s), odds, True) for s in z],
        "greater": [law(s, odds, False) for s in z],
    }


cases = [
    case(10000, [8000, 5000, 1200, 700, 400], 10050, [8060, 5030, 1450, 850, 490]),
    case(500, [300, 120, 40, 20], 520, [340, 150, 55, 31]),
    case(80000, [41000, 12000, 11000, 4000, 3900, 900], 79500, [40500, 12200, 11250, 4100, 4010, 980]),
    case(3000, [900, 60], 9000, [2810, 240]),
    # Far tails: z up to 34.
    case(10**6, [600000, 200000, 40000, 20000], 10**6, [603000, 208000, 44000, 26000]),
    case(10**9, [900000000, 500000000, 1000000, 1000], 10**9, [900050000, 500060000, 1004000, 1100]),
    case(4000, [3600, 3000, 2500, 2000, 1500, 1000, 600, 300, 100, 40], 4000, [3620, 3050, 2560, 2080, 1590, 1060, 660, 350, 125, 61]),
]
print('{"source": "funnel-law.py: numpy and SciPy, Gauss-Legendre with 480 nodes", "cases": [')
print(",\n".join(json.dumps(c) for c in cases))
print("]}")
