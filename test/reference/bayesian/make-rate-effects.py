"""Quantiles of the odds ratio of two Beta variables, and the shortest intervals of their ratio, odds ratio and
difference, to 18 digits, by mpmath: rate-effects.json.

Ratio and odds ratio: the logs have moment generating functions in gamma functions, which are inverted along a line
parallel to the imaginary axis by the trapezoidal rule. Difference: Gauss-Legendre cells over one rate. Neither way is
the one that the library takes. Run: python3 make-rate-effects.py > rate-effects.json (ten minutes)
"""

import json
import sys

from mpmath import mp, mpf, mpc, loggamma, exp, log, pi, sqrt, inf, quad, betainc, beta

mp.dps = 26


class Inverted:
    """A log ratio with log moment generating function `k`, analytic for -left < Re s < right."""

    def __init__(self, k, left, right):
        self.k, self.left, self.right = k, mpf(left), mpf(right)
        h = min(self.left, self.right) / 1000
        self.mean = (k(h) - k(-h)).real / (2 * h)
        self.sd = sqrt((k(h) + k(-h)).real) / h

    def _invert(self, v, power, side):
        room = self.right if side > 0 else self.left
        c = side * min(room / 2, max(1 / self.sd, abs(v - self.mean) / self.sd**2))
        step = 2 * pi * min(abs(c), room - abs(c)) / (2.2 * mp.dps)
        total, n = mpf(0), 0
        while True:
            s = mpc(c, n * step)
            term = exp(self.k(s) - s * v) / s**power
            total += (1 if n else mpf(1) / 2) * term.real
            if abs(term) < mpf(10) ** (1 - mp.dps) * abs(total) or n > 200000:
                return total * step / pi
            n += 1

    def tail(self, v, side):
        """P(> v) for side 1, P(< v) for side -1."""
        return side * self._invert(v, 1, side)

    def density(self, v):
        return self._invert(v, 0, 1 if v > self.mean else -1)

    def quantile(self, side, p):
        """Newton's method on the log of the tail, which is concave, within a bracket."""
        below, above = -inf, inf
        v = self.mean
        for _ in range(300):
            tail = self.tail(v, side)
            excess = log(tail) - log(p) if tail > 0 else -mpf(1)
            if side * excess > 0:
                below = v
            else:
                above = v
            step = side * excess * tail / self.density(v)
            step = max(-3 * self.sd, min(3 * self.sd, step))
            if abs(step) < mpf(10) ** (8 - mp.dps) * self.sd:
                return v + step
            inside = below < v + step < above
            v = v + step if inside else (below + above) / 2
        raise RuntimeError("no convergence")

    def shortest(self, outside):
        """Of the exponential of the log ratio."""
        f = lambda v: log(self.density(v)) - v
        lo, hi = mpf(0), outside
        with mp.workdps(16):
            for _ in range(9):
                p = (lo + hi) / 2
                if f(self.quantile(-1, p)) < f(self.quantile(1, outside - p)):
                    lo = p
                else:
                    hi = p
            start = (self.quantile(-1, (lo + hi) / 2), self.quantile(1, outside - (lo + hi) / 2))
        return polish(self.tail, self.density, f, outside, start, self.sd)


def polish(tail, density, log_reported, outside, start, sd):
    """Newton's method on the two tails and the two log densities, whose slopes are found once, by difference."""
    low, high = start
    h = sd * mpf(10) ** -6
    slope = lambda v: (log_reported(v + h) - log_reported(v - h)) / (2 * h)
    slope_low, slope_high = slope(low), slope(high)
    for _ in range(60):
        excess = tail(low, -1) + tail(high, 1) - outside
        gap = log_reported(low) - log_reported(high)
        f, g = density(low), density(high)
        # f dl - g du = -excess and slope_low dl - slope_high du = -gap
        det = -f * slope_high + g * slope_low
        dl = (excess * slope_high - g * gap) / det
        du = (slope_low * excess - f * gap) / det
        low, high = low + dl, high + du
        if max(abs(dl), abs(du)) < mpf(10) ** -19 * sd:
            return low, high
    raise RuntimeError("no convergence")


def log_odds_ratio(c, t):
    (a, b), (p, q) = [[mpf(x) for x in y] for y in (c, t)]
    c0 = loggamma(p) + loggamma(q) + loggamma(a) + loggamma(b)
    k = lambda s: loggamma(p + s) + loggamma(q - s) + loggamma(a - s) + loggamma(b + s) - c0
    return Inverted(k, min(p, b), min(q, a))


def log_ratio(c, t):
    (a, b), (p, q) = [[mpf(x) for x in y] for y in (c, t)]
    c0 = loggamma(p) - loggamma(p + q) + loggamma(a) - loggamma(a + b)
    k = lambda s: loggamma(p + s) - loggamma(p + q + s) + loggamma(a - s) - loggamma(a + b - s) - c0
    return Inverted(k, p, a)


class Difference:
    def __init__(self, c, t):
        (self.a, self.b), (self.p, self.q) = [[mpf(x) for x in y] for y in (c, t)]

    def _cells(self, d):
        lo, hi = max(mpf(0), -d), min(mpf(1), 1 - d)
        n = self.a + self.b
        m = self.a / n
        s = sqrt(m * (1 - m) / (n + 1))
        inner = [m + k * s for k in (-30, -15, -8, -5, -3, -1.5, 0, 1.5, 3, 5, 8, 15, 30)]
        return [lo] + [x for x in inner if lo < x < hi] + [hi]

    def _f(self, x, a, b):
        return exp((a - 1) * log(x) + (b - 1) * log(1 - x)) / beta(a, b) if 0 < x < 1 else mpf(0)

    def density(self, d):
        return quad(lambda x: self._f(x, self.a, self.b) * self._f(x + d, self.p, self.q), self._cells(d))

    def tail(self, d, side):
        def other(x):
            y = min(max(x + d, mpf(0)), mpf(1))
            return betainc(self.p, self.q, y, 1, regularized=True) if side > 0 else betainc(
                self.p, self.q, 0, y, regularized=True
            )

        cells = self._cells(d)
        inside = quad(lambda x: self._f(x, self.a, self.b) * other(x), cells)
        if side > 0 and cells[0] > 0:
            inside += betainc(self.a, self.b, 0, cells[0], regularized=True)
        if side < 0 and cells[-1] < 1:
            inside += betainc(self.a, self.b, cells[-1], 1, regularized=True)
        return inside

    def shortest(self, outside, start):
        variance = lambda a, b: a * b / (a + b) ** 2 / (a + b + 1)
        sd = sqrt(variance(self.a, self.b) + variance(self.p, self.q))
        f = lambda d: log(self.density(d))
        return polish(self.tail, self.density, f, outside, [mpf(x) for x in start], sd)


digits = lambda x: mp.nstr(x, 18)
CASES = [
    ((51, 951), (66, 936)),
    ((4, 998), (10, 1092)),
    ((1, 51), (3, 59)),
    ((3, 8), (40, 2)),
    ((0.5, 1000.5), (0.5, 1000.5)),
]
TAILS = [0.025, 1e-9]
DIFFERENCES = {  # with starting points from the normal approximation, moved by hand where it is poor
    0: (-0.0055, 0.0355),
    1: (-0.0017, 0.0121),
    2: (-0.0352, 0.0991),
}

rows = []
for i, (c, t) in enumerate(CASES):
    odds, ratio = log_odds_ratio(c, t), log_ratio(c, t)
    row = {"control": c, "treatment": t, "logOddsRatio": {"median": digits(odds.quantile(-1, mpf(1) / 2))}}
    row["logOddsRatio"]["tails"] = [
        {"tail": p, "lower": digits(odds.quantile(-1, mpf(p))), "upper": digits(odds.quantile(1, mpf(p)))}
        for p in TAILS
    ]
    outside = 1 - mpf(0.95)
    for name, it, power in (("oddsRatio", odds, min(t[0], c[1])), ("ratio", ratio, t[0])):
        low, high = (-inf, it.quantile(1, outside)) if power <= 1 else it.shortest(outside)
        row[name + "Shortest"] = ["-inf" if low == -inf else digits(low), digits(high)]
    if i in DIFFERENCES:
        row["differenceShortest"] = [digits(x) for x in Difference(c, t).shortest(outside, DIFFERENCES[i])]
    rows.append(row)
    print(row, file=sys.stderr, flush=True)
json.dump(rows, sys.stdout, indent=1)
