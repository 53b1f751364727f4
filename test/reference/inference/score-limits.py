"""Makes score-limits.json: score limits of two proportions by the textbook way, in 45 digits.

For each effect tried, the likelihood is maximised under it by bisection of its derivative; the effect at which the
squared score statistic equals z^2 (times N/(N-1) for Miettinen and Nurminen) is found by bisection again. mpmath 1.3.
Nothing here is shared with the library, which solves for the multiplier of the constraint instead.
"""
import json
from mpmath import mp, mpf, sqrt, erfinv

mp.dps = 45
STEPS = 170

# x1, n1, x2, n2: control and treatment. Zero cells, single units, uneven arms, and n up to 1e15.
TABLES = [
    (122, 21306, 267, 21307), (7, 10, 7, 10), (1, 10, 4, 9), (0, 1, 1, 1), (1, 1, 0, 1), (0, 1, 0, 1), (1, 1, 1, 1),
    (0, 50, 0, 60), (20, 20, 25, 25), (0, 5, 5, 5), (5, 5, 0, 7), (0, 1000, 5, 1000), (3, 1000, 0, 1200),
    (99, 100, 100, 100), (100, 100, 97, 100), (1, 619, 0, 252), (2, 3, 1, 7), (4800, 240000, 600, 24000),
    (10, 1000000, 30, 1000000), (999990, 1000000, 999970, 1000000), (20000000, 10**9, 20010000, 10**9),
    (5 * 10**8, 10**9, 5 * 10**8 + 40000, 10**9), (0, 10**9, 3, 10**9), (10**9, 10**9, 10**9 - 2, 10**9),
    (3, 7, 400000123, 10**9), (0, 3, 10**6, 10**9), (5 * 10**14, 10**15, 5 * 10**14 + 7 * 10**7, 10**15),
    (333333333333333, 10**15, 166666674666667, 5 * 10**14 + 1), (0, 10**15, 1, 10**15), (0, 10**15, 10**15, 10**15),
    (0, 10**15, 0, 10**15), (1, 10**15, 10**15 - 1, 10**15), (12, 10**15, 40, 10**15),
]
LEVELS = [0.95, 0.9999, 0.5]


def bisect(f, low, high):
    """The point where f, positive at low, turns negative."""
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) > 0 else (low, middle)
    return (low + high) / 2


def ratio(count, rate):
    return mpf(0) if count == 0 else count / rate


def score(x1, n1, x2, n2, p1, p2, kind, effect):
    v1, v2 = p1 * (1 - p1) / n1, p2 * (1 - p2) / n2
    if kind == "difference":
        return (x2 / n2 - x1 / n1 - effect) ** 2, v1 + v2
    if kind == "ratio":
        return (x2 / n2 - effect * x1 / n1) ** 2, v2 + effect**2 * v1
    return (x2 - n2 * p2) ** 2 * (1 / (n1 * p1 * (1 - p1)) + 1 / (n2 * p2 * (1 - p2))), mpf(1)


def rates(x1, n1, x2, n2, kind, effect):
    y1, y2 = n1 - x1, n2 - x2
    if kind == "difference":
        slope = lambda p: ratio(x1, p) - ratio(y1, 1 - p) + ratio(x2, p + effect) - ratio(y2, 1 - p - effect)
        p1 = bisect(slope, max(mpf(0), -effect), min(mpf(1), 1 - effect))
        return p1, p1 + effect
    if kind == "ratio":
        slope = lambda p: x1 + x2 - ratio(y1 * p, 1 - p) - ratio(y2 * effect * p, 1 - effect * p)
        p1 = bisect(slope, mpf(0), min(mpf(1), 1 / effect))
        return p1, effect * p1
    odds = lambda p: effect * p / (1 - p + effect * p)
    p1 = bisect(lambda p: x1 + x2 - n1 * p - n2 * odds(p), mpf(0), mpf(1))
    return p1, odds(p1)


def limit(table, kind, chi2, side):
    x1, n1, x2, n2 = map(mpf, table)
    if kind == "difference":
        estimate = x2 / n2 - x1 / n1
        to_effect = lambda t: t
        end = mpf(side)
    else:
        y1, y2 = (n1 - x1, n2 - x2) if kind == "odds" else (n1, n2)
        above, below = x2 * y1, x1 * y2
        if above == 0 and side < 0:
            return mpf(0)
        if below == 0 and side > 0:
            return mpf("inf")
        estimate = above / (above + below)
        to_effect = lambda t: t / (1 - t)
        end = mpf(side + 1) / 2
    if estimate == end:
        return to_effect(end) if end != 1 or kind == "difference" else mpf("inf")

    def inside(t):
        effect = to_effect(t)
        gap, variance = score(x1, n1, x2, n2, *rates(x1, n1, x2, n2, kind, effect), kind, effect)
        return chi2 * variance - gap

    return to_effect(bisect(inside, estimate, end))


def text(value):
    return "Infinity" if value == mp.inf else float(value)


def shifted(value):
    return "Infinity" if value == mp.inf else float(value - 1)


cases = []
for i, table in enumerate(TABLES):
    level = LEVELS[i % 3]
    z2 = 2 * erfinv(1 - mpf(1 - level)) ** 2
    total = table[1] + table[3]
    for method, chi2 in (("score", z2), ("miettinen-nurminen", z2 * total / (total - 1))):
        ends = {kind: [limit(table, kind, chi2, side) for side in (-1, 1)] for kind in ("difference", "ratio", "odds")}
        cases.append({
            "control": {"n": table[1], "conversions": table[0]},
            "treatment": {"n": table[3], "conversions": table[2]},
            "confidenceLevel": level,
            "test": method,
            "difference": [text(end) for end in ends["difference"]],
            "lift": [shifted(end) for end in ends["ratio"]],
            "oddsRatio": [text(end) for end in ends["odds"]],
        })
json.dump({"origin": "score-limits.py, mpmath 1.3, 45 digits", "cases": cases}, open("score-limits.json", "w"), indent=1)
