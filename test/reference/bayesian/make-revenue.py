"""Makes revenue.json: posteriors of revenue per unit in two-part models, with 30 digits.

The revenue of an arm is a product of independent factors, so that its moments E R^t are products: of ratios of gamma
functions for the Beta rate and the inverse-gamma value; for the log-normal value an integral over the bounded variance.
Probabilities of ratios and the expected losses are inverse Mellin transforms of these along a vertical line through
about the saddle point, by the trapezoidal rule; differences are one more integral of such transforms. Nothing here is
shared with the library, which averages densities and tails in the logs.

python3 make-revenue.py > revenue.json    (mpmath 1.3, some minutes)
"""

import json
import sys

from mpmath import mp, mpf, mpc, exp, log, loggamma, sqrt, pi, diff

mp.dps = 30


class Arm:
    """An arm by ln E R^t."""

    def log_moment(self, t):
        return loggamma(self.a + t) - loggamma(self.a) - loggamma(self.a + self.b + t) + loggamma(self.a + self.b) + self.log_value(t)


class GammaArm(Arm):
    def __init__(self, n, conversions, mean, k, prior):
        self.a = mpf(prior["alpha"]) + conversions
        self.b = mpf(prior["beta"]) + n - conversions
        self.shape = mpf(prior["shape"]) + mpf(k) * conversions
        self.rate = mpf(prior["rate"]) + mpf(mean) * conversions
        self.k = mpf(k)
        self.low, self.high = -self.a, self.shape

    def log_value(self, t):
        return t * log(self.k * self.rate) + loggamma(self.shape - t) - loggamma(self.shape)


class LogNormalArm(Arm):
    def __init__(self, n, conversions, mean, variance, prior, largest):
        self.a = mpf(prior["alpha"]) + conversions
        self.b = mpf(prior["beta"]) + n - conversions
        v = prior["value"]
        if v == "reference":
            mu0, kappa0, alpha0, beta0 = mpf(0), mpf(0), -mpf(1) / 2, mpf(0)
        else:
            mu0, kappa0, alpha0, beta0 = (mpf(v[x]) for x in ("mu", "kappa", "alpha", "beta"))
        m, s2 = mpf(mean), mpf(variance)
        self.kappa = kappa0 + conversions
        self.mu = (kappa0 * mu0 + conversions * m) / self.kappa
        self.alpha = alpha0 + mpf(conversions) / 2
        self.beta = beta0 + ((conversions - 1) * s2 + kappa0 * conversions / self.kappa * (m - mu0) ** 2) / 2
        self.low, self.high = -self.a, mpf(10) ** 6
        self.lay(mpf(largest))

    def lay(self, largest):
        """Gauss-Legendre cells in ln of the variance, up to its bound."""
        top = 2 * log(largest)
        peak = min(log(self.beta / self.alpha), top)
        width = 1 / sqrt(self.alpha + 1)
        log_density = lambda s: -self.alpha * s - self.beta * exp(-s)
        reference = log_density(peak)
        bottom = peak
        while log_density(bottom) > reference - 110:
            bottom -= width
        cells = max(8, int((top - bottom) / (width * 4)))
        nodes, weights = gauss(24)
        self.variances, self.weights = [], []
        step = (top - bottom) / cells
        for i in range(cells):
            for x, w in zip(nodes, weights):
                s = bottom + step * (i + (1 + x) / 2)
                weight = w * exp(log_density(s) - reference)
                if weight > mpf(10) ** -46:
                    self.variances.append(exp(s))
                    self.weights.append(weight)
        total = sum(self.weights)
        self.weights = [w / total for w in self.weights]

    def log_value(self, t):
        c = t / 2 + t * t / (2 * self.kappa)
        return t * self.mu + log(mp.fdot(self.weights, [exp(c * v) for v in self.variances]))


_rules = {}


def gauss(n):
    if n not in _rules:
        nodes, weights = [], []
        for i in range(n):
            x = mp.cos(pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
            for _ in range(8):
                last, value = mpf(1), x
                for k in range(2, n + 1):
                    last, value = value, ((2 * k - 1) * x * value - (k - 1) * last) / k
                slope = n * (x * value - last) / (x * x - 1)
                x -= value / slope
            nodes.append(x)
            weights.append(2 / ((1 - x * x) * slope * slope))
        _rules[n] = (nodes, weights)
    return _rules[n]


def invert(log_transform, c, poles):
    """1/(2 pi i) times the integral of exp(log_transform) over Re t = c, and the real value, which has no cancellation."""
    curvature = diff(log_transform, c, 2, h=mpf(10) ** -8)
    width = 1 / sqrt(abs(curvature.real))
    distance = min([abs(c - p) for p in poles])
    step = min(width * mpf("0.5"), distance * mpf("0.09"))
    reference = log_transform(c).real
    total = mpf(1) / 2
    w = step
    while True:
        term = exp(log_transform(mpc(c, w)) - reference)
        total += term.real
        if abs(term) < mpf(10) ** -28:
            break
        w += step
    return total * step / pi * exp(reference)


def saddle(f, low, high):
    """Where a convex function of a real argument is least: golden section, as well as it needs to be."""
    g = (sqrt(mpf(5)) - 1) / 2
    a, b = low, high
    x, y = b - g * (b - a), a + g * (b - a)
    fx, fy = f(x), f(y)
    for _ in range(16):
        if fx < fy:
            b, y, fy = y, x, fx
            x = b - g * (b - a)
            fx = f(x)
        else:
            a, x, fx = x, y, fy
            y = a + g * (b - a)
            fy = f(y)
    return (a + b) / 2


def tail(log_moment, low, high, x, side):
    """P(L > x) or P(L < x) of the variable with the moments exp(log_moment(t)) of e^L."""
    sign = 1 if side == "upper" else -1
    if side == "upper":
        lo, hi = mpf(0), high
    else:
        lo, hi = mpf(0), -low
    f = lambda t: log_moment(sign * t) - sign * t * x - log(t)
    span = widest(lambda t: f(t).real, lo, hi)
    c = saddle(lambda t: f(t).real, span[0], span[1])
    return invert(f, c, [0] + ([hi] if hi < 10**5 else []))


def widest(f, lo, hi):
    """A bracket of the least value within the strip."""
    if hi < 10**5:
        return lo + (hi - lo) * mpf(10) ** -6, hi - (hi - lo) * mpf(10) ** -6
    t = mpf(1)
    while f(2 * t) < f(t):
        t *= 2
    return t * mpf(10) ** -6, 2 * t


def ratio(control, treatment):
    low = max(treatment.low, -control.high)
    high = min(treatment.high, -control.low)
    return (lambda t: treatment.log_moment(t) + control.log_moment(-t)), low, high


def loss(chosen, other):
    """E max(other - chosen, 0)."""
    high = min(other.high - 1, -chosen.low)
    f = lambda t: other.log_moment(1 + t) + chosen.log_moment(-t) - log(t) - log(1 + t)
    span = widest(lambda t: f(t).real, mpf(0), high)
    c = saddle(lambda t: f(t).real, span[0], span[1])
    return invert(f, c, [0] + ([high] if high < 10**5 else []))


def density(arm, u):
    f = lambda t: arm.log_moment(t) - t * u
    lo = max(arm.low, -mpf(10) ** 5)
    hi = min(arm.high, mpf(10) ** 5)
    c = saddle(lambda t: f(t).real, lo * mpf("0.999999"), bounded(f, hi))
    poles = [p for p in (arm.low, arm.high) if abs(p) < 10**5] or [c - 10]
    return invert(f, c, poles)


def bounded(f, hi):
    if hi < 10**5:
        return hi * mpf("0.999999")
    t = mpf(1)
    while f(2 * t).real < f(t).real:
        t *= 2
    return 2 * t


def difference_tail(control, treatment, d):
    """P(treatment - control > d), for d >= 0, by the trapezoidal rule over the log of the control."""
    mean = diff(lambda t: control.log_moment(t), 0).real
    sd = sqrt(diff(lambda t: control.log_moment(t), 0, 2).real)
    step = min(sd, mpf(1)) / 5
    total = mpf(0)
    for direction in (1, -1):
        i = 0 if direction == 1 else -1
        while True:
            u = mean + i * step
            term = density(control, u) * tail(treatment.log_moment, treatment.low, treatment.high, log(exp(u) + d), "upper")
            total += term
            if term < total * mpf(10) ** -18:
                break
            i += direction
    return total * step


def text(x):
    return mp.nstr(x, 25)


def main():
    cases = json.load(open(sys.argv[1] if len(sys.argv) > 1 else "revenue-input.json"))
    results = []
    for case in cases:
        arms = {}
        for name in ("control", "treatment"):
            d = case[name]
            prior = case["prior"]
            if case["model"] == "gamma":
                arms[name] = GammaArm(d["n"], d["conversions"], d["mean"], case["valueShape"], prior)
            else:
                arms[name] = LogNormalArm(d["n"], d["conversions"], d["mean"], d["variance"], prior, case["largestLogDeviation"])
        control, treatment = arms["control"], arms["treatment"]
        log_moment, low, high = ratio(control, treatment)
        out = {"probabilityToBeat": text(tail(log_moment, low, high, mpf(0), "upper")),
               "probabilityToLose": text(tail(log_moment, low, high, mpf(0), "lower")),
               "means": {x: text(exp(arms[x].log_moment(mpf(1)))) if arms[x].high > 1 else "inf" for x in arms}}
        out["deviations"] = {x: text(sqrt(exp(arms[x].log_moment(mpf(2))) - exp(2 * arms[x].log_moment(mpf(1))))) if arms[x].high > 2 else "inf" for x in arms}
        if control.high > 1 and treatment.high > 1:
            out["losses"] = {"control": text(loss(control, treatment)), "treatment": text(loss(treatment, control))}
        if control.a > 1:
            out["liftMean"] = text(exp(log_moment(mpf(1))) - 1) if treatment.high > 1 else "inf"
        out["lift"] = [{"lift": x, "below": text(tail(log_moment, low, high, mp.log1p(mpf(x)), "lower")), "above": text(tail(log_moment, low, high, mp.log1p(mpf(x)), "upper"))} for x in case["lifts"]]
        out["arm"] = [{"revenue": x, "below": text(tail(control.log_moment, control.low, control.high, log(mpf(x)), "lower")), "above": text(tail(control.log_moment, control.low, control.high, log(mpf(x)), "upper"))} for x in case["revenues"]]
        if "differences" in case:
            out["difference"] = [{"difference": x, "above": text(difference_tail(control, treatment, mpf(x)))} for x in case["differences"]]
        results.append({"in": case, "out": out})
        print(case["model"], case["control"], file=sys.stderr)
    print(json.dumps({"software": "mpmath 1.3, 30 digits, make-revenue.py", "cases": results}, indent=1))


main()
