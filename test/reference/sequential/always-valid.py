"""Mixtures, beta-binomial sequences and exact lifts from their definitions, in mpmath 1.3 at 60 digits.

Every argument is an exact double. Limits are found by bisection in the log of the rate. Writes always-valid.json.
"""

import json
import random

from mpmath import e, erfc, exp, expm1, lambertw, log, log1p, loggamma, mp, mpf, sqrt

mp.dps = 60
random.seed(20261123)


def half_normal(y):
    """ln[2 exp(y^2/2) Phi(y)]."""
    return y * y / 2 + log(erfc(-y / sqrt(mpf(2))))


def evidence(name, y):
    if name == "two-sided":
        return y * y / 2
    if name == "one-sided":
        return half_normal(y)
    return log(2 * expm1(y * y / 2))


def score(name, d):
    """The score at which the evidence is d."""
    if name == "two-sided":
        return sqrt(2 * d)
    if name == "asymptotic":
        return sqrt(2 * log1p(exp(d) / 2))
    low, high = mpf(0), sqrt(2 * d)
    for _ in range(260):
        middle = (low + high) / 2
        if half_normal(middle) < d:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def critical(name, ratio, alpha):
    return score(name, log1p(ratio) / 2 - log(alpha)) * sqrt(1 + 1 / ratio)


def tightest(name, alpha):
    """By Lambert's W; one-sided by ternary search of the width."""
    if name == "two-sided":
        return -lambertw(-alpha * alpha / e, -1).real - 1
    low, high = mpf("1e-9"), 4 - 4 * log(alpha)
    # Where the slope of the log width vanishes, by a difference quotient of high precision.
    with_more = mp.dps
    mp.dps = 120
    step = mpf(10) ** -40

    def slope(r):
        return critical(name, r * (1 + step), alpha) - critical(name, r * (1 - step), alpha)

    def steep(r):
        return slope(r) > 0

    low, high = log(low), log(high)
    for _ in range(90):
        middle = (low + high) / 2
        if steep(exp(middle)):
            high = middle
        else:
            low = middle
    mp.dps = with_more
    return exp((low + high) / 2)


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def log_mixture(n, s, p, q, a, b):
    """ln of the likelihood under Beta(a, b) over that at p = 1 - q."""
    f = n - s
    value = log_beta(a + s, b + f) - log_beta(a, b)
    if s > 0:
        value -= s * log(p)
    if f > 0:
        value -= f * log(q)
    return value


def limit(n, s, alpha, shapes, side):
    """Rate (and complement) below or above s/n where the mixture reaches 1/alpha."""
    if side == "upper":
        rate, rest = limit(n, n - s, alpha, lambda p, q: tuple(reversed(shapes(q, p))), "lower")
        return rest, rate
    if s == 0:
        return mpf(0), mpf(1)
    seen = mpf(s) / n

    def above(u):
        p = seen * exp(u)
        return log_mixture(n, s, p, 1 - p, *shapes(p, 1 - p)) > -log(alpha)

    low = mpf(-1)
    while not above(low):
        low *= 2
        if low < -(10**6):
            return mpf(0), mpf(1)
    high = mpf(0)
    for _ in range(230):
        middle = (low + high) / 2
        if above(middle):
            low = middle
        else:
            high = middle
    p = seen * exp((low + high) / 2)
    return p, 1 - p


def number(x):
    return float(x)


def mixtures():
    cases = []
    for name in ["two-sided", "one-sided", "asymptotic"]:
        for _ in range(14):
            ratio = 10 ** random.uniform(-9, 12)
            alpha = random.choice([0.05, 0.01, 0.1, 0.5, 0.9, 1e-6, 1e-50, 1e-300])
            z = random.choice([-1, 1]) * 10 ** random.uniform(-3, 2.5)
            y = mpf(z) / sqrt(1 + 1 / mpf(ratio))
            log_ratio = None
            if name != "asymptotic" or z > 0:
                log_ratio = number(evidence(name, y) - log1p(mpf(ratio)) / 2)
            cases.append(
                {
                    "mixture": name,
                    "ratio": ratio,
                    "alpha": alpha,
                    "z": z,
                    "critical": number(critical(name, mpf(ratio), mpf(alpha))),
                    "logRatio": log_ratio,
                }
            )
    best = [
        {"mixture": name, "alpha": alpha, "ratio": number(tightest(name, mpf(alpha)))}
        for name in ["two-sided", "one-sided", "asymptotic"]
        for alpha in [0.9, 0.5, 0.05, 0.01, 1e-6, 1e-50]
    ]
    return cases, best


def rates():
    cases = []
    counts = [(1, 0), (1, 1), (2, 1), (7, 2), (40, 1), (40, 39), (1000, 2), (1000, 998)]
    for _ in range(22):
        n = int(10 ** random.uniform(1, 12))
        rate = 10 ** random.uniform(-6, -0.01)
        counts.append((n, min(n, max(0, round(n * rate)))))
    counts += [(10**15, 3 * 10**14), (10**12, 12), (10**12, 10**12 - 5)]
    for n, s in counts:
        alpha = random.choice([0.05, 0.01, 0.1, 2.0**-20, 2.0**-40])
        a, b = random.choice([(1, 1), (0.5, 0.5), (1, 50), (20, 1000), (1e5, 1e6)])
        tight = random.choice([1.0, 50.0, 5000.0, 1e6, 1e12])
        m = max(mpf(tight) / tightest("two-sided", mpf(alpha)) - 1, mpf("1e-3"))
        fixed = lambda p, q: (mpf(a), mpf(b))
        centred = lambda p, q: (m * p, m * q)
        row = {"n": n, "conversions": s, "alpha": alpha, "prior": {"alpha": a, "beta": b}, "tightestN": tight}
        for name, shapes in [("ratio", fixed), ("howard", centred)]:
            row[name] = [number(limit(n, s, mpf(alpha), shapes, side)[0]) for side in ["lower", "upper"]]
        cases.append(row)
    return cases


# Prior and data disagree, so that the logs of both densities at the rate seen are large.
FAR_LIFTS = [
    (26, 84, 1221.0, 0.05, 2.69e8),
    (1853, 31, 1067.0, 2.0**-23, 1.1e8),
    (31, 14, 2.0**-9, 0.05, 3.3e8),
    (2, 3, 2.0**-16, 2.0**-32, 890.0),
    (613, 322, 14531.0, 2.0**-16, 1.2e6),
]


def lift_case(x, y, allocation, alpha, tight):
    A = mpf(allocation)
    pi = A / (1 + A)
    m = max(mpf(tight) * (1 + A) / tightest("two-sided", mpf(alpha)) - 1, mpf("1e-3"))
    shapes = lambda p, q: (m * pi, m * (1 - pi))
    n = x + y
    ends = []
    for side in ["lower", "upper"]:
        p, q = limit(n, y, mpf(alpha), shapes, side)
        ends.append("Infinity" if q == 0 else number(p / q / A - 1))
    return {
        "control": x,
        "treatment": y,
        "allocation": allocation,
        "alpha": alpha,
        "tightestConversions": tight,
        "logLikelihoodRatio": number(log_mixture(n, y, pi, 1 - pi, m * pi, m * (1 - pi))),
        "lift": ends,
    }


def lifts():
    cases = []
    pairs = [(0, 1), (1, 0), (1, 1), (0, 30), (30, 0), (210, 290), (3, 40)]
    for _ in range(14):
        x = int(10 ** random.uniform(0.5, 12))
        pairs.append((x, max(0, round(x * (1 + random.gauss(0, 4) / x**0.5)))))
    for x, y in pairs:
        allocation = random.choice([1.0, 1.0, 0.25, 3.0, 1e-3])
        y = round(y * allocation) if y > 100 else y
        alpha = random.choice([0.05, 0.01, 0.1, 2.0**-30])
        tight = random.choice([1.0, 100.0, 250.0, 1e5])
        cases.append(lift_case(x, y, allocation, alpha, tight))
    return cases + [lift_case(*case) for case in FAR_LIFTS]


if __name__ == "__main__":
    cases, best = mixtures()
    table = {"mixtures": cases, "tightest": best, "rates": rates(), "lifts": lifts()}
    with open("always-valid.json", "w") as file:
        json.dump(table, file, indent=1)
        file.write("\n")
