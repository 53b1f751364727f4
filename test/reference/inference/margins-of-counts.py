"""Makes margins-of-counts.json: tests of two Poisson rates against margins in 60 digits, mpmath 1.3.

Rates: the likelihood is maximised under the null value by bisection of its derivative. The statistic follows from its
definition, with the variance at these rates; p-values from the error function. Nothing here is shared with the library.
"""
import json
import random
from mpmath import mp, mpf, sqrt, erfc, log

mp.dps = 60
random.seed(20261123)
SIZES = [1, 2, 5, 30, 1000, 10**5, 10**7, 10**9, 10**12]


def bisect(f, low, high, steps=400):
    """The point where f, positive at low, turns negative."""
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) > 0 else (low, middle)
    return (low + high) / 2


def ratio(count, rate):
    return mpf(0) if count == 0 else count / rate


def rates(scale, x1, n1, x2, n2, value):
    if scale == "lift":
        factor = 1 + value
        r1 = bisect(lambda r: ratio(x1 + x2, r) - n1 - n2 * factor, mpf(0), mpf(x1 + x2 + 1))
        return r1, factor * r1
    low = max(mpf(0), -value)
    r1 = bisect(lambda r: ratio(x1, r) + ratio(x2, r + value) - n1 - n2, low, low + x1 + x2 + 1)
    return r1, r1 + value


def case(scale, x1, n1, x2, n2, value):
    r1, r2 = rates(scale, x1, n1, x2, n2, mpf(value))
    factor = 1 + mpf(value) if scale == "lift" else 1
    gap = mpf(x2) / n2 - factor * mpf(x1) / n1 - (mpf(value) if scale == "difference" else 0)
    variance = factor**2 * r1 / n1 + r2 / n2
    z = gap / sqrt(variance)
    p = erfc(z / sqrt(mpf(2))) / 2
    return {
        "control": {"n": n1, "events": x1},
        "treatment": {"n": n2, "events": x2},
        "scale": scale,
        "nullValue": value,
        "statistic": mp.nstr(z, 20),
        "pAbove": mp.nstr(p, 20) if p > mpf("1e-300") else "0",
        "logPAbove": mp.nstr(log(p), 20),
    }


rows = []
while len(rows) < 160:
    n1, n2 = random.choice(SIZES), random.choice(SIZES)
    rate = 10 ** random.uniform(-4, 1.5)
    def events(n):
        mean = n * rate * random.uniform(0.7, 1.4)
        return max(0, round(random.gauss(mean, mean**0.5)))
    x1, x2 = events(n1), events(n2)
    if x1 + x2 == 0 or max(x1, x2) > 2**53:
        continue
    scale = random.choice(["lift", "difference"])
    size = random.choice([0.5, 0.1, 0.01, 1e-4]) * random.uniform(0.5, 1.5) * random.choice([-1, 1])
    value = size if scale == "lift" else size * rate
    row = case(scale, x1, n1, x2, n2, value)
    if abs(float(row["statistic"])) < 60:
        rows.append(row)
print(json.dumps({"origin": "margins-of-counts.py, mpmath 1.3 at 60 digits", "cases": rows}, indent=1))
