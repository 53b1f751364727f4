"""P(best), expected loss against the best, P(beat the first arm) and expected gain over it, for several arms.

Writes several-arms.json beside this file: python3 several-arms.py. mpmath 1.3 at 40 digits; the integrals of the
definitions, f_i prod F_j and F_i (1 - prod F_j), by 40-point Gauss-Legendre rules on panels that double in length
with the distance from every arm's centre. Beta tails by the continued fraction DLMF 8.17.22, gamma tails by DLMF 8.11.4 and 8.9.2,
Student tails through Beta tails. Arms: [a, b] of a Beta, [shape, rate] of a gamma, [location, scale, df] of a t.
"""

import json
from pathlib import Path

from mpmath import mp, mpf, exp, log, sqrt, loggamma, nstr, pi
from mpmath.calculus.quadrature import GaussLegendre

mp.dps = 40


def fraction(x, a, b):
    """Lower tail of Beta(a, b) at x <= (a + 1) / (a + b + 2), over its prefix."""
    tiny = mpf(10) ** -1000
    c, d = mpf(1), 1 - (a + b) * x / (a + 1)
    d = 1 / (d if d else tiny)
    h = d
    m = 0
    while True:
        m += 1
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + step * d)
            c = 1 + step / c
            h *= c * d
        if abs(c * d - 1) < mpf(10) ** -38:
            return h / a


def lower_series(shape, s):
    """Lower tail of a gamma variable over s^shape e^-s / Gamma(shape): DLMF 8.11.4."""
    term = total = 1 / shape
    n = shape
    while term > total * mpf(10) ** -40:
        n += 1
        term *= s / n
        total += term
    return total


def upper_fraction(shape, s):
    """Upper tail over the same, for s > shape: DLMF 8.9.2 in its even form, by Lentz's method."""
    b = s + 1 - shape
    c, d = mpf(10) ** 1000, 1 / b
    h = d
    n = 0
    while True:
        n += 1
        step = -n * (n - shape)
        b += 2
        d = 1 / (step * d + b)
        c = b + step / c
        h *= c * d
        if abs(c * d - 1) < mpf(10) ** -38:
            return h


class Beta:
    def __init__(self, a, b):
        self.a, self.b = mpf(a), mpf(b)
        self.log_beta = loggamma(self.a) + loggamma(self.b) - loggamma(self.a + self.b)
        self.center = log((self.a + 1) / (self.b + 1))
        self.width = sqrt(1 / (self.a + 1) + 1 / (self.b + 1))
        self.reach = 100 / min(self.a, self.b, 1)

    def at(self, u):
        """Density of the log-odds, both tails, slope of the rate."""
        x, y = 1 / (1 + exp(-u)), 1 / (1 + exp(u))
        prefix = exp(self.a * log(x) + self.b * log(y) - self.log_beta)
        if x <= (self.a + 1) / (self.a + self.b + 2):
            lower = prefix * fraction(x, self.a, self.b)
            return prefix, lower, 1 - lower, x * y
        upper = prefix * fraction(y, self.b, self.a)
        return prefix, 1 - upper, upper, x * y


class Gamma:
    def __init__(self, shape, rate):
        self.shape, self.rate = mpf(shape), mpf(rate)
        self.center = log(self.shape / self.rate)
        self.width = 1 / sqrt(max(self.shape, 1))
        self.reach = 100 / min(self.shape, 1)

    def at(self, u):
        x = exp(u)
        s = self.rate * x
        density = exp(self.shape * log(s) - s - loggamma(self.shape))
        if s < self.shape + 1:
            lower = density * lower_series(self.shape, s)
            return density, lower, 1 - lower, x
        upper = density * upper_fraction(self.shape, s)
        return density, 1 - upper, upper, x


class Student:
    def __init__(self, location, scale, df):
        self.center, self.width, self.df = mpf(location), mpf(scale), mpf(df)
        self.reach = mpf(10) ** (45 / (self.df - 1)) * self.width

    def at(self, u):
        z = (u - self.center) / self.width
        df = self.df
        log_constant = loggamma((df + 1) / 2) - loggamma(df / 2) - log(df * pi) / 2
        density = exp(log_constant - (df + 1) / 2 * log(1 + z * z / df)) / self.width
        tail = Beta(df / 2, 0.5).at(log(df) - 2 * log(abs(z)))[1] / 2 if z else mpf(1) / 2
        return (density, tail, 1 - tail, mpf(1)) if z < 0 else (density, 1 - tail, tail, mpf(1))


RULE = [(x, w) for x, w in GaussLegendre(mp).calc_nodes(4, 160)]


def edges_of(arms):
    lowest = min(arm.center - arm.reach for arm in arms)
    highest = max(arm.center + arm.reach for arm in arms)
    x = lowest
    edges = [x]
    while x < highest:
        ahead = min(
            max(arm.width / 2, (abs(x - arm.center) - arm.width / 2) / (2 if x < arm.center else 1)) for arm in arms
        )
        x += ahead
        edges.append(x)
    return edges


def study(arms):
    k = len(arms)
    sums = {name: [mpf(0)] * k for name in ("best", "loss", "beat", "gain")}
    edges = edges_of(arms)
    for lower, upper in zip(edges, edges[1:]):
        half = (upper - lower) / 2
        for node, weight in RULE:
            parts = [arm.at(lower + half * (1 + node)) for arm in arms]
            f = [part[0] for part in parts]
            cdf = [part[1] for part in parts]
            sf = [part[2] for part in parts]
            w = weight * half
            slope = parts[0][3]
            for i in range(k):
                product, complement = mpf(1), mpf(0)
                for j in range(k):
                    if j != i:
                        # 1 - prod F, without subtracting.
                        complement = complement + product * sf[j]
                        product *= cdf[j]
                sums["best"][i] += w * f[i] * product
                sums["loss"][i] += w * slope * cdf[i] * complement
                sums["beat"][i] += w * f[i] * cdf[0]
                sums["gain"][i] += w * slope * cdf[0] * sf[i]
    return {name: [nstr(value, 22) for value in values] for name, values in sums.items()}


CASES = [
    ("beta-binomial", [[51, 951], [66, 936], [59, 943]]),
    ("beta-binomial", [[101, 901], [401, 601], [131, 871]]),
    ("beta-binomial", [[2.5, 8.5], [100_000.5, 400_000.5], [100_500.5, 399_500.5]]),
    ("beta-binomial", [[0.5, 10.5], [10.5, 0.5], [1, 1_000_001], [0.5, 20.5]]),
    ("beta-binomial", [[0.0625, 5], [0.125, 3], [1, 1]]),
    ("beta-binomial", [[1, 101], [2, 201], [1, 301], [2, 401]]),
    ("beta-binomial", [[12345.5, 987654.5], [12500.5, 987499.5], [12600.5, 987399.5], [126.5, 9873.5]]),
    ("beta-binomial", [[500 + 7 * i, 9500 - 7 * i] for i in range(10)]),
    ("gamma-poisson", [[121, 1001], [151, 1011], [1.5, 11], [90.5, 1000]]),
    ("gamma-poisson", [[0.5, 10], [100_000.5, 1_000_000], [100_900.5, 1_000_000], [2.5, 80]]),
    ("normal", [[10.2, 0.129, 1002], [10.6, 0.130, 1022], [10.5, 0.5, 9]]),
    ("normal", [[0, 1, 3], [30, 1, 4], [1, 0.001, 1e6]]),
]
KINDS = {"beta-binomial": Beta, "gamma-poisson": Gamma, "normal": Student}

if __name__ == "__main__":
    rows = []
    for model, arms in CASES:
        result = study([KINDS[model](*arm) for arm in arms])
        total = sum(mpf(value) for value in result["best"])
        print(model, arms, nstr(total - 1, 3), flush=True)
        rows.append({"model": model, "arms": arms, **result})
    Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n")
