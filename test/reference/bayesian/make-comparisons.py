"""Makes comparisons.json: two Beta posteriors compared, by nested Gauss-Legendre quadrature with 30 digits (mpmath).

Independent of the library's way (trapezoid in the log-odds, continued fractions): cells of one Gauss rule in the
log-odds, and every incomplete beta value is itself the sum of such cells from the far end of its tail. Quantiles are
polished by Newton steps on these integrals. Run: python3 make-comparisons.py comparisons-input.json > comparisons.json (some minutes)
"""
import json
import sys
from mpmath import mp, mpf, exp, log, loggamma, sqrt
import mpmath
import numpy

mp.dps = 30
POINTS = 16
DEPTH = 75  # natural logs below the peak at which a window ends


def legendre(n):
    nodes, weights = [], []
    for guess in numpy.polynomial.legendre.leggauss(n)[0]:
        x = mpf(float(guess))
        for _ in range(4):
            p0, p1 = mpf(1), x
            for k in range(2, n + 1):
                p0, p1 = p1, ((2 * k - 1) * x * p1 - (k - 1) * p0) / k
            slope = n * (x * p1 - p0) / (x * x - 1)
            x -= p1 / slope
        nodes.append((1 + x) / 2)
        weights.append(1 / ((1 - x * x) * slope * slope))
    return nodes, weights


NODES, WEIGHTS = legendre(POINTS)


class Beta:
    def __init__(self, a, b):
        self.a, self.b = mpf(a), mpf(b)
        self.n = self.a + self.b
        with mp.workdps(60):
            self.const = loggamma(self.n) - loggamma(self.a) - loggamma(self.b)
        self.mean = self.a / self.n

    def log_density(self, x, y):
        """Of the log-odds."""
        return self.const + self.a * log(x) + self.b * log(y)

    def density(self, x, y):
        return exp(self.log_density(x, y))


def at(u):
    return 1 / (1 + exp(-u)), 1 / (1 + exp(u))


class Line:
    """t = slope * x + shift, parametrised by the log-odds of x between the ends of its part within rates."""

    def __init__(self, slope, shift):
        self.slope, self.shift = mpf(slope), mpf(shift)
        self.lo = max(mpf(0), -self.shift / self.slope)
        self.hi = min(mpf(1), (1 - self.shift) / self.slope)

    def point(self, u):
        p, q = at(u)
        width = self.hi - self.lo
        x = self.lo + width * p
        y = (1 - self.hi) + width * q
        t = (self.slope * self.lo + self.shift) + self.slope * width * p
        s = (1 - self.slope * self.hi - self.shift) + self.slope * width * q
        return x, y, t, s, width * p * q


def walk(start, direction, size, depth_at):
    """Ends of cells from start until the integrand is DEPTH below its peak."""
    ends, u, best = [start], start, depth_at(start)
    while True:
        u = u + direction * size(u)
        ends.append(u)
        value = depth_at(u)
        best = max(best, value)
        if value < best - DEPTH:
            return ends


def tail_beyond(beta, t, s, side):
    """P above (side 1) or below (side -1) the point t, s = 1 - t."""
    u = log(t) - log(s)
    total, first = mpf(0), beta.log_density(t, s)
    best = first
    while True:
        x, y = at(u)
        cell = min(mpf(1), 1 / sqrt(beta.n * x * y + mpf(10) ** -12))
        for node, weight in zip(NODES, WEIGHTS):
            total += weight * cell * beta.density(*at(u + side * cell * node))
        u += side * cell
        value = beta.log_density(*at(u))
        best = max(best, value)
        if value < best - DEPTH:
            return total


def compare(x_beta, t_beta, line, side=1):
    """P(T > t(X)) (side 1) or P(T < t(X)) (side -1), and its derivatives by the shift and by the log slope."""

    def chernoff(t, s):
        far = (t - t_beta.mean) * side > 0
        if not far:
            return mpf(0)
        return t_beta.a * log(t / t_beta.mean) + t_beta.b * log(s / (1 - t_beta.mean))

    def log_integrand(u):
        x, y, t, s, pace = line.point(u)
        return x_beta.log_density(x, y) + log(pace / (x * y)) + chernoff(t, s)

    def size(u):
        x, y, t, s, pace = line.point(u)
        info = x_beta.n * pace**2 / (x * y) + t_beta.n * (line.slope * pace) ** 2 / (t * s)
        return min(mpf(1), 1 / sqrt(info + mpf(10) ** -12))

    # Peak by golden section on the log integrand, which has one peak.
    low, high = mpf(-120), mpf(120)
    for _ in range(140):
        first, second = low + (high - low) * mpf("0.382"), low + (high - low) * mpf("0.618")
        if log_integrand(first) < log_integrand(second):
            low = first
        else:
            high = second
    peak = (low + high) / 2
    left = walk(peak, -1, size, log_integrand)
    right = walk(peak, 1, size, log_integrand)
    ends = left[:0:-1] + right
    if side == 1:
        ends = ends[::-1]  # from the far end of T's tail inwards
    _, _, t, s, _ = line.point(ends[0])
    tail = tail_beyond(t_beta, t, s, side)
    probability = by_shift = by_slope = mpf(0)
    for start, stop in zip(ends[:-1], ends[1:]):
        for node, weight in zip(NODES, WEIGHTS):
            u = start + (stop - start) * node
            x, y, t, s, pace = line.point(u)
            fx = x_beta.density(x, y) * pace / (x * y) * weight * abs(stop - start)
            inner = mpf(0)
            for n2, w2 in zip(NODES, WEIGHTS):
                v = start + (u - start) * n2
                _, _, t2, s2, pace2 = line.point(v)
                inner += w2 * abs(u - start) * t_beta.density(t2, s2) * line.slope * pace2 / (t2 * s2)
            probability += fx * (tail + inner)
            ft = t_beta.density(t, s) / (t * s)
            by_shift += fx * ft
            by_slope += fx * ft * line.slope * x
        inner = mpf(0)
        for n2, w2 in zip(NODES, WEIGHTS):
            v = start + (stop - start) * n2
            _, _, t2, s2, pace2 = line.point(v)
            inner += w2 * abs(stop - start) * t_beta.density(t2, s2) * line.slope * pace2 / (t2 * s2)
        tail += inner
    # Where the line leaves rates, T lies above (or below) it for certain.
    if side == 1 and line.lo > 0:
        probability += tail_beyond(x_beta, line.lo, 1 - line.lo, -1)
    if side == -1 and line.hi < 1:
        probability += tail_beyond(x_beta, line.hi, 1 - line.hi, 1)
    return probability, by_shift, by_slope


def loss(x_beta, t_beta):
    """E max(T - X, 0) = E T P(T' > X) - E X P(T > X'), where T' and X' have one more in their first shape. It cancels,
    so it is done with 60 digits; the rule's 30 digits leave more than 20."""
    up = Beta(t_beta.a + 1, t_beta.b)
    right = Beta(x_beta.a + 1, x_beta.b)
    line = Line(1, 0)
    return t_beta.mean * compare(x_beta, up, line)[0] - x_beta.mean * compare(right, t_beta, line)[0]


def quantile(a, b, kind, p, start):
    """Newton's method from a double that is already right to many digits."""
    theta = mpf(start)
    side = -1 if p <= 0.5 else 1
    target = mpf(p) if p <= 0.5 else 1 - mpf(p)
    for _ in range(2):
        line = Line(exp(theta), 0) if kind == "lift" else Line(1, theta)
        probability, by_shift, by_slope = compare(a, b, line, side)
        theta += side * (probability - target) / (by_slope if kind == "lift" else by_shift)
    return theta


def text(value):
    return mpmath.nstr(value, 20, min_fixed=0, max_fixed=0)


if __name__ == "__main__":
    out = []
    for case in json.load(open(sys.argv[1])):
        a, b = Beta(*case["control"]), Beta(*case["treatment"])
        better, worse = (b, a) if b.mean >= a.mean else (a, b)
        unlikely = compare(better, worse, Line(1, 0))[0]  # P(worse > better)
        row = {"control": case["control"], "treatment": case["treatment"], "logUnlikely": text(log(unlikely))}
        mp.dps = 60
        row["logSmallerLoss"] = text(log(loss(Beta(better.a, better.b), Beta(worse.a, worse.b))))
        mp.dps = 30
        for kind in ("lift", "difference"):
            row[kind] = [text(quantile(a, b, kind, p, start)) for p, start in zip((0.025, 0.5, 0.975), case[kind])]
        out.append(row)
        print(json.dumps(case["control"]), file=sys.stderr)
    print(json.dumps(out, indent=1))
