"""Noncentral t far beyond the table of ordinary arguments: nct_wide.csv.

mpmath, 40 digits: E of the normal tail at t S - noncentrality over u = ln S, df S^2 chi-squared, by Gauss-Legendre
quadrature in pieces about the peak of the integrand, cut where it has fallen by e^-80. Arguments are doubles.
Run: python3 nct_wide.py 3 70 > nct_wide.csv
"""
import random
import sys
from mpmath import mp, mpf, exp, log, expm1, loggamma, erfc, sqrt, pi, inf

mp.dps = 40


def log_tail(z):
    """ln P(Z > z)."""
    if z < 200:
        return log(erfc(z / sqrt(mpf(2))) / 2)
    # The asymptotic series, far beyond where it reaches 40 digits.
    term, total, n = mpf(1), mpf(0), 0
    while abs(term) > mpf(10) ** -45:
        total += term
        n += 1
        term *= -(2 * n - 1) / z**2
    return -z * z / 2 - log(z * sqrt(2 * pi)) + log(total)


def integral(log_g, df, start, step=None):
    """ln E g(U); `step`, where g changes suddenly and how fast, if it does."""
    a = mpf(df) / 2
    constant = log(2) + a * log(a) - a - loggamma(a)
    f = lambda u: a * (2 * u - expm1(2 * u)) + log_g(u)
    x, h = mpf(start), 1 / sqrt(2 * mpf(df) + 2)
    height = f(x)
    while h > mpf(10) ** -12 / sqrt(mpf(df) + 1):
        better = max((f(x - h), x - h), (f(x + h), x + h))
        if better[0] > height:
            height, x = better
            h *= 2
        else:
            h /= 4
    edges = {}
    for side in (-1, 1):
        w = 1 / sqrt(2 * mpf(df) + 2)
        while f(x + side * w) < height - 80:
            w /= 2
        while f(x + side * w) > height - 80:
            w *= mpf(3) / 2
        edges[side] = w
    # The integrand may be sharp on one side of its peak and slow on the other: pieces in ratio 2 down to the narrowest.
    points = [x]
    for side in (-1, 1):
        w = edges[side]
        for k in range(14):
            points.append(x + side * w * mpf(2) ** -k)
    if step:
        at, width = step
        points += [at + side * width * 2**k for side in (-1, 0, 1) for k in range(8)]
    points = sorted({p for p in points if x - edges[-1] <= p <= x + edges[1]})
    total = mp.quad(lambda u: exp(f(u) - height), points)
    return constant + height + log(total)


def rows(t, df, ncp):
    t, df, ncp = mpf(t), mpf(df), mpf(ncp)
    h = mp.hypot(t, sqrt(df))
    b = ncp * t / h
    s = (b + sqrt(b * b + 4 * df)) / (2 * h)
    z = lambda u: t * exp(u) - ncp
    step = (log(ncp / t), 1 / abs(ncp)) if ncp * t > 0 else None
    upper = integral(lambda u: log_tail(z(u)), df, 0 if t < ncp else log(s), step)
    lower = integral(lambda u: log_tail(-z(u)), df, 0 if t > ncp else log(s), step)
    density = integral(lambda u: u - z(u) ** 2 / 2 - log(2 * pi) / 2, df, log(s))
    return {"nct_logsf": upper, "nct_logcdf": lower, "nct_logpdf": density}


def main(seed, count):
    random.seed(seed)
    print("# mpmath 1.3, 40 digits: nct_wide.py")
    print("function,t,df,ncp,value")
    done = 0
    while done < count:
        df = float("%.4g" % 10 ** random.uniform(-1, 9))
        ncp = random.choice([0.0, 1, 1, 1, -1]) * float("%.5g" % 10 ** random.uniform(-1, 3.7))
        s = exp(random.gauss(0, 1.5) / sqrt(2 * df))
        t = float("%.12g" % ((ncp + random.gauss(0, random.choice([1, 3, 12]))) / s))
        if t == 0:
            continue
        values = rows(t, df, ncp)
        if abs(exp(values["nct_logsf"]) + exp(values["nct_logcdf"]) - 1) > mpf(10) ** -25:
            print("skipped", t, df, ncp, mp.nstr(exp(values["nct_logsf"]) + exp(values["nct_logcdf"]) - 1, 5), file=sys.stderr)
            continue
        for name, value in values.items():
            print(f"{name},{t!r},{df!r},{ncp!r},{mp.nstr(value, 20)}")
            if name != "nct_logpdf" and value > -707:
                print(f"{name.replace('log', '')},{t!r},{df!r},{ncp!r},{mp.nstr(exp(value), 20)}")
        done += 1


main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, int(sys.argv[2]) if len(sys.argv) > 2 else 60)
