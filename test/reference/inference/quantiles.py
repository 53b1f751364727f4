"""Quantiles from order statistics, 40 digits: ranks by exact binomial sums, Woodruff's interval, the differences and
lifts that the two tests do not reject. Formulas are written out here from the papers and solved by root finding; nothing
comes from the library. mpmath 1.3, SciPy 1.17 (starting points of ranks only). Run: python3 quantiles.py > quantiles.json"""

import json
import random
from functools import lru_cache

from mpmath import erfinv, exp, findroot, log, log1p, loggamma, mp, mpf, sqrt
from scipy.stats import binom

mp.dps = 40


def normal_upper(q):
    return sqrt(2) * erfinv(1 - 2 * q)


@lru_cache(maxsize=None)
def tails(k, n, p):  # P(Bin(n, p) <= k) and P(Bin(n, p) > k); the smaller one summed away from the mode, term by term
    p = mpf(p)
    if k < 0 or k >= n:
        return (mpf(0), mpf(1)) if k < 0 else (mpf(1), mpf(0))
    downwards = k < n * p
    j = k if downwards else k + 1
    term = exp(loggamma(n + 1) - loggamma(j + 1) - loggamma(n - j + 1) + j * log(p) + (n - j) * log1p(-p))
    total = mpf(0)
    while 0 <= j <= n and (term > total * mpf(10) ** -38 or total == 0):
        total += term
        term *= (j * (1 - p)) / ((n - j + 1) * p) if downwards else ((n - j) * p) / ((j + 1) * (1 - p))
        j += -1 if downwards else 1
    return (total, 1 - total) if downwards else (1 - total, total)


def above(rank, n, p):  # P(value of this rank > quantile) = P(Bin(n, p) <= rank - 1)
    return tails(rank - 1, n, p)[0]


def below(rank, n, p):  # P(value of this rank < quantile) = P(Bin(n, p) >= rank)
    return tails(rank - 1, n, p)[1]


def ranks(n, p, level):
    tail = (1 - mpf(level)) / 2
    rank = int(mp.ceil(mpf(str(p)) * n))
    low = int(binom.ppf(float(tail), n, p)) + 3
    while low > 0 and above(low, n, p) > tail:
        low -= 1
    up = int(binom.ppf(1 - float(tail), n, p)) - 2
    while up <= n and below(up, n, p) > tail:
        up += 1
    return rank, min(rank, max(1, low)), max(rank, min(n, up)), low >= 1, up <= n


def spread(arm, f):
    n, p = arm["n"], arm["probability"]
    zl = normal_upper(above(arm["lower"]["rank"], n, p))
    zu = normal_upper(below(arm["upper"]["rank"], n, p))
    q, l, u = (f(mpf(x)) for x in (arm["value"], arm["lower"]["value"], arm["upper"]["value"]))
    return q, (q - l) / zl, (u - q) / zu, (u - l) / (zl + zu)


def ends(control, treatment, z, test, f):
    qc, bc, ac, ec = spread(control, f)
    qt, bt, at, et = spread(treatment, f)
    if test == "price-bonett":
        bc = ac = ec
        bt = at = et
    d = qt - qc
    return qc, qt, bc, ac, bt, at, d - z * sqrt(bt**2 + ac**2), d + z * sqrt(at**2 + bc**2), sqrt(ec**2 + et**2)


def compare(control, treatment, level, test):
    z = normal_upper((1 - mpf(level)) / 2)
    qc, qt, bc, ac, bt, at, lo, hi, se = ends(control, treatment, z, test, lambda x: x)
    d = qt - qc
    side = sqrt(bt**2 + ac**2) if d > 0 else sqrt(at**2 + bc**2)
    statistic = d / side if d != 0 else mpf(0)
    # Each limit R of the ratio is where qt - R qc is z errors of its side from 0.
    low = findroot(lambda r: qt - r * qc - z * sqrt(bt**2 + r**2 * ac**2), qt / qc * mpf("0.97"))
    high = findroot(lambda r: qt - r * qc + z * sqrt(at**2 + r**2 * bc**2), qt / qc * mpf("1.03"))
    out = {
        "statistic": statistic,
        "pValue": mp.erfc(abs(statistic) / sqrt(2)),
        "standardError": se,
        "difference": [lo, hi],
        "fieller": [low - 1, high - 1],
    }
    _, _, _, _, _, _, ll, lh, _ = ends(control, treatment, z, test, log)
    out["log"] = [mp.expm1(ll), mp.expm1(lh)]
    return {k: [float(v) for v in x] if isinstance(x, list) else float(x) for k, x in out.items()}


rng = random.Random(20261122)


def arm(n, p, level, scale):
    rank, low, up, has_low, has_up = ranks(n, p, level)
    value = round(scale * rng.uniform(0.9, 1.2), 4)
    spread_low = rng.uniform(0.01, 0.06) * (0 if low == rank else 1)
    spread_up = rng.uniform(0.01, 0.15) * (0 if up == rank else 1)
    return {
        "n": n,
        "probability": p,
        "value": value,
        "lower": {"rank": low, "value": round(value * (1 - spread_low), 6)},
        "upper": {"rank": up, "value": round(value * (1 + spread_up), 6)},
    }


rank_cases = []
for n in (1, 2, 5, 9, 20, 100, 1000, 12345, 10**6):
    for p in (0.01, 0.07, 0.25, 0.5, 0.9, 0.99, 0.999):
        for level in (0.8, 0.95, 0.999):
            rank, low, up, has_low, has_up = ranks(n, p, level)
            rank_cases.append([n, p, level, rank, low, up, has_low, has_up])

comparisons = []
for n1, n2, p, level in [
    (25, 31, 0.5, 0.9),
    (60, 40, 0.25, 0.95),
    (100, 120, 0.5, 0.95),
    (400, 380, 0.9, 0.95),
    (1000, 1000, 0.75, 0.99),
    (5000, 4800, 0.99, 0.95),
    (20000, 21000, 0.5, 0.8),
    (10**6, 10**6, 0.95, 0.95),
]:
    control, treatment = arm(n1, p, 0.95, 100), arm(n2, p, 0.95, 108)
    comparisons.append(
        {
            "control": control,
            "treatment": treatment,
            "confidenceLevel": level,
            "mover": compare(control, treatment, level, "mover"),
            "price-bonett": compare(control, treatment, level, "price-bonett"),
        }
    )

print(json.dumps({"source": "quantiles.py: mpmath 1.3, 40 digits", "ranks": rank_cases, "comparisons": comparisons}))
