"""Makes count-score-limits.json: score tests and limits of two Poisson rates by the textbook way, in 60 digits.

For each effect tried the likelihood is maximised under it (by bisection of its derivative for the difference, in closed
form for the ratio); the effect at which the squared score statistic equals z^2 is found by bisection. mpmath 1.3.
Nothing here is shared with the library, which solves for the multiplier of the constraint, or a quadratic, instead.
"""
import json
from mpmath import mp, mpf, sqrt, erfinv, erfc, log

mp.dps = 60
STEPS = 260

# x1, n1, x2, n2: control and treatment.
TABLES = [
    (120, 1000, 150, 1010), (0, 50, 4, 60), (7, 500, 0, 450), (0, 30, 0, 80), (1, 1, 0, 1), (0, 1, 1, 1), (9120, 4000, 9710, 4100),
    (3, 10, 11, 40), (1, 10**6, 9, 10**6), (10**9, 10**9, 10**9 + 80000, 10**9), (5 * 10**11, 10**12, 5 * 10**11 + 1500000, 10**12),
    (3, 10**12, 17, 10**12), (400, 3, 90, 1), (2, 10**12, 500, 1000), (123456789, 10**8, 1234, 1000), (8, 20, 8, 20), (1, 7, 30, 9),
    (0, 10**12, 0, 3), (0, 10**9, 1, 10**9), (4 * 10**15, 10**12, 4 * 10**15 + 10**8, 10**12),
]
LEVELS = ["0.95", "0.9999", "0.5"]


def bisect(f, low, high):
    """The point where f, positive at low, turns negative."""
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) > 0 else (low, middle)
    return (low + high) / 2


def share(x, r):
    return mpf(0) if x == 0 else x / r


def difference_statistic(x1, n1, x2, n2, d):
    low = max(mpf(0), -d)
    high = low + (x1 + x2 + 1) * (1 / n1 + 1 / n2)
    slope = lambda r: share(x1, r) - n1 + share(x2, r + d) - n2
    eps = mpf(10) ** -55 * high
    r1 = low if slope(low + eps) <= 0 else bisect(slope, low + eps, high)
    gap = x2 / n2 - x1 / n1 - d
    variance = r1 / n1 + (r1 + d) / n2
    return gap, variance


def ratio_statistic(x1, n1, x2, n2, r):
    r1 = (x1 + x2) / (n1 + r * n2)
    return x2 / n2 - r * x1 / n1, r * r1 / n2 + r * r * r1 / n1


def limits(table, chi2):
    x1, n1, x2, n2 = map(mpf, table)
    inside = lambda statistic: lambda e: chi2 * statistic(x1, n1, x2, n2, e)[1] - statistic(x1, n1, x2, n2, e)[0] ** 2
    estimate = x2 / n2 - x1 / n1
    reach = 10 * (chi2 + sqrt(chi2 * (x1 + x2 + 1))) * (1 / n1 + 1 / n2)
    difference = [bisect(inside(difference_statistic), estimate, estimate + side * reach) for side in (-1, 1)]
    # t = R / (1 + R), so that all ratios lie between 0 and 1.
    to_ratio = lambda t: t / (1 - t)
    at = lambda t: inside(ratio_statistic)(to_ratio(t))
    if x1 + x2 == 0:
        return difference, [mpf(-1), mp.inf]
    middle = x2 * n1 / (x2 * n1 + x1 * n2)
    lower = mpf(-1) if x2 == 0 else to_ratio(bisect(at, middle * (1 - mpf(10) ** -58), mpf(0))) - 1
    upper = mp.inf if x1 == 0 else to_ratio(bisect(at, middle * (1 - mpf(10) ** -58) if x2 else mpf(0), mpf(1))) - 1
    return difference, [lower, upper]


def text(value):
    return "Infinity" if value == mp.inf else float(value)


cases = []
for i, table in enumerate(TABLES):
    level = LEVELS[i % 3]
    z2 = 2 * erfinv(1 - mpf(1 - float(level))) ** 2
    difference, lift = limits(table, z2)
    x1, n1, x2, n2 = map(mpf, table)
    z = (x2 * n1 - x1 * n2) / sqrt((x1 + x2) * n1 * n2) if x1 + x2 else mpf(0)
    p = erfc(abs(z) / sqrt(2))
    cases.append({
        "control": {"n": table[1], "events": table[0]}, "treatment": {"n": table[3], "events": table[2]},
        "confidenceLevel": float(level), "z": float(z), "p": float(p), "logP": float(log(p)),
        "difference": [text(end) for end in difference], "lift": [text(end) for end in lift],
    })
json.dump({"origin": "count-score-limits.py, mpmath 1.3, 60 digits", "cases": cases}, open("count-score-limits.json", "w"), indent=1)
