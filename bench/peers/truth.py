"""The inputs that every peer is given and their true values, by mpmath at 50 digits, as bench/peers/tasks.json.

Run by hand where inputs change: `python3 bench/peers/truth.py > bench/peers/tasks.json`. Incomplete beta and gamma
functions are continued fractions, so that parameters of 1e9 take no longer than small ones; at small parameters they
are held against mpmath's own. `timed` are the inputs that calls are timed on: ordinary ones, as a test meets them.
"""

import json
from fractions import Fraction
from math import comb

import numpy
from mpmath import betainc, erfc, exp, findroot, gammainc, inf, log, loggamma, mp, mpf, nstr, quad, sqrt

mp.dps = 50
TINY = mpf(10) ** -200


# Distributions


def beta_fraction(x, a, b):
    """I_x(a, b) by Lentz's continued fraction, for x below the mean (DLMF 8.17.22)."""
    front = exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a) - loggamma(b)) / a
    c, d = mpf(1), 1 / (1 - (a + b) * x / (a + 1))
    h = d
    for m in range(1, 10**6):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + top * d)
            c = 1 + top / c
            h *= c * d
        if abs(c * d - 1) < mpf(10) ** -45:
            return front * h
    raise ArithmeticError("no convergence")


def beta_tails(x, a, b):
    x, a, b = mpf(x), mpf(a), mpf(b)
    if x <= 0:
        return mpf(0), mpf(1)
    if x >= 1:
        return mpf(1), mpf(0)
    if x < (a + 1) / (a + b + 2):
        lower = beta_fraction(x, a, b)
        return lower, 1 - lower
    upper = beta_fraction(1 - x, b, a)
    return 1 - upper, upper


def gamma_tails(x, shape):
    x, shape = mpf(x), mpf(shape)
    front = exp(shape * log(x) - x - loggamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        k = shape
        while abs(term) > abs(total) * mpf(10) ** -50:
            k += 1
            term *= x / k
            total += term
        return front * total, 1 - front * total
    b = x + 1 - shape
    c, d = 1 / TINY, 1 / b
    h = d
    for i in range(1, 10**6):
        top = -i * (i - shape)
        b += 2
        d = 1 / (top * d + b)
        c = b + top / c
        h *= c * d
        if abs(c * d - 1) < mpf(10) ** -45:
            return 1 - front * h, front * h
    raise ArithmeticError("no convergence")


assert abs(beta_tails(0.3, 20, 40)[0] / betainc(20, 40, 0, mpf(0.3), regularized=True) - 1) < mpf(10) ** -40
assert abs(gamma_tails(8, 10)[0] / gammainc(10, 0, 8, regularized=True) - 1) < mpf(10) ** -40
assert abs(gamma_tails(30, 10)[1] / gammainc(10, 30, inf, regularized=True) - 1) < mpf(10) ** -40


def normal_cdf(x):
    return erfc(-mpf(x) / sqrt(mpf(2))) / 2


def normal_quantile(p):
    """Newton's steps on ln cdf, from above in the tail: the logarithm is concave, so that they come home."""
    p = mpf(p)
    if p > mpf("0.5"):
        return -normal_quantile(1 - p)
    z = -sqrt(-2 * log(p)) if p < mpf("0.1") else mpf(0)
    for _ in range(200):
        cdf = normal_cdf(z)
        step = log(cdf / p) * cdf / (exp(-z * z / 2) / sqrt(2 * mp.pi))
        z -= step
        if abs(step) < mpf(10) ** -45:
            return z
    raise ArithmeticError("no convergence")


def t_tails(t, df):
    """P(T <= t), P(T > t)."""
    t, df = mpf(t), mpf(df)
    square = t * t
    # By the smaller argument, so that neither end cancels.
    tail = beta_tails(df / (df + square), df / 2, mpf(1) / 2)[0] / 2
    return (tail, 1 - tail) if t < 0 else (1 - tail, tail)


def f_upper(x, d1, d2):
    x, d1, d2 = mpf(x), mpf(d1), mpf(d2)
    return beta_tails(d2 / (d2 + d1 * x), d2 / 2, d1 / 2)[0]


def binomial_cdf(k, n, p):
    return mpf(1) if k >= n else beta_tails(mpf(p), k + 1, n - k)[1]


def binomial_sf(k, n, p):
    return mpf(0) if k >= n else beta_tails(mpf(p), k + 1, n - k)[0]


def hypergeometric_cdf(k, population, successes, draws):
    first = max(0, draws - (population - successes))
    total = sum(comb(successes, i) * comb(population - successes, draws - i) for i in range(first, k + 1))
    return mpf(total) / comb(population, draws)


def quantile_between(cdf, p, low, high):
    """Where an increasing cdf takes p, by bisection on the logarithm of x, and then of the distance to 1."""
    low, high = mpf(low), mpf(high)
    for _ in range(400):
        middle = sqrt(low * high) if high / low > 1.0001 else (low + high) / 2
        if cdf(middle) < p:
            low = middle
        else:
            high = middle
        if high - low < high * mpf(10) ** -25:
            break
    return (low + high) / 2


def t_quantile(p, df):
    p = mpf(p)
    if p > mpf("0.5"):
        return -t_quantile(1 - p, df)
    return -quantile_between(lambda t: -t_tails(-t, df)[0], -p, mpf(10) ** -30, mpf(10) ** 60)


def beta_quantile(p, a, b):
    return quantile_between(lambda x: beta_tails(x, a, b)[0], mpf(p), mpf(10) ** -300, mpf(1))


def gamma_quantile(p, shape):
    return quantile_between(lambda x: gamma_tails(x, shape)[0], mpf(p), mpf(10) ** -300, mpf(10) ** 12)


# Tests and intervals


def pooled_z(c1, n1, c2, n2):
    p1, p2, pooled = mpf(c1) / n1, mpf(c2) / n2, mpf(c1 + c2) / (n1 + n2)
    return (p2 - p1) / sqrt(pooled * (1 - pooled) * (mpf(1) / n1 + mpf(1) / n2))


def two_sided(z):
    return erfc(abs(z) / sqrt(mpf(2)))


def fisher_two_sided(c1, n1, c2, n2):
    successes = c1 + c2
    ways = {k: comb(n2, k) * comb(n1, successes - k) for k in range(max(0, successes - n1), min(n2, successes) + 1)}
    return mpf(sum(w for w in ways.values() if w <= ways[c2])) / comb(n1 + n2, successes)


def supremum(n1, n2, tables):
    """The largest chance of the tables over the common rate: a grid for its peaks, and a search at each of the best."""
    counts = [(i + j, comb(n1, i) * comb(n2, j)) for i, j in tables]
    weights = {}
    for total, ways in counts:
        weights[total] = weights.get(total, 0) + ways
    n = n1 + n2

    def chance(p):
        return sum(w * p**k * (1 - p) ** (n - k) for k, w in weights.items())

    grid = numpy.linspace(0, 1, 4001)
    rough = sum(float(w) * grid**k * (1 - grid) ** (n - k) for k, w in weights.items())
    peaks = [i for i in range(1, 4000) if rough[i] >= rough[i - 1] and rough[i] >= rough[i + 1]]
    best = max(chance(mpf(0)), chance(mpf(1)))
    for i in sorted(peaks, key=lambda i: -rough[i])[:3]:
        low, high = mpf(grid[i - 1]), mpf(grid[i + 1])
        for _ in range(120):
            a, b = low + (high - low) / 3, high - (high - low) / 3
            low, high = (a, high) if chance(a) < chance(b) else (low, b)
        best = max(best, chance((low + high) / 2))
    return best


def squared_z(c1, n1, c2, n2):
    """The square of the pooled z as a fraction, so that ties are ties."""
    if c1 + c2 in (0, n1 + n2):
        return Fraction(0)
    p1, p2, pooled = Fraction(c1, n1), Fraction(c2, n2), Fraction(c1 + c2, n1 + n2)
    return (p2 - p1) ** 2 / (pooled * (1 - pooled) * (Fraction(1, n1) + Fraction(1, n2)))


def barnard_two_sided(c1, n1, c2, n2):
    seen = squared_z(c1, n1, c2, n2)
    return supremum(n1, n2, [(i, j) for i in range(n1 + 1) for j in range(n2 + 1) if squared_z(i, n1, j, n2) >= seen])


def boschloo_greater(c1, n1, c2, n2):
    """One-sided, treatment above control: tables with as small a one-sided Fisher p-value."""

    def fisher(i, j):
        ways = sum(comb(n2, k) * comb(n1, i + j - k) for k in range(j, min(n2, i + j) + 1))
        return Fraction(ways, comb(n1 + n2, i + j))

    seen = fisher(c1, c2)
    return supremum(n1, n2, [(i, j) for i in range(n1 + 1) for j in range(n2 + 1) if fisher(i, j) <= seen])


def restricted_for_difference(c1, n1, c2, n2, delta):
    """Control's rate of greatest likelihood where p2 - p1 = delta: the score is decreasing, so it is bisected."""
    low, high = max(mpf(0), -delta), min(mpf(1), 1 - delta)

    def score(p):
        q = p + delta
        return (c1 - n1 * p) * q * (1 - q) + (c2 - n2 * q) * p * (1 - p)

    for _ in range(170):
        middle = (low + high) / 2
        low, high = (middle, high) if score(middle) > 0 else (low, middle)
    return (low + high) / 2


def mee_z(c1, n1, c2, n2, delta):
    p1 = restricted_for_difference(c1, n1, c2, n2, delta)
    p2 = p1 + delta
    return (mpf(c2) / n2 - mpf(c1) / n1 - delta) / sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)


def restricted_for_ratio(c1, n1, c2, n2, ratio):
    """Control's rate where p2 = ratio p1 (Koopman 1984): the smaller root of a quadratic."""
    a = ratio * (n1 + n2)
    b = -(ratio * (n2 + c1) + c2 + n1)
    return (-b - sqrt(b * b - 4 * a * (c1 + c2))) / (2 * a)


def koopman_z(c1, n1, c2, n2, ratio):
    p1 = restricted_for_ratio(c1, n1, c2, n2, ratio)
    p2 = ratio * p1
    return (mpf(c2) / n2 - ratio * mpf(c1) / n1) / sqrt(p2 * (1 - p2) / n2 + ratio**2 * p1 * (1 - p1) / n1)


def bisect(decreasing, level, low, high):
    low, high = mpf(low), mpf(high)
    for _ in range(170):
        middle = (low + high) / 2
        low, high = (middle, high) if decreasing(middle) > level else (low, middle)
    return (low + high) / 2


Z95 = normal_quantile(mpf(975) / 1000)


def mee_lower(c1, n1, c2, n2):
    return bisect(lambda d: mee_z(c1, n1, c2, n2, d), Z95, -1 + mpf(10) ** -40, mpf(c2) / n2 - mpf(c1) / n1)


def koopman_upper(c1, n1, c2, n2):
    ratio = mpf(c2) / n2 / (mpf(c1) / n1)
    high = max(ratio, mpf(1)) * 2
    while koopman_z(c1, n1, c2, n2, high) > -Z95:
        high *= 2
    return bisect(lambda r: koopman_z(c1, n1, c2, n2, r), -Z95, ratio, high) - 1


def wilson_upper(c, n):
    p, z2 = mpf(c) / n, Z95**2
    return (p + z2 / (2 * n) + Z95 * sqrt(p * (1 - p) / n + z2 / (4 * mpf(n) ** 2))) / (1 + z2 / n)


def clopper_pearson_upper(c, n):
    return quantile_between(lambda p: -beta_tails(p, c + 1, n - c)[1], -mpf(25) / 1000, mpf(10) ** -30, mpf(1))


def welch_p(n1, mean1, variance1, n2, mean2, variance2):
    a, b = mpf(variance1) / n1, mpf(variance2) / n2
    df = (a + b) ** 2 / (a**2 / (n1 - 1) + b**2 / (n2 - 1))
    return 2 * t_tails(-abs(mpf(mean2) - mpf(mean1)) / sqrt(a + b), df)[0]


# p-values of a family


P_VALUES = [float(f"{((i * 0.6180339887498949) % 1) ** 4:.6g}") for i in range(1, 201)]


def holm(p):
    order = sorted(range(len(p)), key=lambda i: p[i])
    out, running = [mpf(0)] * len(p), mpf(0)
    for rank, i in enumerate(order):
        running = max(running, min(mpf(1), mpf(p[i]) * (len(p) - rank)))
        out[i] = running
    return out


def benjamini_hochberg(p):
    order = sorted(range(len(p)), key=lambda i: -p[i])
    out, running = [mpf(0)] * len(p), mpf(1)
    for rank, i in enumerate(order):
        running = min(running, mpf(p[i]) * len(p) / (len(p) - rank))
        out[i] = running
    return out


def hommel(p):
    """By the closure (Hommel 1988): the adjusted value is the largest Simes p-value of a set that holds it."""
    m = len(p)
    ordered = sorted(mpf(v) for v in p)
    out = []
    for value in p:
        v, worst = mpf(value), mpf(value)
        for size in range(1, m + 1):
            # The least favourable set of this size: the largest size - 1 of the others, and this one.
            rank = ordered.index(v)
            others = ordered[:rank] + ordered[rank + 1 :]
            chosen = sorted(others[m - size :] + [v])
            worst = max(worst, min(size * q / (i + 1) for i, q in enumerate(chosen)))
        out.append(min(worst, mpf(1)))
    return out


# Power and sizes


def pooled_power(p1, p2, n, alpha):
    """Two-sided, both tails (R's strict = TRUE), the variance under the null pooled."""
    p1, p2, z = mpf(p1), mpf(p2), -normal_quantile(mpf(alpha) / 2)
    mean = (p1 + p2) / 2
    null, real = sqrt(2 * mean * (1 - mean)), sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    shift = abs(p2 - p1) * sqrt(mpf(n))
    return normal_cdf((shift - z * null) / real) + normal_cdf((-shift - z * null) / real)


def pooled_size(p1, p2, alpha, power):
    p1, p2 = mpf(p1), mpf(p2)
    mean = (p1 + p2) / 2
    za, zb = -normal_quantile(mpf(alpha) / 2), normal_quantile(mpf(power))
    root = za * sqrt(2 * mean * (1 - mean)) + zb * sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return mp.ceil((root / (p2 - p1)) ** 2)


def t_power(n, difference, alpha):
    """Two-sided power of Student's t test, standard deviation 1: the noncentral t as a mean over the variance."""
    df, shift = 2 * n - 2, mpf(difference) * sqrt(mpf(n) / 2)
    critical = -t_quantile(mpf(alpha) / 2, df)
    half = mpf(df) / 2
    constant = half * log(half) - loggamma(half)

    def density(s):
        # Of s = (sample standard deviation) / sigma.
        return 2 * exp(constant + (df - 1) * log(s) - half * s * s)

    spread = 1 / sqrt(mpf(2 * df))
    points = [max(mpf(10) ** -30, 1 + k * spread) for k in (-30, -12, -8, -4, -2, 0, 2, 4, 8, 12, 30)]
    points = sorted(set(points))
    tails = lambda s: (normal_cdf(shift - critical * s) + normal_cdf(-shift - critical * s)) * density(s)
    return quad(tails, points)


def obrien_fleming_spent(t):
    return 2 * (1 - normal_cdf(-normal_quantile(mpf(1) / 80) / sqrt(mpf(t))))


def pocock_spent(t):
    return mpf(1) / 40 * log(1 + (mp.e - 1) * mpf(t))


def two_look_boundaries(spent):
    """One-sided level 0.025, looks at a half and at all of the information: the second by the bivariate normal."""
    first_alpha, rho = spent(mpf(1) / 2), sqrt(mpf(1) / 2)
    first = -normal_quantile(first_alpha)

    def crossed(second):
        # P(Z1 < first, Z2 >= second), Z2 given Z1.
        weight = lambda z: exp(-z * z / 2) / sqrt(2 * mp.pi)
        given = lambda z: normal_cdf((rho * z - second) / sqrt(1 - rho**2))
        return quad(lambda z: weight(z) * given(z), [-14, -8, -4, -2, 0, 1, first])

    second = findroot(lambda b: crossed(b) - (mpf(1) / 40 - first_alpha), (mpf("1.9"), mpf("2.3")), tol=mpf(10) ** -30)
    return [first, second]


def probability_to_beat(c1, n1, c2, n2):
    """P(B > A), uniform priors: the finite sum over the whole-number parameters."""
    a1, b1, a2, b2 = c1 + 1, n1 - c1 + 1, c2 + 1, n2 - c2 + 1
    log_beta = lambda a, b: loggamma(mpf(a)) + loggamma(mpf(b)) - loggamma(mpf(a + b))
    return sum(
        exp(log_beta(a1 + i, b1 + b2) - log(mpf(b2 + i)) - log_beta(1 + i, b2) - log_beta(a1, b1)) for i in range(a2)
    )


def random_effects_tau(effects, variances):
    """The standard deviation between experiments by maximum likelihood, the mean estimated too."""
    y, v = [mpf(e) for e in effects], [mpf(w) for w in variances]

    def slope(t2):
        w = [1 / (t2 + vi) for vi in v]
        mean = sum(a * b for a, b in zip(w, y)) / sum(w)
        return sum((yi - mean) ** 2 * wi**2 - wi for yi, wi in zip(y, w))

    low, high = mpf(0), max((a - b) ** 2 for a in y for b in y)
    for _ in range(170):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return sqrt((low + high) / 2)


EFFECTS = [0.031, -0.012, 0.055, 0.004, 0.082, -0.035, 0.018, 0.047, -0.021, 0.063]
VARIANCES = [0.0004, 0.0003, 0.0005, 0.0002, 0.0009, 0.0006, 0.0003, 0.0004, 0.0005, 0.0007]


def pooled_variance(parts):
    """Mean and sample variance of parts given by n, mean and sample variance."""
    n = sum(p[0] for p in parts)
    mean = sum(mpf(p[0]) * mpf(p[1]) for p in parts) / n
    squares = sum((p[0] - 1) * mpf(p[2]) + p[0] * (mpf(p[1]) - mean) ** 2 for p in parts)
    return squares / (n - 1)


# Tasks


def task(name, group, arguments, f, timed, others=()):
    """`timed`: ordinary inputs, on which calls are timed too. A vector's errors are its worst entry's."""
    inputs = [*timed, *others]
    values = [f(*x) for x in inputs]
    # An error is told as a share of the value: one that a double cannot hold has none.
    assert all(v > mpf(10) ** -300 for v in values if not isinstance(v, list) and v > 0) and 0 not in values, name
    show = lambda v: nstr(v, 20) if not isinstance(v, list) else [nstr(e, 20) for e in v]
    return {
        "name": name,
        "group": group,
        "arguments": arguments,
        "inputs": inputs,
        "timed": len(timed),
        "truth": [show(v) for v in values],
    }


DISTRIBUTIONS, TESTS, SIZES, OTHERS = "Distributions", "Tests and intervals", "Power and sizes", "Many looks, many tests, priors"
TABLE = ["controlConversions", "controlN", "treatmentConversions", "treatmentN"]
TABLES = [[122, 21306, 267, 21307], [2400, 20000, 2480, 20000], [7, 100, 14, 100]]
HARD_TABLES = [[0, 50, 3, 60], [1, 1000, 30, 1000], [100_000, 1_000_000, 101_000, 1_000_000]]
HUGE_TABLE = [100_000_000, 1_000_000_000, 100_100_000, 1_000_000_000]

tasks = [
    task("normal.cdf", DISTRIBUTIONS, ["x"], normal_cdf, [[-1.3], [0.4], [2.1], [-3.2]], [[-8.2], [-15.5], [-37.0], [1e-9], [7.5]]),
    task("normal.quantile", DISTRIBUTIONS, ["p"], normal_quantile, [[0.975], [0.2], [0.6], [0.01]], [[1e-8], [1e-20], [1e-100], [1e-300], [0.5000001]]),
    task("studentT.cdf", DISTRIBUTIONS, ["t", "df"], lambda t, df: t_tails(t, df)[0], [[-1.3, 30], [2.1, 12], [-2.5, 400]], [[-12, 5], [-40, 30], [-1.96, 1e6], [-8, 1e9], [-1e10, 1.5], [1e-8, 3]]),
    task("studentT.quantile", DISTRIBUTIONS, ["p", "df"], t_quantile, [[0.975, 30], [0.2, 12], [0.995, 400]], [[1e-10, 4], [1e-30, 20], [0.025, 1e6], [0.025, 1e9], [1e-5, 1.2]]),
    task("beta.cdf", DISTRIBUTIONS, ["x", "a", "b"], lambda *x: beta_tails(*x)[0], [[0.3, 20, 40], [0.012, 123, 10_000], [0.5, 3, 2]], [[0.001, 20, 40], [1e-5, 0.5, 0.5], [0.0999, 1e8, 9e8], [0.00098, 1e5, 1e8], [0.31, 1e4, 2e4], [1e-40, 0.01, 5]]),
    task("beta.sf", DISTRIBUTIONS, ["x", "a", "b"], lambda *x: beta_tails(*x)[1], [[0.3, 20, 40], [0.013, 123, 10_000], [0.5, 3, 2]], [[0.9, 20, 40], [0.999999, 2, 30], [0.1001, 1e8, 9e8], [0.00102, 1e5, 1e8]]),
    task("beta.quantile", DISTRIBUTIONS, ["p", "a", "b"], beta_quantile, [[0.3, 20, 40], [0.975, 123, 10_000], [0.5, 3, 2]], [[1e-10, 20, 40], [0.025, 1e5, 1e8], [0.025, 0.01, 5], [1e-5, 1e8, 9e8], [0.999999, 2, 30]]),
    task("gamma.cdf", DISTRIBUTIONS, ["x", "shape"], lambda *x: gamma_tails(*x)[0], [[8, 10], [2.5, 1.5], [120, 100]], [[0.1, 10], [1e-10, 0.1], [990_000, 1e6], [99_960_000, 1e8], [1, 60]]),
    task("gamma.sf", DISTRIBUTIONS, ["x", "shape"], lambda *x: gamma_tails(*x)[1], [[8, 10], [2.5, 1.5], [120, 100]], [[100, 10], [600, 0.5], [1_010_000, 1e6], [100_040_000, 1e8]]),
    task("gamma.quantile", DISTRIBUTIONS, ["p", "shape"], gamma_quantile, [[0.3, 10], [0.975, 1.5], [0.5, 100]], [[1e-10, 10], [0.025, 0.1], [0.025, 1e6], [0.975, 1e8]]),
    task("chiSquared.sf", DISTRIBUTIONS, ["x", "df"], lambda x, df: gamma_tails(mpf(x) / 2, mpf(df) / 2)[1], [[12, 10], [3.84, 1], [130, 100]], [[200, 10], [1300, 3], [1e-9, 1], [1_010_000, 1e6]]),
    task("f.sf", DISTRIBUTIONS, ["x", "df1", "df2"], f_upper, [[2.3, 5, 100], [1.1, 30, 30], [4, 1, 12]], [[40, 3, 200], [1.2, 1e4, 1e5], [300, 2, 1e6], [0.001, 2, 9]]),
    task("binomial.cdf", DISTRIBUTIONS, ["k", "n", "p"], binomial_cdf, [[28, 100, 0.3], [120, 10_000, 0.012], [3, 12, 0.5]], [[5, 100, 0.3], [99_000, 1_000_000, 0.1], [99_950_000, 1_000_000_000, 0.1], [0, 1_000_000, 1e-4], [48_500, 100_000, 0.5]]),
    task("binomial.sf", DISTRIBUTIONS, ["k", "n", "p"], binomial_sf, [[28, 100, 0.3], [130, 10_000, 0.012], [3, 12, 0.5]], [[80, 100, 0.3], [101_000, 1_000_000, 0.1], [100_050_000, 1_000_000_000, 0.1], [51_500, 100_000, 0.5]]),
    task("poisson.cdf", DISTRIBUTIONS, ["k", "mean"], lambda k, m: gamma_tails(m, k + 1)[1], [[8, 10], [2, 1.5], [95, 100]], [[1, 60], [990_000, 1e6], [99_960_000, 1e8], [0, 400]]),
    task("hypergeometric.cdf", DISTRIBUTIONS, ["k", "population", "successes", "draws"], hypergeometric_cdf, [[7, 200, 21, 100], [3, 60, 12, 20], [40, 1000, 100, 450]], [[30, 2000, 200, 1000], [20, 20_000, 250, 10_000], [380, 100_000, 1000, 50_000]]),
    task("two-proportion z test", TESTS, TABLE, lambda *t: two_sided(pooled_z(*t)), TABLES, [*HARD_TABLES, HUGE_TABLE, [1000, 20_000, 2000, 20_000]]),
    task("Fisher's exact test", TESTS, TABLE, fisher_two_sided, [[7, 100, 14, 100], [30, 1000, 52, 1000], [122, 2130, 267, 2130]], [[0, 50, 3, 60], [1, 1000, 30, 1000], [1000, 100_000, 1200, 100_000], [100, 1000, 400, 1000]]),
    task("Barnard's test", TESTS, TABLE, barnard_two_sided, [[3, 20, 9, 20], [2, 25, 8, 24]], [[7, 12, 1, 15], [0, 12, 5, 12], [1, 10, 4, 9], [0, 8, 8, 8]]),
    task("Boschloo's test, one-sided", TESTS, TABLE, boschloo_greater, [[3, 20, 9, 20], [2, 25, 8, 24]], [[1, 15, 7, 12], [0, 12, 5, 12], [1, 10, 4, 9], [0, 8, 8, 8]]),
    task("difference, score interval, lower end", TESTS, TABLE, mee_lower, TABLES, [*HARD_TABLES, [0, 40, 40, 40]]),
    task("lift, score interval, upper end", TESTS, TABLE, koopman_upper, TABLES, [[1, 1000, 30, 1000], [100_000, 1_000_000, 101_000, 1_000_000], [3, 50, 0, 60]]),
    task("rate, Wilson interval, upper end", TESTS, ["conversions", "n"], wilson_upper, [[122, 21306], [7, 100], [2400, 20000]], [[0, 50], [1, 1_000_000_000], [49, 50]]),
    task("rate, Clopper-Pearson interval, upper end", TESTS, ["conversions", "n"], clopper_pearson_upper, [[122, 21306], [7, 100], [2400, 20000]], [[0, 50], [1, 1_000_000_000], [100_000_000, 1_000_000_000], [49, 50]]),
    task("Welch's t test", TESTS, ["controlN", "controlMean", "controlVariance", "treatmentN", "treatmentMean", "treatmentVariance"], welch_p, [[21306, 0.65, 134, 21307, 1.42, 315], [40, 10.1, 4, 38, 11.3, 5.2]], [[40, 10.1, 4, 38, 31.3, 5.2], [1_000_000, 0.65, 134, 1_000_000, 1.05, 135], [3, 1, 0.01, 4, 9, 25]]),
    task("variance of merged parts", TESTS, ["parts"], lambda parts: pooled_variance(parts), [[[[1000, 1.2, 30], [1200, 1.4, 41]]], [[[40, 10, 4], [50, 11, 6]]]], [[[[1000, 1e9, 1], [1000, 1e9 + 1, 1]]], [[[5, 1e-9, 1e-20], [7, 2e-9, 1e-20]]]]),
    task("power, two proportions", SIZES, ["baseline", "changed", "n", "alpha"], pooled_power, [[0.05, 0.06, 8000, 0.05], [0.1, 0.12, 3000, 0.05], [0.02, 0.021, 50_000, 0.01]], [[0.5, 0.9, 10, 0.05], [0.001, 0.0012, 1000, 0.001], [0.3, 0.3001, 1000, 1e-8]]),
    task("sample size, two proportions", SIZES, ["baseline", "changed", "alpha", "power"], pooled_size, [[0.05, 0.06, 0.05, 0.8], [0.1, 0.12, 0.05, 0.9], [0.02, 0.021, 0.01, 0.8]], [[0.5, 0.9, 0.05, 0.8], [0.001, 0.0012, 0.001, 0.95], [0.3, 0.3001, 1e-6, 0.99]]),
    task("power, t test", SIZES, ["n", "difference", "alpha"], t_power, [[64, 0.5, 0.05], [400, 0.2, 0.05], [1000, 0.1, 0.01]], [[5, 1.5, 0.05], [10, 4, 0.001], [100_000, 0.01, 0.05], [30, 0.001, 1e-6]]),
    task("adjusted p-values, Holm", OTHERS, ["pValues"], holm, [[P_VALUES]]),
    task("adjusted p-values, Benjamini-Hochberg", OTHERS, ["pValues"], benjamini_hochberg, [[P_VALUES]]),
    task("adjusted p-values, Hommel", OTHERS, ["pValues"], hommel, [[P_VALUES]]),
    task("boundaries of two looks, O'Brien-Fleming spending", OTHERS, [], lambda: two_look_boundaries(obrien_fleming_spent), [[]]),
    task("boundaries of two looks, Pocock spending", OTHERS, [], lambda: two_look_boundaries(pocock_spent), [[]]),
    task("chance to be better, uniform priors", OTHERS, TABLE, probability_to_beat, TABLES, [[1, 1000, 3, 1000], [1000, 10_000, 900, 10_000]]),
    task("spread of true effects over experiments", OTHERS, ["effects", "variances"], random_effects_tau, [[EFFECTS, VARIANCES]], [[[e * 10 for e in EFFECTS], VARIANCES]]),
]
print(json.dumps(tasks, indent=1))
