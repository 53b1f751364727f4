"""Power, sample sizes and detectable differences of planned t-tests: mpmath 1.3, 25 digits.

The noncentral t tail is the normal tail averaged over the chi distribution of the standard error, by Gauss-Legendre
quadrature; the critical value is a root of the incomplete beta function. Arguments are exact doubles.
"welch" is the noncentral t with Satterthwaite's degrees of freedom; "near_exact" is what Welch's test has indeed, given
the share of one arm in all squares, a beta variable, on which its degrees of freedom depend: 1e-9 or better.
Run: python3 t-tests.py > t-tests.json
"""
import json
import random

from mpmath import betainc, exp, findroot, log, loggamma, mp, mpf, ncdf, nstr, quad, sqrt
from scipy import integrate, optimize, stats

mp.dps = 25
random.seed(20250102)


def tail(t, df, d):
    """P(T > t) of the noncentral t distribution."""
    c = log(mpf(2)) + (df / 2) * log(df / 2) - loggamma(df / 2)
    w = 1 / sqrt(2 * df)
    low = -12 * w - (70 / df if df < 100 else 0)
    points = [low] + [k * w for k in (-8, -4, -1, 1, 4, 8, 12)]
    f = lambda u: exp(c + df * u - df / 2 * exp(2 * u)) * ncdf(d - t * exp(u))
    # quad stops at an absolute error.
    height = max(f(u) for u in points)
    return height * quad(lambda u: f(u) / height, points)


def critical(q, df):
    start = mpf(stats.t.isf(float(q), float(df)))
    half = mpf(1) / 2
    return findroot(lambda t: betainc(df / 2, half, 0, df / (df + t * t), regularized=True) / 2 - q, start)


def degrees(test, n, a, s1, s2):
    if test == "t":
        return n * (1 + a) - 2
    v1, v2 = s1 * s1 / n, s2 * s2 / (n * a)
    return (v1 + v2) ** 2 / (v1 * v1 / (n - 1) + v2 * v2 / (n * a - 1))


def powers(case, n):
    q, a, s1, s2, d = (case[k] for k in ("q", "a", "s1", "s2", "d"))
    df = degrees(case["test"], n, a, s1, s2)
    c = critical(q, df)
    nc = d / sqrt(s1 * s1 / n + s2 * s2 / (n * a))
    return tail(c, df, nc), tail(c, df, -nc), c, df


def exact_welch(case, n):
    q, a, s1, s2, d = (float(case[k]) for k in ("q", "a", "s1", "s2", "d"))
    n = float(n)
    f1, f2 = n - 1, n * a - 1
    v1, v2 = s1 * s1 / n, s2 * s2 / (n * a)
    nc = d / (v1 + v2) ** 0.5
    r1, r2 = v1 / (v1 + v2), v2 / (v1 + v2)

    def given(b):
        # The estimated variances, in parts of their expected sum, for one unit of squares in all.
        e1, e2 = r1 * b / f1, r2 * (1 - b) / f2
        df = (e1 + e2) ** 2 / (e1 * e1 / f1 + e2 * e2 / f2)
        scale = ((f1 + f2) * (e1 + e2)) ** 0.5
        return stats.nct.sf(stats.t.isf(q, df) * scale, f1 + f2, nc)

    law = stats.beta(f1 / 2, f2 / 2)
    return integrate.quad(lambda p: given(law.ppf(p)), 0, 1, epsabs=1e-11, epsrel=1e-11, limit=400)[0]


def root(f, rough):
    """The secant method from a root that is right to several digits."""
    x0, x1 = rough * (1 + mpf(10) ** -6), rough
    f0, f1 = f(x0), f(x1)
    while abs(x1 - x0) > mpf(10) ** -20 * abs(x1) and f1 != f0:
        x0, x1, f0 = x1, x1 - f1 * (x1 - x0) / (f1 - f0), f1
        f1 = f(x1)
    return x1


def rough_power(case, n):
    q, a, s1, s2, d = (float(case[k]) for k in ("q", "a", "s1", "s2", "d"))
    df = float(degrees(case["test"], n, a, s1, s2))
    return stats.nct.sf(stats.t.isf(q, df), df, d / (s1 * s1 / n + s2 * s2 / (n * a)) ** 0.5)


def case_of(test, d, s1, s2, a, alpha, power, sides, n):
    given = {"test": test, "difference": d, "control": s1, "treatment": s2, "allocation": a, "alpha": alpha,
             "power": power, "alternative": "two-sided" if sides == 2 else "greater", "n": n}
    case = {"test": test, "q": mpf(alpha) / sides, "a": mpf(a), "s1": mpf(s1), "s2": mpf(s2), "d": mpf(d)}
    near, far, c, df = powers(case, mpf(n))
    least = max(2, 2 / a) if test == "welch" else 3 / (1 + a)
    if rough_power(case, least) >= power:
        control = mpf(least)
    else:
        high = 2 * least
        while rough_power(case, high) < power:
            high *= 2
        rough = optimize.brentq(lambda n: rough_power(case, n) - power, least, high, xtol=1e-9)
        control = root(lambda n: powers(case, n)[0] - mpf(power), mpf(rough))
    se = sqrt(case["s1"] ** 2 / n + case["s2"] ** 2 / (n * case["a"]))
    high = float(c) * 2 + 5
    rough = optimize.brentq(lambda x: stats.nct.sf(float(c), float(df), x) - power, 0, high * 4)
    detectable = root(lambda x: tail(c, df, x) - mpf(power), mpf(rough)) * se
    out = {"control": nstr(control, 18), "near": nstr(near, 18), "far": nstr(far, 18) if sides == 2 else "0",
           "detectable": nstr(detectable, 18)}
    if test == "welch":
        out["near_exact"] = exact_welch(case, n)
    return {"in": given, "out": out}


cases = []
for n, d in ((2, 1.5), (3, 0.7), (5, 2.0), (8, 0.8), (20, 0.5), (60, 0.5), (250, 0.25), (1000, 0.1), (14129, 0.03),
             (100000, 0.01), (5000000, 0.002)):
    for test in ("t", "welch"):
        a = random.choice([0.5, 1.0, 1.0, 2.0, 5.0]) if n > 3 else 1.0
        s2 = 1.0 if test == "t" else random.choice([0.5, 1.5, 3.0])
        cases.append(case_of(test, d, 1.0, s2, a, random.choice([0.05, 0.01, 0.001, 1e-6 if n > 50 else 0.1]),
                             random.choice([0.8, 0.9, 0.99, 0.5]), random.choice([1, 2]), float(n)))
# Far tails, power close to 1, and none to speak of.
cases.append(case_of("t", 3.0, 1.0, 1.0, 1.0, 0.05, 0.999999, 2, 40.0))
cases.append(case_of("t", 0.001, 1.0, 1.0, 3.0, 0.05, 0.1, 2, 40.0))
cases.append(case_of("t", 0.6, 1.0, 1.0, 1.0, 1e-12, 0.95, 2, 400.0))
cases.append(case_of("t", 5.0, 1.0, 1.0, 1.0, 0.05, 0.8, 2, 2.5))

print('{"source": "mpmath 1.3, 25 digits: t-tests.py", "conventions": "standard deviations control and treatment; '
      'n: units of the control arm for near, far and detectable; control: exact n for the power asked for; near_exact: '
      'of Welch\'s test itself, by quadrature in SciPy to 1e-9", "cases": [')
print(",\n".join(json.dumps(case) for case in cases))
print("]}")
