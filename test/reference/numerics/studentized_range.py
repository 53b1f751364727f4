"""Studentized range: studentized_range.csv.

mpmath, 30 digits. With the largest of `groups` standard normal means at x, the range is at most r with probability
groups * int phi(x) (Phi(x) - Phi(x - r))^(groups - 1) dx; for finite df that is averaged over u = ln S, df S^2
chi-squared. Both tails are integrals of positive functions, by the trapezoidal rule at twice the step that suffices
and at half of it, which must agree to 20 digits. Run: python3 studentized_range.py > studentized_range.csv
"""
import random
from mpmath import mp, mpf, exp, log, expm1, log1p, loggamma, erfc, sqrt, pi, ncdf

mp.dps = 30


def upper(z):
    return erfc(z / sqrt(mpf(2))) / 2


def trapezoid(f, at, step):
    """The sum over the line, outward from `at`, doubled in density until 20 digits agree."""
    def run(offset, h):
        total, k = mpf(0), 0
        for side in (1, -1):
            k = 0
            while True:
                x = at + side * (offset + k * h)
                term = f(x)
                total += term
                if k > 3 and term < total * mpf(10) ** -24:
                    break
                k += 1
        return total
    total = run(step, step) + f(at)
    h = step
    while True:
        finer = run(h / 2, h) + total
        h /= 2
        if abs(finer * h / (total * 2 * h) - 1) < mpf(10) ** -11:  # the next one has twice the digits
            return finer * h
        total = finer


def range_tail(r, groups, is_upper):
    def f(x):
        below, beyond = upper(-x), upper(r - x)
        phi = exp(-x * x / 2) / sqrt(2 * pi)
        if is_upper:
            share = beyond / below
            return phi * below ** (groups - 1) * -expm1((groups - 1) * log1p(-share)) if share < 1 else mpf(0)
        if x < r / 2:
            slice_ = upper(-x) - upper(r - x)
        else:
            slice_ = upper(x - r) - upper(x)
        return phi * slice_ ** (groups - 1)
    start = r / 2 if is_upper else min(r / 2, mpf(1))
    # Uphill to the peak.
    h = mpf(1)
    while h > 0.05:
        if f(start + h) > f(start):
            start += h
        elif f(start - h) > f(start):
            start -= h
        else:
            h /= 2
    return groups * trapezoid(f, start, mpf(1) / 2)


def tail(q, groups, df, is_upper):
    q = mpf(q)
    if df == "Infinity":
        return range_tail(q, groups, is_upper)
    a = mpf(df) / 2
    constant = log(2) + a * log(a) - a - loggamma(a)
    f = lambda u: exp(constant + a * (2 * u - expm1(2 * u))) * range_tail(q * exp(u), groups, is_upper)
    start = -log(1 + q * q / (2 * mpf(df))) / 2 if is_upper else mpf(0)
    return trapezoid(f, start, min(mpf(1) / 2, 1 / sqrt(2 * mpf(df))))


random.seed(11)
print("# mpmath 1.3, 30 digits: studentized_range.py")
print("function,q,groups,df,value")
cases = [(3.5, 3, 10.0), (0.5, 4, "Infinity"), (3.0, 4, "Infinity"), (8.0, 10, "Infinity"), (40.0, 3, "Infinity"),
         (1e-3, 5, "Infinity"), (6.0, 1000, "Infinity"), (20.0, 3, 10.0), (5.0, 50, 100.0), (1.0, 10, 5.0),
         (3.5, 3, 1e6), (12.0, 6, 30.0), (100.0, 3, 4.0), (2.0, 20, 2.0), (0.01, 3, 7.0), (30.0, 5, 200.0)]
for q, groups, df in cases:
    for name, is_upper in (("studentized_range_cdf", False), ("studentized_range_sf", True)):
        value = tail(q, groups, df, is_upper)
        print(f"{name},{q!r},{groups},{df},{mp.nstr(value, 18)}", flush=True)
