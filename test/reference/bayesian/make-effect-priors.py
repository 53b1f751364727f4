"""Reference values for effect priors, by mpmath 1.3 with 30 digits: python3 make-effect-priors.py > effect-priors.json

Posteriors by quadrature of prior times likelihood (no mixtures of normal distributions), marginal likelihoods by the same
quadrature, beta-binomial fits by Newton's method on digamma functions, conditional estimates by root finding.
"""

import json
from mpmath import mp, mpf, quad, exp, log, sqrt, pi, gamma, erfc, findroot, npdf, loggamma, digamma, binomial

mp.dps = 30


def normal(x, sd):
    return exp(-((x / sd) ** 2) / 2) / (sd * sqrt(2 * pi))


def student(x, scale, df):
    t = x / scale
    return gamma((df + 1) / 2) / gamma(df / 2) / sqrt(df * pi) / scale * (1 + t * t / df) ** (-(df + 1) / 2)


def density(prior):
    """The continuous part of the prior."""
    m = mpf(prior["mean"])
    if prior["family"] == "normal":
        return lambda x: normal(x - m, mpf(prior["standardDeviation"]))
    if prior["family"] == "student-t":
        return lambda x: student(x - m, mpf(prior["scale"]), mpf(prior["degreesOfFreedom"]))
    if prior["family"] == "spike-and-normal":
        return lambda x: (1 - mpf(prior["probabilityOfNoEffect"])) * normal(x - m, mpf(prior["standardDeviation"]))
    w = mpf(prior["wideProbability"])
    return lambda x: (1 - w) * normal(x - m, mpf(prior["narrowStandardDeviation"])) + w * normal(
        x - m, mpf(prior["wideStandardDeviation"])
    )


def posterior(prior, y, se):
    y, se = mpf(y), mpf(se)
    f = density(prior)
    joint = lambda x: f(x) * normal(y - x, se)
    m = mpf(prior["mean"])
    widths = [mpf(prior[k]) for k in ("standardDeviation", "scale", "narrowStandardDeviation", "wideStandardDeviation") if k in prior]
    # Cut at both peaks and around them, and at 0.
    fall = se * se / max(abs(y), se)
    cuts = sorted({mpf(0)} | {k * fall for k in (-70, -40, -20, -10, -5, -2, -1, -0.3, 0.3, 1, 2, 5, 10, 20, 40, 70)} | {m + k * w for w in widths for k in (-8, -3, -1, 0, 1, 3, 8)} | {y + k * se for k in (-45, -25, -12, -6, -3, -1, 0, 1, 3, 6, 12, 25, 45)})
    cuts = [c for c in cuts if abs(c - y) <= max(45 * se, abs(y) + 70 * fall)]
    if min(abs(c) for c in cuts) > 0:
        cuts = sorted(cuts + [mpf(0)])
        lower_ends = [mpf(0) - 60 * se, *cuts] if y > 0 else [*cuts, mpf(0) + 60 * se]
        cuts = sorted(lower_ends)
    # Relative to the density at 0: quad stops at an absolute error.
    scale = joint(mpf(0))
    below = scale * quad(lambda x: joint(x) / scale, [c for c in cuts if c <= 0])
    above = quad(joint, [c for c in cuts if c >= 0])
    none = mpf(prior.get("probabilityOfNoEffect", 0)) * normal(y, se)
    total = below + above + none
    mean = quad(lambda x: x * joint(x), cuts) / total
    square = quad(lambda x: (x - mean) ** 2 * joint(x), cuts) / total + none / total * mean**2
    return {
        "logEvidence": log(total),
        "mean": mean,
        "standardDeviation": sqrt(square),
        "logProbabilityNegative": log(below / total),
        "logProbabilityPositive": log(above / total),
        "probabilityOfNoEffect": none / total,
    }


PRIORS = [
    {"family": "normal", "mean": 0.01, "standardDeviation": 0.03},
    {"family": "student-t", "mean": 0, "scale": 0.02, "degreesOfFreedom": 3},
    {"family": "student-t", "mean": 0.01, "scale": 0.05, "degreesOfFreedom": 1},
    {"family": "student-t", "mean": 0, "scale": 0.01, "degreesOfFreedom": 12.5},
    {"family": "student-t", "mean": -0.01, "scale": 0.02, "degreesOfFreedom": 400},
    {"family": "spike-and-normal", "probabilityOfNoEffect": 0.8, "mean": 0.02, "standardDeviation": 0.06},
    {"family": "two-normals", "mean": 0, "narrowStandardDeviation": 0.004, "wideStandardDeviation": 0.08, "wideProbability": 0.15},
]
OBSERVED = [(0.08, 0.03), (-0.02, 0.05), (0.3, 0.02), (0, 0.01), (0.005, 0.5)]


def log_marginal(family, parameters, effects):
    prior = {"family": family, **parameters}
    return sum(posterior(prior, y, se)["logEvidence"] for y, se in effects)


def beta_fit(rates):
    def score(a, b):
        ga = sum(digamma(a + x) - digamma(a) - digamma(a + b + n) + digamma(a + b) for n, x in rates)
        gb = sum(digamma(b + n - x) - digamma(b) - digamma(a + b + n) + digamma(a + b) for n, x in rates)
        return [ga, gb]

    n = sum(r[0] for r in rates)
    m = mpf(sum(r[1] for r in rates)) / n
    k = len(rates)
    s = sum(r[0] * (mpf(r[1]) / r[0] - m) ** 2 for r in rates) / (m * (1 - m))
    rho = (s - (k - 1)) / (n - sum(mpf(r[0]) ** 2 for r in rates) / n - (k - 1))
    precision = 1 / rho - 1
    lb = lambda p, q: loggamma(p) + loggamma(q) - loggamma(p + q)
    chosen = sum(loggamma(n + 1) - loggamma(x + 1) - loggamma(n - x + 1) for n, x in rates)
    likelihood = lambda a, b: chosen + sum(lb(a + x, b + n - x) - lb(a, b) for n, x in rates)
    # From the best of a grid of means and precisions on.
    grid = [(k * p, (1 - k) * p) for k in (m / 2, m, (m + 1) / 2, mpf(1) / 2) for p in (mpf(10) ** (mpf(j) / 2) for j in range(-2, 9))]
    start = max(grid, key=lambda ab: likelihood(*ab))
    u, v = findroot(
        lambda u, v: score(exp(u), exp(v)), tuple(log(shape) for shape in start), tol=1e-40, verify=False, maxsteps=60
    )
    a, b = exp(u), exp(v)
    assert all(abs(x) < mpf(10) ** -18 for x in score(a, b))
    return {"alpha": a, "beta": b, "logLikelihood": likelihood(a, b), "momentPrecision": precision if precision > 0 else mpf(0)}


RATES = [
    [[1000, x] for x in (31, 58, 42, 69, 25)],
    [[120, 7], [4000, 120], [33, 0], [950, 61], [20000, 911], [64, 64]],
    [[10**9, x] for x in (310 * 10**6, 300 * 10**6, 320 * 10**6, 305000123)],
    [[10, x] for x in (0, 10, 9, 0, 1, 10, 0, 0)],
]


def conditional(z, c, two_sided):
    tail = lambda x: erfc(x / sqrt(mpf(2))) / 2
    z, c = mpf(z), mpf(c)
    significant = lambda m: tail(c - m) + (tail(c + m) if two_sided else 0)
    above = lambda m: tail(z - m) / significant(m)

    def solve(f):
        lo, hi = z - 1, z + 1
        while f(lo) > 0:
            lo -= hi - lo
        while f(hi) < 0:
            hi += hi - lo
        for _ in range(105):
            middle = (lo + hi) / 2
            lo, hi = (middle, hi) if f(middle) < 0 else (lo, middle)
        return (lo + hi) / 2

    density = lambda x: npdf(x)
    score = lambda m: m + (density(c - m) - (density(c + m) if two_sided else 0)) / significant(m) - z
    at = lambda p: solve(lambda m: log(above(m)) - log(mpf(p)))
    return {"medianUnbiased": at(mpf(1) / 2), "lower": at(mpf("0.025")), "upper": at(mpf("0.975")), "likelihood": solve(score)}


def plain(value):
    if isinstance(value, mpf):
        return mp.nstr(value, 25)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


def exactly(value):
    """The doubles that the tests give, without rounding."""
    return {k: (v if isinstance(v, str) else float(v)) for k, v in value.items()}


posteriors = [
    {"prior": p, "estimate": y, "standardError": se, "out": plain(posterior(exactly(p), float(y), float(se)))}
    for p in PRIORS
    for y, se in OBSERVED
]
betas = [{"rates": r, "out": plain(beta_fit(r))} for r in RATES]
conditionals = [
    {"z": z, "critical": c, "twoSided": t, "out": plain(conditional(z, c, t))}
    for c in (1.959963984540054, 1.6448536269514722)
    for t in (True, False)
    for z in (c + 0.01, 2.2, 3, 6.5)
]
print(json.dumps({"posteriors": posteriors, "betas": betas, "conditionals": conditionals}, indent=1))
