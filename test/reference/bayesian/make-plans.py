"""Reference values of Bayesian plans: every end of an experiment is looked at, one by one.

Python 3, mpmath 1.3, SciPy 1.17. Writes plans.json beside this file.

- ends: probabilities of success by enumeration. Counts to come are beta-binomial in mpmath with 40 digits. Pooled z, with
  0 where nothing or everything converted. P(B > A) by the finite sum over one arm's posterior, in 40 digits (whole shapes).
- gain: E max(posterior means then) - max(posterior means now), and the expected loss of choosing now, E max(A, B) minus
  the larger mean; all with whole shapes in exact fractions.
- assurance: normal prior and estimate, 40 digits, with a quadrature over the effect as a check.
- width: average length of equal-tailed intervals, and average content of the best interval of a length, by enumeration with
  SciPy's beta distribution and a minimiser; differences by quadrature in double, to about 1e-9.
"""

import json
import math
import os
import random
from fractions import Fraction

import mpmath as mp
import numpy as np
from scipy import optimize, stats

mp.mp.dps = 40


def log_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def predicted(n, a, b):
    return [mp.binomial(n, k) * mp.exp(log_beta(a + k, b + n - k) - log_beta(a, b)) for k in range(n + 1)]


def z_value(x1, n1, x2, n2):
    c = x1 + x2
    if c == 0 or c == n1 + n2:
        return mp.mpf(0)
    p = mp.mpf(c) / (n1 + n2)
    return (mp.mpf(x2) / n2 - mp.mpf(x1) / n1) / mp.sqrt(p * (1 - p) * (mp.mpf(1) / n1 + mp.mpf(1) / n2))


def beats(a1, b1, a2, b2):
    """P(B > A) for whole shapes: Evan Miller's sum."""
    return mp.fsum(
        mp.exp(log_beta(a1 + i, b1 + b2) - log_beta(1 + i, b2) - log_beta(a1, b1)) / (b2 + i) for i in range(a2)
    )


def loss(a1, b1, a2, b2):
    """E max(A - B, 0), by the difference of two probabilities in 40 digits."""
    mean1 = mp.mpf(a1) / (a1 + b1)
    mean2 = mp.mpf(a2) / (a2 + b2)
    return mean1 * beats(a2, b2, a1 + 1, b1) - mean2 * (1 - beats(a1, b1, a2 + 1, b2))


def upper_normal(p):
    return mp.sqrt(2) * mp.erfinv(1 - 2 * mp.mpf(p))


def ends_case(arms, prior, criterion):
    (x1, n1, r1), (x2, n2, r2) = arms
    a, b = prior
    first = predicted(r1, a + x1, b + n1 - x1)
    second = predicted(r2, a + x2, b + n2 - x2)
    greater = less = either = mp.mpf(0)
    for k1 in range(r1 + 1):
        for k2 in range(r2 + 1):
            w = first[k1] * second[k2]
            y1, y2, m1, m2 = x1 + k1, x2 + k2, n1 + r1, n2 + r2
            shapes = (a + y1, b + m1 - y1, a + y2, b + m2 - y2)
            if criterion["kind"] == "significance":
                sided = criterion["alternative"]
                alpha = criterion["alpha"]
                critical = upper_normal(mp.mpf(alpha) / 2 if sided == "two-sided" else alpha)
                z = z_value(y1, m1, y2, m2)
                up = sided != "less" and z >= critical
                down = sided != "greater" and z <= -critical
            elif criterion["kind"] == "posterior-probability":
                p = beats(*shapes)
                up = p >= criterion["probability"]
                down = 1 - p >= criterion["probability"]
            else:
                up = loss(*shapes) <= criterion["thresholdOfCaring"]
                down = loss(*shapes[2:], *shapes[:2]) <= criterion["thresholdOfCaring"]
            greater += w if up else 0
            less += w if down else 0
            either += w if up or down else 0
    return {
        "control": {"n": n1, "conversions": x1},
        "treatment": {"n": n2, "conversions": x2},
        "remaining": {"control": r1, "treatment": r2},
        "prior": {"alpha": a, "beta": b},
        "criterion": criterion,
        "probability": mp.nstr(either, 25),
        "greater": mp.nstr(greater, 25),
        "less": mp.nstr(less, 25),
    }


def random_arms(largest, whole_prior):
    arms = []
    for _ in range(2):
        n = random.randint(0, largest)
        rate = random.choice([0.02, 0.1, 0.5, 0.9])
        x = sum(random.random() < rate for _ in range(n))
        arms.append((x, n, random.randint(1, largest)))
    prior = random.choice([(1, 1), (2, 7), (3, 1)] if whole_prior else [(1, 1), (0.5, 0.5), (0.1, 2.5)])
    return arms, prior


def ends():
    cases = []
    for i in range(14):
        arms, prior = random_arms(60, False)
        alternative = ["two-sided", "greater", "less"][i % 3]
        alpha = random.choice([0.01, 0.05, 0.2])
        cases.append(ends_case(arms, prior, {"kind": "significance", "alpha": alpha, "alternative": alternative}))
    # No chance to speak of: one arm far ahead.
    far = [(5, 400, 30), (200, 400, 30)]
    cases.append(ends_case(far, (1, 1), {"kind": "significance", "alpha": 0.05, "alternative": "less"}))
    behind = [(5, 100, 100), (60, 100, 100)]
    cases.append(ends_case(behind, (1, 1), {"kind": "significance", "alpha": 0.05, "alternative": "two-sided"}))
    for _ in range(6):
        arms, prior = random_arms(40, True)
        cases.append(ends_case(arms, prior, {"kind": "posterior-probability", "probability": random.choice([0.5, 0.9, 0.99])}))
    for _ in range(6):
        arms, prior = random_arms(40, True)
        cases.append(ends_case(arms, prior, {"kind": "expected-loss", "thresholdOfCaring": random.choice([0.001, 0.01, 0.1])}))
    return cases


def fraction_beta(a, b):
    return Fraction(math.factorial(a - 1) * math.factorial(b - 1), math.factorial(a + b - 1))


def fraction_predicted(n, a, b):
    return [math.comb(n, k) * fraction_beta(a + k, b + n - k) / fraction_beta(a, b) for k in range(n + 1)]


def fraction_beats(a1, b1, a2, b2):
    return sum(
        fraction_beta(a1 + i, b1 + b2) / fraction_beta(1 + i, b2) / fraction_beta(a1, b1) / (b2 + i) for i in range(a2)
    )


def gain_case(arms, prior, remaining):
    (x1, n1), (x2, n2) = arms
    a, b = prior
    s1, s2 = (a + x1, b + n1 - x1), (a + x2, b + n2 - x2)
    mean = lambda s: Fraction(s[0], s[0] + s[1])
    now = max(mean(s1), mean(s2))
    first = fraction_predicted(remaining[0], *s1)
    second = fraction_predicted(remaining[1], *s2)
    then = sum(
        w1 * w2 * max(Fraction(s1[0] + k1, sum(s1) + remaining[0]), Fraction(s2[0] + k2, sum(s2) + remaining[1]))
        for k1, w1 in enumerate(first)
        for k2, w2 in enumerate(second)
    )
    # E max(A - B, 0) = E A P(A' > B) - E B P(A > B'), with one success more in the primed.
    behind = mean(s1) * fraction_beats(*s2, s1[0] + 1, s1[1]) - mean(s2) * fraction_beats(s2[0] + 1, s2[1], *s1)
    perfect = mean(s2) + behind - now
    exact = lambda f: mp.nstr(mp.mpf(f.numerator) / f.denominator, 25)
    return {
        "control": {"n": n1, "conversions": x1},
        "treatment": {"n": n2, "conversions": x2},
        "prior": {"alpha": a, "beta": b},
        "units": {"control": remaining[0], "treatment": remaining[1]},
        "gain": exact(then - now),
        "perfect": exact(perfect),
    }


def gains():
    cases = []
    for _ in range(10):
        arms, prior = random_arms(50, True)
        cases.append(gain_case([(x, n) for x, n, _ in arms], prior, (arms[0][2], arms[1][2])))
    cases.append(gain_case([(2, 60), (40, 60)], (1, 1), (60, 60)))
    cases.append(gain_case([(0, 0), (0, 0)], (1, 1), (1, 1)))
    return cases


def assurance_case(prior, analysis, se, criterion):
    m, t = mp.mpf(prior[0]), mp.mpf(prior[1])
    s = mp.mpf(se)

    def posterior(estimate):
        if analysis is None:
            return estimate, s
        m0, t0 = mp.mpf(analysis[0]), mp.mpf(analysis[1])
        precision = 1 / s**2 + 1 / t0**2
        return (estimate / s**2 + m0 / t0**2) / precision, 1 / mp.sqrt(precision)

    def margin(estimate, sign):
        mean, sd = posterior(estimate)
        u = sign * mean / sd
        if criterion["kind"] == "significance":
            level = mp.mpf(criterion["alpha"]) / (2 if criterion["alternative"] == "two-sided" else 1)
            return sign * estimate / s - upper_normal(level)
        if criterion["kind"] == "posterior-probability":
            return u - upper_normal(1 - mp.mpf(criterion["probability"]))
        unit_loss = mp.npdf(u) - u * mp.erfc(u / mp.sqrt(2)) / 2
        return mp.log(criterion["thresholdOfCaring"]) - mp.log(sd * unit_loss)

    def bound(sign):
        """The estimate at which the margin is 0, by halving."""
        reach = 60 * s
        if analysis is not None:
            reach *= 1 + (s / analysis[1]) ** 2
            reach += (s / mp.mpf(analysis[1])) ** 2 * abs(analysis[0])
        bad, good = -sign * reach, sign * reach
        assert margin(bad, sign) < 0 < margin(good, sign)
        for _ in range(130):
            middle = (bad + good) / 2
            if margin(middle, sign) >= 0:
                good = middle
            else:
                bad = middle
        return good

    alternative = criterion.get("alternative", "two-sided")
    upper = bound(1) if alternative != "less" else mp.inf
    lower = bound(-1) if alternative != "greater" else -mp.inf
    # The estimate is normal about the prior's mean; as a check, the power averaged over the prior by quadrature.
    spread = mp.sqrt(s**2 + t**2)
    tail = lambda x: mp.erfc(x / mp.sqrt(2)) / 2
    greater = tail((upper - m) / spread) if mp.isfinite(upper) else mp.mpf(0)
    less = tail((m - lower) / spread) if mp.isfinite(lower) else mp.mpf(0)
    points = [m + k * t for k in range(-60, 61, 3)]
    for bound_, sign, closed in ((upper, 1, greater), (lower, -1, less)):
        if mp.isfinite(bound_):
            power = mp.quad(lambda e: mp.npdf(e, m, t) * tail(sign * (bound_ - e) / s), points)
            assert abs(power / closed - 1) < 1e-3, (power, closed)
    return {
        "prior": {"mean": prior[0], "standardDeviation": prior[1]},
        "analysisPrior": "flat" if analysis is None else {"mean": analysis[0], "standardDeviation": analysis[1]},
        "standardError": se,
        "criterion": criterion,
        "greater": mp.nstr(greater, 20),
        "less": mp.nstr(less, 20),
        "probability": mp.nstr(greater + less if lower < upper else mp.mpf(1), 20),
    }


def assurances():
    cases = []
    z = lambda alternative: {"kind": "significance", "alpha": 0.05, "alternative": alternative}
    for prior, se in [((0.02, 0.04), 0.01), ((0.5, 0.1), 0.3), ((-1, 3), 0.2), ((0, 0.01), 1)]:
        for alternative in ("two-sided", "greater", "less"):
            cases.append(assurance_case(prior, None, se, z(alternative)))
        for analysis in (None, prior, (0, prior[1] / 2)):
            cases.append(assurance_case(prior, analysis, se, {"kind": "posterior-probability", "probability": 0.95}))
            for threshold in (0.001, 0.05, 1):
                cases.append(assurance_case(prior, analysis, se, {"kind": "expected-loss", "thresholdOfCaring": threshold * se}))
    return cases


def best_content(cdf, low, high, width):
    grid = np.linspace(low, high - width, 100)
    values = cdf(grid + width) - cdf(grid)
    i = int(np.argmax(values))
    found = optimize.minimize_scalar(
        lambda v: -(cdf(v + width) - cdf(v)),
        bounds=(grid[max(0, i - 1)], grid[min(len(grid) - 1, i + 1)]),
        method="bounded",
        options={"xatol": 1e-11},
    )
    return max(float(values[i]), float(-found.fun))


def difference_cdf(s1, s2):
    """P(T - C <= v), by quadrature over the rates of the control for which that of the treatment can be v above."""
    nodes, weights = np.polynomial.legendre.leggauss(160)
    # sin^2: smooth at both ends.
    share = np.sin(0.25 * np.pi * (nodes + 1)) ** 2
    slope = 0.25 * np.pi * np.sin(0.5 * np.pi * (nodes + 1)) * weights

    def cdf(v):
        low, high = max(0.0, -v), min(1.0, 1.0 - v)
        rate = low + (high - low) * share
        inside = np.sum((high - low) * slope * stats.beta.pdf(rate, *s1) * stats.beta.cdf(rate + v, *s2))
        return float(inside + stats.beta.sf(high, *s1))

    return np.vectorize(cdf)


def width_case(effect, priors, units, width, level):
    (a1, b1), (a2, b2) = priors
    n1, n2 = units
    tail = (1 - level) / 2
    if effect == "rate":
        k = np.arange(n1 + 1)
        w = stats.betabinom.pmf(k, n1, a1, b1)
        lengths = stats.beta.isf(tail, a1 + k, b1 + n1 - k) - stats.beta.ppf(tail, a1 + k, b1 + n1 - k)
        content = [best_content(lambda v, j=j: stats.beta.cdf(v, a1 + j, b1 + n1 - j), 0, 1, width) for j in k]
        average, largest, coverage = np.sum(w * lengths), np.max(lengths), np.sum(w * np.array(content))
    else:
        w1 = stats.betabinom.pmf(np.arange(n1 + 1), n1, a1, b1)
        w2 = stats.betabinom.pmf(np.arange(n2 + 1), n2, a2, b2)
        average = coverage = largest = 0.0
        for i in range(n1 + 1):
            for j in range(n2 + 1):
                cdf = difference_cdf((a1 + i, b1 + n1 - i), (a2 + j, b2 + n2 - j))
                ends = [optimize.brentq(lambda v, p=p: cdf(v) - p, -1, 1, xtol=1e-13) for p in (tail, 1 - tail)]
                length = ends[1] - ends[0]
                average += w1[i] * w2[j] * length
                largest = max(largest, length)
                coverage += w1[i] * w2[j] * best_content(cdf, -1, 1, width)
    return {
        "effect": effect,
        "prior": {"control": {"alpha": a1, "beta": b1}, "treatment": {"alpha": a2, "beta": b2}},
        "units": {"control": n1, "treatment": n2},
        "width": width,
        "confidenceLevel": level,
        "averageLength": float(average),
        "largestLength": float(largest),
        "averageCoverage": float(coverage),
    }


def widths():
    same = lambda a, b: ((a, b), (a, b))
    return [
        width_case("rate", same(1, 1), (30, 30), 0.3, 0.95),
        width_case("rate", same(1, 1), (600, 600), 0.06, 0.95),
        width_case("rate", same(0.5, 0.5), (300, 300), 0.05, 0.9),
        width_case("rate", same(5, 95), (500, 500), 0.03, 0.95),
        width_case("difference", ((1, 1), (2, 3)), (6, 4), 0.7, 0.95),
        width_case("difference", ((3, 9), (2, 5)), (7, 9), 0.4, 0.8),
    ]


if __name__ == "__main__":
    # Each table draws from its own stream, so that one alone comes out the same.
    tables = {}
    for make in (ends, gains, assurances, widths):
        random.seed(20261123)
        tables[make.__name__] = make()
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "plans.json")
    with open(path, "w") as file:
        json.dump(tables, file, indent=1)
        file.write("\n")
