"""Power averaged over a Beta posterior of the control's rate: mpmath 1.3, 30 digits (SciPy 1.17 for starting values).

Arguments are exact doubles. Run: python3 assurance.py > assurance.json
"""
import json
import random

from mpmath import asin, beta, erfc, findroot, log, mp, mpf, quad, sqrt
from scipy.stats import beta as scipy_beta

mp.dps = 30
random.seed(20261123)


def cdf(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def upper_quantile(q):
    return findroot(lambda z: log(cdf(-z)) - log(q), sqrt(-2 * log(q)) * mpf("0.9"))


def power(test, p1, lift, n, k, za, side):
    """Near tail (side 1) or far tail (side -1)."""
    p2 = p1 * (1 + lift)
    d = p2 - p1
    s1 = sqrt(p1 * (1 - p1) + p2 * (1 - p2) / k)
    correction = mpf(0)
    if test == "arcsine":
        d = 2 * asin(sqrt(p2)) - 2 * asin(sqrt(p1))
        s0 = s1 = sqrt(1 + 1 / k)
    elif test == "wald":
        s0 = s1
    else:
        pooled = (p1 + k * p2) / (1 + k)
        s0 = sqrt(pooled * (1 - pooled) * (1 + 1 / k))
        correction = (1 + 1 / k) / 2 if test == "yates" else mpf(0)
    return cdf((side * abs(d) * sqrt(n) - correction / sqrt(n) - za * s0) / s1)


def break_points(a, b, end):
    """Around the posterior, and powers of ten towards 0."""
    mean, sd = a / (a + b), sqrt(a * b / (a + b + 1)) / (a + b)
    points = {mpf(0), end}
    points |= {mean + j * sd for j in range(-60, 41, 2)}
    points |= {mean * mpf(10) ** -j for j in range(1, 12)}
    return sorted(x for x in points if 0 <= x <= end)


def density(a, b):
    return lambda p: p ** (a - 1) * (1 - p) ** (b - 1) / beta(a, b)


def quantile(a, b, p):
    """Newton steps from SciPy's quantile."""
    x = mpf(float(scipy_beta.ppf(float(p), float(a), float(b))))
    for _ in range(4):
        x -= (quad(density(a, b), break_points(a, b, x)) - p) / density(a, b)(x)
    return x


def averaged(test, a, b, lift, n, k, za, side):
    bound = 1 / (1 + lift) if lift > 0 else mpf(1)
    points = break_points(a, b, bound)
    weight = density(a, b)
    total = quad(weight, points)
    integrand = lambda p: weight(p) * power(test, p, lift, n, k, za, side)
    # Quadrature stops at an absolute error, so that a tiny integrand has to be scaled up.
    scale = max(integrand((x + y) / 2) for x, y in zip(points, points[1:]))
    return scale * quad(lambda p: integrand(p) / scale, points) / total, 1 - total


cases = []
for i in range(24):
    test = ["score", "yates", "wald", "arcsine"][i % 4]
    conversions, n0 = random.choice([(25, 500), (3, 40), (1, 1000), (400, 1000), (5000, 100000), (700, 1000)])
    prior = random.choice([(1, 1), (1, 1), (2, 30)])
    lift = random.choice([0.2, 0.2, -0.15, 0.5, 0.05])
    k = random.choice([1.0, 0.5, 3.0])
    n = random.choice([300, 4000, 50000])
    alpha = random.choice([0.05, 0.01])
    a, b = mpf(conversions + prior[0]), mpf(n0 - conversions + prior[1])
    za = upper_quantile(mpf(alpha) / 2)
    near, beyond = averaged(test, a, b, mpf(lift), mpf(n), mpf(k), za, 1)
    far, _ = averaged(test, a, b, mpf(lift), mpf(n), mpf(k), za, -1)
    within = 1 - beyond
    low, middle, high = (quantile(a, b, q * within) for q in (mpf("0.025"), mpf("0.5"), mpf("0.975")))
    cases.append(
        {
            "in": dict(test=test, conversions=conversions, n0=n0, prior=prior, lift=lift, allocation=k, n=n, alpha=alpha),
            "out": {
                "assurance": mp.nstr(near, 20),
                "farTail": mp.nstr(far, 20),
                "beyond": mp.nstr(beyond, 10),
                "quantiles": [mp.nstr(x, 20) for x in (low, middle, high)],
                "powers": [mp.nstr(power(test, x, mpf(lift), mpf(n), mpf(k), za, 1), 20) for x in (low, middle, high)],
            },
        }
    )

note = {
    "source": "mpmath 1.3, 30 digits: assurance.py",
    "conventions": "near and far tail of the two-sided test averaged over Beta(conversions + prior, n0 - conversions + prior), given that the lifted rate is below 1 (beyond: the probability that it is not); quantiles 0.025, 0.5, 0.975 of the rate and the near tail there",
}
head = json.dumps(note)[:-1]
print(head + ', "cases": [\n' + ",\n".join(json.dumps(c) for c in cases) + "\n]}")
