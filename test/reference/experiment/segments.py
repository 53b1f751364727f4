"""Reference values of effects of segments held against each other, with 30 digits (mpmath).

Posterior: theta_k ~ N(mu, tau^2), flat mu, half-Cauchy tau with the root mean square of the standard errors as its scale;
integrated over tau by Gauss-Legendre rules of 30 points on octaves. Q, Paule and Mandel's tau, and the test of Gail and
Simon from their formulas; the first crossover case is the example of Gail and Simon (1985), table 3.

    python3 segments.py > segments.json
"""

import json
import random
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 30
NODES, WEIGHTS = [], []
for node, weight in mpmath.calculus.quadrature.GaussLegendre(mp).calc_nodes(4, 110):
    NODES.append((node + 1) / 2)
    WEIGHTS.append(weight / 2)


def gail_simon(y, s):
    z = [mpf(a) / mpf(b) for a, b in zip(y, s)]
    positive = mpmath.fsum(v * v for v in z if v > 0)
    negative = mpmath.fsum(v * v for v in z if v < 0)
    c, free = min(positive, negative), len(z) - 1
    if c == 0:
        p = mpf(1)
    else:
        p = mpmath.fsum(
            mpmath.binomial(free, h) * mpf(2) ** -free * mpmath.gammainc(mpf(h) / 2, c / 2, regularized=True)
            for h in range(1, free + 1)
        )
    return {"positive": positive, "negative": negative, "pValue": p, "logPValue": mpmath.log(p)}


def fixed(y, s, variance=mpf(0)):
    w = [1 / (mpf(e) ** 2 + variance) for e in s]
    mean = mpmath.fsum(a * mpf(b) for a, b in zip(w, y)) / mpmath.fsum(w)
    return mean, 1 / mpmath.fsum(w), mpmath.fsum(a * (mpf(b) - mean) ** 2 for a, b in zip(w, y))


def paule_mandel(y, s):
    df = len(y) - 1
    if fixed(y, s)[2] <= df:
        return mpf(0)
    high = mpf(max(s)) ** 2 + (mpf(max(y)) - mpf(min(y))) ** 2
    low = mpf(0)
    for _ in range(110):
        middle = (low + high) / 2
        low, high = (middle, high) if fixed(y, s, middle)[2] > df else (low, middle)
    return mpmath.sqrt((low + high) / 2)


def posterior(y, s):
    unit = mpf(min(s))
    scale = mpmath.sqrt(mpmath.fsum(mpf(e) ** 2 for e in s) / len(s))
    widest = max(mpf(max(s)), mpf(max(y)) - mpf(min(y)))
    ends = [mpf(0)] + [unit * mpf(2) ** (i / mpf(2)) for i in range(-8, 8)]
    while ends[-1] < widest * mpf(10) ** (40 / (len(y) + 0)):
        ends.append(ends[-1] * 2)
    grid = []
    for a, b in zip(ends, ends[1:]):
        for x, w in zip(NODES, WEIGHTS):
            tau = a + (b - a) * x
            mean, variance, q = fixed(y, s, tau * tau)
            log = -q / 2 + mpmath.log(variance) / 2
            log -= mpmath.fsum(mpmath.log(mpf(e) ** 2 + tau * tau) for e in s) / 2
            grid.append((tau, mean, variance, w * (b - a) / (1 + (tau / scale) ** 2), log))
    peak = max(g[4] for g in grid)
    weighed = [(t, m, v, w * mpmath.exp(log - peak)) for t, m, v, w, log in grid]
    total = mpmath.fsum(g[3] for g in weighed)
    return [(t, m, v, w / total) for t, m, v, w in weighed if w / total > mpf(10) ** -24]


def quantile(mixture, p, guess, scale):
    excess = lambda x: mpmath.fsum(w * mpmath.ncdf((x - m) / d) for m, d, w in mixture) - p
    return mpmath.findroot(excess, (guess, guess + scale / 100), tol=1e-44)


def figures(mixture):
    mean = mpmath.fsum(w * m for m, d, w in mixture)
    deviation = mpmath.sqrt(mpmath.fsum(w * (d * d + (m - mean) ** 2) for m, d, w in mixture))
    # A robust width, since the deviation may be carried by a far tail.
    width = mpmath.fsum(w * d for m, d, w in mixture)
    lower = quantile(mixture, mpf("0.025"), mean - 2 * width, width)
    upper = quantile(mixture, mpf("0.975"), mean + 2 * width, width)
    return {"estimate": mean, "standardError": deviation, "lower": lower, "upper": upper}


def case(y, s):
    grid = posterior(y, s)
    effects = []
    for a, e in zip(y, s):
        a, e2 = mpf(a), mpf(e) ** 2
        mixture = [
            (a + e2 / (e2 + t * t) * (m - a), mpmath.sqrt(e2 * t * t / (e2 + t * t) + (e2 / (e2 + t * t)) ** 2 * v), w)
            for t, m, v, w in grid
        ]
        kept = mpmath.fsum(w * t * t / (e2 + t * t) for t, m, v, w in grid)
        effects.append({**figures(mixture), "kept": kept})
    new = [(m, mpmath.sqrt(v + t * t), w) for t, m, v, w in grid]
    width = mpmath.fsum(w * d for m, d, w in new)
    centre = mpmath.fsum(w * m for m, d, w in new)
    above = mpf(max(s))
    return {
        "y": y,
        "se": s,
        "q": fixed(y, s)[2],
        "pauleMandel": paule_mandel(y, s),
        "crossover": gail_simon(y, s),
        "effects": effects,
        "average": figures([(m, mpmath.sqrt(v), w) for t, m, v, w in grid]),
        "prediction": [
            quantile(new, mpf("0.025"), centre - 2 * width, width),
            quantile(new, mpf("0.975"), centre + 2 * width, width),
        ],
    }


def plain(value):
    if isinstance(value, mpf):
        return float(value)
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, (list, tuple)) else value


random.seed(7)
inputs = [
    ([0.163, -0.114, -0.047, -0.151], [0.0788, 0.0689, 0.0614, 0.0547]),
    ([0.02, 0.02], [0.01, 0.03]),
    ([0.31, -0.12], [0.04, 0.05]),
    ([0.05, 0.07, -0.01], [0.02, 0.2, 0.05]),
    ([5.0, -3.0, 40.0, 12.0], [0.1, 0.05, 0.2, 0.1]),
    ([0.0, 1e-6, -1e-6, 2e-6, 0.0], [1e-6, 1e-6, 2e-6, 3e-6, 1e-6]),
]
for count, spread in ((3, 0.5), (5, 1), (10, 0), (10, 1), (10, 3)):
    s = [round(0.02 * 2 ** random.uniform(-2, 2), 4) for _ in range(count)]
    inputs.append(([round(0.03 + random.gauss(0, spread * 0.02) + random.gauss(0, e), 5) for e in s], s))
cases = []
for y, s in inputs:
    print(len(y), file=sys.stderr)
    cases.append(case(y, s))
deep = [([9.0, -30.0, 2.0], [1.0, 1.0, 0.5]), ([40.0, 1.0, -45.0, -1.0], [1.0] * 4), ([1.0, -1e-9], [1.0, 1.0])]
json.dump(
    {
        "source": "mpmath 1.3, 30 digits; segments.py",
        "cases": plain(cases),
        "crossover": plain([{"y": y, "se": s, **gail_simon(y, s)} for y, s in deep]),
    },
    sys.stdout,
    indent=1,
)
