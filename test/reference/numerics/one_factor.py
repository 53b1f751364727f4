"""One-factor multivariate normal and t deep in the tail: one_factor.csv.

mpmath, 30 digits: P(some T_i > c_i) as a sum over i of the chance that T_i is above its threshold and none before it
is, given the common factor; by the trapezoidal rule over the factor and, for finite df, over ln S.
Run: python3 one_factor.py > one_factor.csv
"""
from mpmath import mp, mpf, exp, log, expm1, loggamma, erfc, sqrt, pi

mp.dps = 30


def upper(z):
    return erfc(z / sqrt(mpf(2))) / 2


def normal_tail(c, lam, two):
    def f(y):
        total, none = mpf(0), mpf(1)
        for ci, li in zip(c, lam):
            s = sqrt(1 - li * li)
            q = upper((ci - li * y) / s) + (upper((ci + li * y) / s) if two else 0)
            total += none * q
            none *= 1 - q
        return total * exp(-y * y / 2) / sqrt(2 * pi)
    reach = max(abs(x) for x in c) + 14
    h = min(sqrt(1 - li * li) for li in lam) / 8
    n = int(reach / h)
    return h * mp.fsum(f(k * h) for k in range(-n, n + 1))


def tail(c, lam, df, two):
    c, lam = [mpf(x) for x in c], [mpf(x) for x in lam]
    if df == "Infinity":
        return normal_tail(c, lam, two)
    a = mpf(df) / 2
    constant = log(2) + a * log(a) - a - loggamma(a)
    h = 1 / sqrt(2 * mpf(df)) / 3
    start = -log(1 + min(c) ** 2 / df) / 2
    f = lambda u: exp(constant + a * (2 * u - expm1(2 * u))) * normal_tail([x * exp(u) for x in c], lam, two)
    total = f(start)
    for side in (1, -1):
        k = 1
        while True:
            term = f(start + side * k * h)
            total += term
            if term < total * mpf(10) ** -17:
                break
            k += 1
    return h * total


print("# mpmath 1.3, 30 digits: one_factor.py")
print("thresholds,loadings,df,sides,log")
for c, lam, df, two in [
    ([3.0, 3.0, 3.0], [0.7, 0.5, 0.3], "Infinity", True),
    ([12.0, 12.0, 12.5], [0.7, 0.5, 0.3], "Infinity", True),
    ([30.0, 30.0], [0.75, 0.75], "Infinity", True),
    ([36.0, 36.5, 37.0], [0.75, -0.9, 0.2], "Infinity", False),
    ([60.0, 60.0], [0.75, 0.75], "Infinity", False),
    ([8.0, 8.0, 20.0], [0.95, -0.95, 0.1], "Infinity", False),
    ([-1.0, -2.0, 0.5], [0.6, 0.4, 0.8], "Infinity", False),
    ([2.5, 2.5, 3.5], [0.7, 0.5, 0.3], 9.0, True),
    ([40.0, 60.0], [0.7, 0.5], 12.0, True),
    ([15.0, 15.0], [0.7, 0.7], 3000.0, False),
]:
    text = lambda values: " ".join(map(repr, values))
    print(f"{text(c)},{text(lam)},{df},{2 if two else 1},{mp.nstr(log(tail(c, lam, df, two)), 20)}", flush=True)
