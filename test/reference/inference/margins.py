"""Makes margins.json: restricted rates and tests against margins in 60 digits; and mid-p limits.

Rates: the likelihood is maximised under the null value by bisection of its derivative. The score statistic follows from
the definition, with the variance at these rates; p-values from the error function and from the series of the incomplete beta
function, mpmath 1.3. Means: Welch's t of m2 - m1 - d, or of m2 - R m1 with Welch's degrees of freedom of the
difference. mid-p: bisection of the sum of binomial probabilities. Nothing here is shared with the library.
"""
import json
import random
from mpmath import mp, mpf, sqrt, erfc, log, exp, loggamma, binomial

mp.dps = 60
random.seed(20261122)
SIZES = [1, 2, 5, 30, 1000, 10**5, 10**7, 10**9, 10**12]


def bisect(f, low, high, steps=220):
    """The point where f, positive at low, turns negative."""
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) > 0 else (low, middle)
    return (low + high) / 2


def ratio(count, rate):
    return mpf(0) if count == 0 else count / rate


def rates(scale, x1, n1, x2, n2, value):
    y1, y2 = n1 - x1, n2 - x2
    if scale == "difference":
        slope = lambda p: ratio(x1, p) - ratio(y1, 1 - p) + ratio(x2, p + value) - ratio(y2, 1 - p - value)
        p1 = bisect(slope, max(mpf(0), -value), min(mpf(1), 1 - value))
        return p1, p1 + value
    if scale == "lift":
        factor = 1 + value
        slope = lambda p: x1 + x2 - ratio(y1 * p, 1 - p) - ratio(y2 * factor * p, 1 - factor * p)
        p1 = bisect(slope, mpf(0), min(mpf(1), 1 / factor))
        return p1, factor * p1
    odds = lambda p: value * p / (1 - p + value * p)
    p1 = bisect(lambda p: x1 + x2 - n1 * p - n2 * odds(p), mpf(0), mpf(1))
    return p1, odds(p1)


def score(scale, x1, n1, x2, n2, value):
    p1, p2 = rates(scale, x1, n1, x2, n2, value)
    if scale == "odds-ratio":
        shift = x2 - n2 * p2
        return p1, p2, shift * sqrt(1 / (n1 * p1 * (1 - p1)) + 1 / (n2 * p2 * (1 - p2)))
    factor = 1 + value if scale == "lift" else 1
    gap = mpf(x2) / n2 - factor * mpf(x1) / n1 - (value if scale == "difference" else 0)
    return p1, p2, gap / sqrt(factor**2 * p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)


def normal_sf(z):
    return erfc(z / sqrt(mpf(2))) / 2


def t_sf(t, df):
    """The incomplete beta function I_x(df/2, 1/2) by its series of positive terms."""
    x = df / (df + t * t)
    a, b = df / 2, mpf(1) / 2
    term, total, k = mpf(1), mpf(0), 0
    while term > total * mpf(10) ** -45:
        total += term
        term *= (a + b + k) / (a + 1 + k) * x
        k += 1
    log_front = a * log(x) + b * log(t * t / (df + t * t)) - log(a) - loggamma(a) - loggamma(b) + loggamma(a + b)
    tail = exp(log_front) * total / 2
    return tail if t > 0 else 1 - tail


def margin_of(scale):
    return {"difference": 10 ** -random.uniform(0.5, 6), "lift": 10 ** -random.uniform(0.3, 5)}.get(
        scale, 10 ** -random.uniform(0.3, 5)
    )


proportions = []
while len(proportions) < 150:
    n1, n2 = random.choice(SIZES), random.choice(SIZES)
    rate = random.choice([0, 1, random.random(), 10 ** -random.uniform(0, 6), 1 - 10 ** -random.uniform(0, 6)])
    scale = random.choice(["difference", "lift", "odds-ratio"])
    margin = margin_of(scale)
    improves = random.choice(["increase", "decrease"])
    sign = -1 if improves == "increase" else 1
    value = 1 + sign * margin if scale == "odds-ratio" else sign * margin
    x1 = min(n1, max(0, round(n1 * rate)))
    spread = (n2 * rate * (1 - rate) * (1 + n2 / n1)) ** 0.5
    x2 = min(n2, max(0, round(n2 * rate + random.gauss(0, 4) * spread + random.choice([0, 0, 1, -1]))))
    # The counts then say nothing about a ratio, and the library answers 0.
    if scale != "difference" and x1 + x2 == 0 or scale == "odds-ratio" and x1 + x2 == n1 + n2:
        continue
    p1, p2, z = score(scale, x1, n1, x2, n2, mpf(value))
    if abs(z) > 30:
        continue
    p = normal_sf(-sign * z)
    proportions.append({
        "control": {"n": n1, "conversions": x1}, "treatment": {"n": n2, "conversions": x2},
        "scale": scale, "margin": margin, "improvesWhen": improves,
        "rates": [float(p1), float(p2)], "rests": [float(1 - p1), float(1 - p2)],
        "statistic": float(z), "pValue": float(p), "logPValue": float(log(p)),
        "miettinenNurminen": float(z * sqrt(mpf(n1 + n2 - 1) / (n1 + n2))),
    })

means = []
while len(means) < 60:
    n1, n2 = random.choice([2, 5, 40, 1000, 20000]), random.choice([2, 5, 40, 1000, 20000])
    m1 = random.choice([random.uniform(0.5, 100), random.uniform(1e-6, 1e-3)])
    v1, v2 = (m1 * random.uniform(0.1, 3)) ** 2, (m1 * random.uniform(0.1, 3)) ** 2
    error = (v1 / n1 + v2 / n2) ** 0.5
    m2 = m1 + random.gauss(0, 1) * error
    scale = random.choice(["difference", "lift"])
    margin = random.uniform(0.01, 0.9) if scale == "lift" else error * random.uniform(0.1, 8)
    improves = random.choice(["increase", "decrease"])
    sign = -1 if improves == "increase" else 1
    M1, M2, V1, V2 = mpf(m1), mpf(m2), mpf(v1) / n1, mpf(v2) / n2
    df = (V1 + V2) ** 2 / (V1**2 / (n1 - 1) + V2**2 / (n2 - 1))
    factor = 1 + sign * mpf(margin)
    t = (M2 - factor * M1) / sqrt(V2 + factor**2 * V1) if scale == "lift" else (M2 - M1 - sign * mpf(margin)) / sqrt(V1 + V2)
    p = t_sf(-sign * t, df)
    means.append({
        "control": {"n": n1, "mean": m1, "variance": v1}, "treatment": {"n": n2, "mean": m2, "variance": v2},
        "scale": scale, "margin": margin, "improvesWhen": improves, "degreesOfFreedom": float(df),
        "statistic": float(t), "pValue": float(p), "logPValue": float(log(p)),
    })


def mid_p(x, n, tail, side):
    """The rate at which x or more (side 1), or x or fewer (side -1), x counted by half, have the probability tail."""
    if x in (0, n):
        edge = x == 0
        if (side > 0) == edge:
            return mpf(0) if edge else mpf(1)
        end = (2 * tail) ** (mpf(1) / n)
        return 1 - end if edge else end

    def probability(p):
        # Sums the shorter tail.
        terms = range(0, x + 1) if x <= n - x else range(x, n + 1)
        mass = lambda k: binomial(n, k) * p**k * (1 - p) ** (n - k)
        short = sum(mass(k) for k in terms) - mass(x) / 2
        return short if (side < 0) == (x <= n - x) else 1 - short

    return bisect(lambda p: (tail - probability(p)) * side, mpf(0), mpf(1))


mid = []
for x, n, level in [(50, 1000, 0.95), (3, 1000, 0.9), (0, 20, 0.99), (20, 20, 0.95), (1, 1, 0.8), (0, 1, 0.95), (7, 13, 0.99),
                    (250, 500, 0.95), (999, 1000, 0.8), (1, 2, 0.999), (1, 100000, 0.95), (12, 1200000, 0.999),
                    (0, 10**6, 0.9), (31, 10**9, 0.95), (10**9 - 4, 10**9, 0.99)]:
    tail = mpf(1 - level) / 2
    mid.append({"n": n, "conversions": x, "confidenceLevel": level,
                "ends": [float(mid_p(x, n, tail, 1)), float(mid_p(x, n, tail, -1))]})

json.dump({"origin": "margins.py, mpmath 1.3, 60 digits", "proportions": proportions, "means": means, "midP": mid},
          open("margins.json", "w"), indent=1)
