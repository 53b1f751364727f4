"""Reference values of two rates under a prior on the effect, by mpmath 1.3 with 30 digits.

Nested quadratures of the joint density itself: the trapezoidal rule over the log-odds of a rate, and Gauss-Legendre rules
of 24 points on panels over the effect, below 0 and above it, around the maximum of the posterior found by Newton's method.
Binomial coefficients are left out. Run: python3 effect-prior.py > effect-prior.json (some minutes)
With other inputs, as two JSON lists: python3 effect-prior.py '[[...], [...]]'
"""

import json
import sys
from mpmath import mp, mpf, exp, log, log1p, sqrt, pi, findroot, diff, ncdf

mp.dps = 30


def normal(x, mean, sd):
    return -((x - mean) / sd) ** 2 / 2 - log(sd * sqrt(2 * pi))


def likelihood(x, n, u):
    """x ln p + (n - x) ln(1 - p) at log-odds u."""
    return -x * log1p(exp(-u)) - (n - x) * log1p(exp(u))


def inner_sums(log_joint, t, start, step, top, weights):
    """Trapezoidal sums over u, outwards from `start` until 1e-34 of the sum is left, of exp(log_joint - top) * weight."""
    sums = [mpf(0) for _ in weights]
    for direction in (1, -1):
        u = start if direction == 1 else start - step
        largest = mpf(0)
        while True:
            value = exp(log_joint(t, u) - top)
            largest = max(largest, value)
            for k, weight in enumerate(weights):
                sums[k] += value * weight(t, u)
            if value < mpf(10) ** -34 * largest or (largest == 0 and abs(u - start) > 40 * step):
                break
            u += direction * step
    return [step * total for total in sums]


def legendre_rule(n):
    """Nodes and weights on [-1, 1]."""
    rule = []
    for k in range(n):
        x = mp.cos(pi * (k + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(8):
            p0, p1 = mpf(1), x
            for m in range(2, n + 1):
                p0, p1 = p1, ((2 * m - 1) * x * p1 - (m - 1) * p0) / m
            slope = n * (x * p1 - p0) / (x * x - 1)
            x -= p1 / slope
        rule.append((x, 2 / ((1 - x * x) * slope**2)))
    return rule


RULE = legendre_rule(24)
FINENESS = 5  # steps of u, and panels of t, per standard deviation over 2: 8 changes no digit printed


def halves(log_joint, peak, s_t, s_u, shift, weights=()):
    """Integrals of exp(log_joint - top), and of each weight times it, for t below 0 and above 0."""
    t0, u0 = peak
    top = log_joint(t0, u0)
    weights = [lambda t, u: mpf(1), *weights]
    found = []
    for lo, hi in ((min(mpf(0), t0) - 13 * s_t, mpf(0)), (mpf(0), max(mpf(0), t0) + 13 * s_t)):
        # Where the peak is far on the other side the integrand falls from 0 at the rate of |t0| / s_t^2.
        away = -t0 if lo == 0 else t0
        scale = s_t / max(mpf(1), away / s_t / 4)
        if away > 0:
            lo, hi = max(lo, -40 * scale), min(hi, 40 * scale)
        pieces = max(4, int(mp.ceil((hi - lo) / scale * FINENESS / 10)))
        width = (hi - lo) / pieces
        total = [mpf(0) for _ in weights]
        for piece in range(pieces):
            for x, w in RULE:
                t = lo + width * (piece + (x + 1) / 2)
                sums = inner_sums(log_joint, t, u0 + (t - t0) * shift, s_u / FINENESS * 2, top, weights)
                total = [a + w * width / 2 * b for a, b in zip(total, sums)]
        found.append(total)
    return found[0], found[1], top


def peak_of(log_joint, start):
    """Newton's method in two dimensions, with derivatives by differences at 30 digits."""
    t, u = start
    for _ in range(60):
        h = mpf(10) ** -9 * 10
        f = log_joint
        ft = (f(t + h, u) - f(t - h, u)) / (2 * h)
        fu = (f(t, u + h) - f(t, u - h)) / (2 * h)
        ftt = (f(t + h, u) - 2 * f(t, u) + f(t - h, u)) / h**2
        fuu = (f(t, u + h) - 2 * f(t, u) + f(t, u - h)) / h**2
        ftu = (f(t + h, u + h) - f(t + h, u - h) - f(t - h, u + h) + f(t - h, u - h)) / (4 * h**2)
        det = ftt * fuu - ftu**2
        dt, du = -(fuu * ft - ftu * fu) / det, -(ftt * fu - ftu * ft) / det
        size = max(abs(dt), abs(du), mpf(1))
        t, u = t + dt / size, u + du / size
        if abs(dt) + abs(du) < mpf(10) ** -8:
            break
    # Marginal spread of t, conditional spread of u, and how u moves with t.
    return (t, u), sqrt(-fuu / det), sqrt(-1 / fuu), -ftu / fuu


def text(x):
    return mp.nstr(x, 20, min_fixed=0, max_fixed=0)


def dependent(x1, n1, x2, n2, mu, sigma, mu_effect, sigma_effect):
    """Kass and Vaidyanathan's model: log-odds beta - psi/2 and beta + psi/2."""
    x1, n1, x2, n2, mu, sigma, mu_effect, sigma_effect = map(mpf, (x1, n1, x2, n2, mu, sigma, mu_effect, sigma_effect))

    def under_any(psi, b):
        return likelihood(x1, n1, b - psi / 2) + likelihood(x2, n2, b + psi / 2) + normal(b, mu, sigma)

    def joint(psi, b):
        return under_any(psi, b) + normal(psi, mu_effect, sigma_effect)

    start = (mpf(0), log((x1 + x2 + 1) / (n1 + n2 - x1 - x2 + 1)))
    peak, s_t, s_u, shift = peak_of(joint, start)
    (below,), (above,), top = halves(joint, peak, s_t, s_u, shift)
    b0 = findroot(lambda b: diff(lambda v: under_any(mpf(0), v), b), peak[1] - peak[0] * shift)
    s0 = 1 / sqrt(-diff(lambda v: under_any(mpf(0), v), b0, 2))
    top0 = under_any(mpf(0), b0)
    (none,) = inner_sums(under_any, mpf(0), b0, s0 / FINENESS, top0, [lambda t, u: mpf(1)])
    log_none = log(none) + top0
    prior_above = ncdf(mu_effect / sigma_effect)
    prior_below = ncdf(-mu_effect / sigma_effect)
    return {
        "logTwoSided": text(log(above + below) + top - log_none),
        "logGreater": text(log(above / prior_above) + top - log_none),
        "logLess": text(log(below / prior_below) + top - log_none),
    }


def with_effect_prior(x1, n1, x2, n2, alpha, b, scale, mean, sd):
    """Beta prior on the control's rate, normal prior on the log odds ratio or on ln(treatment rate / control rate)."""
    x1, n1, x2, n2, alpha, b, mean, sd = map(mpf, (x1, n1, x2, n2, alpha, b, mean, sd))
    a1, b1 = x1 + alpha, n1 - x1 + b

    if scale == "log-odds":

        def joint(t, u):
            return likelihood(a1, a1 + b1, u) + likelihood(x2, n2, u + t) + normal(t, mean, sd)

        def difference(t, u):
            return 1 / (1 + exp(-u - t)) - 1 / (1 + exp(-u))

    else:
        # u is the log-odds of the treatment's rate; the control's is that times e^-t, which must be below 1. With
        # the rates p1 < 1 and p2 < 1: du1 dt = du2 dt (1 - p2) / (1 - p1) along a given t.
        def joint(t, u):
            p2 = 1 / (1 + exp(-u))
            p1 = p2 * exp(-t)
            if p1 >= 1:
                return mpf("-1e9")
            return a1 * log(p1) + (b1 - 1) * log(1 - p1) + likelihood(x2, n2, u) + normal(t, mean, sd) + log(1 - p2)

        def difference(t, u):
            return (1 - exp(-t)) / (1 + exp(-u))

    p = (x1 + x2 + 1) / (n1 + n2 + 2)
    peak, s_t, s_u, shift = peak_of(joint, (mpf(0), log(p / (1 - p))))
    weights = [difference, lambda t, u: t, lambda t, u: t * t, lambda t, u: exp(t)]
    below, above, top = halves(joint, peak, s_t, s_u, shift, weights)
    whole = below[0] + above[0]
    mean_t, square, exponential = (below[k] + above[k] for k in (2, 3, 4))
    return {
        "logProbabilityToBeat": text(log(above[0] / whole)),
        "logProbabilityToLose": text(log(below[0] / whole)),
        "lossOfControl": text(above[1] / whole),
        "lossOfTreatment": text(-below[1] / whole),
        "meanEffect": text(mean_t / whole),
        "deviationOfEffect": text(sqrt(square / whole - (mean_t / whole) ** 2)),
        "meanRatio": text(exponential / whole),
    }


DEPENDENT = [
    [50, 1000, 65, 1000, 0, 1, 0, 1],
    [50, 1000, 65, 1000, 0, 1, 0, 0.2],
    [3, 10, 7, 10, 0, 1, 0, 1],
    [0, 50, 0, 60, 0, 1, 0, 1],
    [0, 50, 7, 60, -3, 0.7, 0.1, 0.5],
    [10, 10, 0, 10, 0, 1, 0, 1],
    [20, 20, 25, 25, 0, 1, 0, 1],
    [0, 1, 1, 1, 0, 1, 0, 1],
    [1500, 50000, 1800, 50000, 0, 1, 0, 0.1],
    [200000, 10000000, 201500, 10000000, -4, 1, 0, 0.05],
    [200000, 10000000, 210000, 10000000, -4, 1, 0.02, 0.05],
    [20000000, 1000000000, 20010000, 1000000000, 0, 1, 0, 1],
    [12, 1200000, 9, 1100000, -10, 2, 0, 0.3],
]
EFFECT = [
    [50, 1000, 65, 1000, 1, 1, "log-odds", 0, 0.2],
    [50, 1000, 65, 1000, 1, 1, "log-lift", 0, 0.05],
    [3, 10, 7, 10, 1, 1, "log-odds", 0, 1],
    [0, 50, 4, 60, 0.5, 0.5, "log-odds", 0, 0.5],
    [10, 10, 2, 10, 1, 1, "log-odds", 0.1, 1],
    [1500, 50000, 1800, 50000, 2, 60, "log-lift", 0.01, 0.03],
    [200000, 10000000, 201500, 10000000, 1, 1, "log-lift", 0, 0.05],
    [20000000, 1000000000, 20010000, 1000000000, 1, 1, "log-odds", 0, 0.02],
    [400, 1000, 520, 1000, 20, 30, "log-lift", 0, 0.1],
]

only = sys.argv[1:] and json.loads(sys.argv[1])
if only:
    DEPENDENT, EFFECT = only
rows = {"dependent": [], "effectPrior": []}
for case in DEPENDENT:
    rows["dependent"].append({"in": case, "out": dependent(*case)})
    print(rows["dependent"][-1], file=sys.stderr)
for case in EFFECT:
    rows["effectPrior"].append({"in": case, "out": with_effect_prior(*case)})
    print(rows["effectPrior"][-1], file=sys.stderr)
print(json.dumps(rows, indent=1))
