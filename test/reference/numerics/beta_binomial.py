"""Beta-binomial reference values: mpmath 1.3 at 50 digits. Up to n = 20000 the probabilities are summed outwards from k
by their exact ratios; beyond, the sum is Euler-Maclaurin on log-gamma at 50 digits with Gauss-Legendre panels.
Run: python3 beta_binomial.py 20261122 45 > beta_binomial.csv"""
import random, sys
from mpmath import mp, mpf, loggamma, exp, log, quad, diff, sqrt
mp.dps = 50
seed = int(sys.argv[1]) if len(sys.argv) > 1 else 20261122
count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
random.seed(seed)

def logpmf(k, n, a, b):
    return (loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1) + loggamma(k + a) + loggamma(n - k + b)
            - loggamma(n + a + b) + loggamma(a + b) - loggamma(a) - loggamma(b))

def by_ratios(k, n, a, b, up):
    """Sum of the probabilities from k to the end."""
    w = total = mpf(1)
    j = k
    while j < n if up else j > 0:
        if up:
            w = w * (j + a) * (n - j) / ((j + 1) * (n - j - 1 + b)); j += 1
        else:
            w = w * j * (n - j + b) / ((j - 1 + a) * (n - j + 1)); j -= 1
        total += w
    return exp(logpmf(k, n, a, b)) * total

def by_integral(k, n, a, b, up):
    s = 1 if up else -1
    f = lambda v: exp(logpmf(k + s * v, n, a, b) - base)
    base = logpmf(mpf(k), n, a, b)
    end = mpf(n - k if up else k)
    width = sqrt(mpf(n) * a * b * (a + b + n) / ((a + b) ** 2 * (a + b + 1))) / 4
    points = [mpf(0)]
    step = min(width, end / 8)
    while points[-1] < end:
        points.append(min(end, points[-1] + step)); step *= mpf(1.15)
        if f(points[-1]) < mpf(10) ** -45 and points[-1] > 40 * width: break
    total = quad(f, points, maxdegree=7)
    c = [diff(f, 0, i, h=mpf(10) ** -6 * width) for i in (1, 3, 5)]
    total += mpf(1) / 2 - c[0] / 12 + c[1] / 720 - c[2] / 30240
    return exp(base) * total

def main():
    print("function,k,n,a,b,value")
    for i in range(count):
        n = int(10 ** random.uniform(0, 4.3))
        a, b = (10 ** random.uniform(-2, 6 if random.random() < .5 else 2) for _ in range(2))
        a, b = float("%.17g" % a), float("%.17g" % b)
        A, B = mpf(a), mpf(b)
        mean = n * A / (A + B)
        sd = sqrt(mean * B / (A + B) * (A + B + n) / (A + B + 1))
        near = min(n - 1, max(0, int(mean + random.uniform(-9, 9) * sd)))
        k = near if random.random() < .5 else random.randint(0, n - 1)
        rows(k, n, a, b, by_ratios)
    for k, n, a, b in ((10 ** 8, 10 ** 9, 1e3, 9e3), (10 ** 8, 10 ** 9, 1e6, 9e6 + 2e4), (101 * 10 ** 9, 10 ** 12, 1e8, 9e8),
                       (4 * 10 ** 11, 10 ** 12, 30.5, 70.25), (51234567, 10 ** 9, 51e6, 951e6), (5 * 10 ** 10 + 10 ** 7, 10 ** 12, 5e11, 9.5e12)):
        rows(k, n, a, b, by_integral)

def rows(k, n, a, b, tail):
    A, B = mpf(a), mpf(b)
    upper = tail(k + 1, n, A, B, True)
    lower = tail(k, n, A, B, False)
    assert abs(upper + lower - 1) < mpf(10) ** -18, (k, n, a, b, upper + lower - 1)
    for name, value in (("cdf", lower), ("sf", upper), ("logcdf", log(lower)), ("logsf", log(upper)), ("logpmf", logpmf(k, n, A, B))):
        if "log" in name or value > mpf("2.3e-308"):
            print(f"betabinom_{name},{k},{n},{a!r},{b!r},{mp.nstr(value, 20)}")

main()
