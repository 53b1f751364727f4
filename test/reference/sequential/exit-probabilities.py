"""Exit probabilities of a Brownian motion seen at a few looks, with 20 digits and more.

The recursion of Armitage, McPherson and Rowe in mpmath (1.3) at 25 digits: composite Gauss-Legendre rules of 30 nodes
on panels of at most four widths of the narrowest density, on regions cut 11 standard deviations beyond what matters.
Infinite boundaries are strings. Usage: python3 exit-probabilities.py > exit-probabilities.json
"""
import json
import random
from mpmath import mp, mpf, erfc, exp, sqrt, pi, ceil
from numpy.polynomial.legendre import leggauss

mp.dps = 25
NODES = 30


def legendre_rule(n):
    rule = []
    for x in leggauss(n)[0]:
        x = mpf(float(x))
        for _ in range(4):
            p0, p1 = mpf(1), x
            for k in range(2, n + 1):
                p0, p1 = p1, ((2 * k - 1) * x * p1 - (k - 1) * p0) / k
            slope = n * (x * p1 - p0) / (x * x - 1)
            x -= p1 / slope
        rule.append((x, 2 / ((1 - x * x) * slope * slope)))
    return rule


RULE = legendre_rule(NODES)


def sf(x):
    return erfc(x / sqrt(mpf(2))) / 2


def exits(information, lower, upper, drift, start=(0, 0)):
    t = [mpf(x) for x in information]
    t0, b0 = mpf(start[0]), mpf(start[1])
    drift = mpf(drift)
    points, masses, before = [b0], [mpf(1)], t0
    out = {"lower": [], "upper": []}
    finite = [mpf(z) for z in list(lower) + list(upper) if abs(z) != float("inf")]
    for k, now in enumerate(t):
        step = now - before
        root = sqrt(step)
        for side, z in (("lower", lower[k]), ("upper", upper[k])):
            if abs(z) == float("inf"):
                out[side].append(mpf(0))
                continue
            sign = 1 if side == "upper" else -1
            c = mpf(z) * sqrt(now)
            out[side].append(sum(m * sf(sign * (c - x - drift * step) / root) for x, m in zip(points, masses)))
        if k + 1 == len(t):
            break
        later = t[k + 1] - now
        width = sqrt(step * later / (step + later))
        spread = sqrt(now - t0)
        mean = b0 + drift * (now - t0)
        reach = max([mpf(0)] + [abs(z * sqrt(s) - b0 - drift * (s - t0)) / sqrt(s - t0)
                                for s in t for z in finite])
        reach = sqrt(reach * reach + 11 * 11) * spread
        a = mean - reach if lower[k] == -float("inf") else max(mean - reach, mpf(lower[k]) * sqrt(now))
        b = mean + reach if upper[k] == float("inf") else min(mean + reach, mpf(upper[k]) * sqrt(now))
        panels = int(ceil((b - a) / (4 * width)))
        half = (b - a) / (2 * panels)
        ys, ms = [], []
        for p in range(panels):
            for x, w in RULE:
                y = a + (2 * p + 1) * half + half * x
                ys.append(y)
                ms.append(w * half * sum(m * exp(-((y - q - drift * step) / root) ** 2 / 2)
                                         for q, m in zip(points, masses) if k == 0 or root > mpf("0.1")
                                         or abs(y - q) < 14 * root) / (root * sqrt(2 * pi)))
        points, masses, before = ys, ms, now
    return out


def number(x):
    x = float(x)
    return x if abs(x) != float("inf") else ("Infinity" if x > 0 else "-Infinity")


INF = float("inf")
CASES = [
    ([0.5, 1], [-INF, -INF], [2, 12], 0, (0, 0)),
    ([0.5, 1], [-INF, -INF], [INF, 11.5], 0, (0, 0)),
    ([0.5, 1], [-INF, -INF], [2, 30], 0, (0, 0)),
    ([0.5, 1], [-37, -37], [3, 2.5], 0, (0, 0)),
    ([0.3, 1], [-2, 2], [2, 2], 3, (0, 0)),
    ([0.01, 0.99, 1], [-3, -2.5, -2], [3, 2.5, 2], 2.5, (0, 0)),
    ([0.1, 0.1001, 1], [-INF, 0, 1.5], [4, 3.5, 2], 3, (0, 0)),
    ([0.4, 0.8, 1], [-1, -0.5, 0], [6.5, 6.4, 6.36], 0, (0, 0)),
    ([0.4, 0.8, 1], [-1, -0.5, 0], [6.5, 6.4, 6.36], 40, (0, 0)),
    ([0.4, 0.8, 1], [-3, -3, -3], [3, 3, 3], -40, (0, 0)),
    ([0.2, 0.5, 1], [-1, 5, -10], [1, 5.5, -9.5], 0, (0, 0)),
    ([0.6, 1], [-INF, 1.9], [2.3, 2.0], 2, (0.4, 0.9)),
    ([0.6, 0.9, 3], [-2, -2, -2], [2.3, 2.0, 1.9], -4, (0.1, 0.2)),
    ([2, 5, 7.5], [-2, -2.2, -2], [2.3, 2.0, 1.9], 0.7, (0, 0)),
]
rng = random.Random(4)
for _ in range(8):
    k = rng.choice([2, 3])
    info = sorted(round(rng.uniform(0.02, 1), 4) for _ in range(k - 1)) + [1]
    if len(set(info)) < k:
        continue
    alpha_z = rng.uniform(1.5, 7)
    upper = [round(alpha_z + rng.uniform(0, 1.5), 4) for _ in range(k)]
    lower = [rng.choice([-INF, round(rng.uniform(-4, 1), 4)]) for _ in range(k)]
    CASES.append((info, lower, upper, round(rng.uniform(-6, 6), 4), (0, 0)))

if __name__ == "__main__":
    cases = []
    for info, lower, upper, drift, start in CASES:
        out = exits(info, lower, upper, drift, start)
        cases.append({"in": {"information": info, "lower": [number(x) for x in lower],
                             "upper": [number(x) for x in upper], "drift": drift,
                             "start": {"information": start[0], "value": start[1]}},
                      "out": {side: [float(x) for x in out[side]] for side in out}})
    print(json.dumps({"method": "mpmath 1.3, 25 digits: see exit-probabilities.py", "cases": cases}, indent=1))
