"""Wide reference values of F and Poisson, mpmath 1.3 at 50 digits: F by Gauss-Legendre panels on the density of ln F,
outwards from the point; Poisson tails term by term by exact ratios.
Writes f_wide.csv and poisson_wide.csv. Run: python3 f_poisson_wide.py"""
import random, sys, math
from mpmath import mp, mpf, loggamma, exp, log, log1p, expm1, quad, sqrt
mp.dps = 50
random.seed(int(sys.argv[1]) if len(sys.argv) > 1 else 20261122)
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 40

def log_f_tail(f, d1, d2, up):
    a, b = mpf(d1) / 2, mpf(d2) / 2
    const = loggamma(a + b) - loggamma(a) - loggamma(b)
    def logg(t):  # log density of t = ln F
        odds = exp(t) * a / b
        return const + a * (t + log(a / b)) - (a + b) * log1p(odds)
    t0 = log(mpf(f)); base = logg(t0); s = 1 if up else -1
    scale = 1 / sqrt(a * b / (a + b) + 1)
    odds0 = mpf(f) * a / b
    slope = abs(a - (a + b) * odds0 / (1 + odds0))
    step = min(scale, 1 / (slope + mpf(10) ** -40)) / 2
    total, u = mpf(0), mpf(0)
    while True:
        piece = quad(lambda v: exp(logg(t0 + s * v) - base), [u, u + step], maxdegree=6)
        total += piece; u += step; step *= mpf(1.3)
        if piece < total * mpf(10) ** -32: break
    return base + log(total), base - t0

def complement(x): return log(-expm1(x)) if x > -1 else log1p(-exp(x))

out = None

def emit(dist, values, args):
    for name, v in values.items():
        print(f"{dist}_{name},{args},{mp.nstr(v, 20)}", file=out)
        if v > log(mpf("2.3e-308")) and name != "logpdf":
            print(f"{dist}_{name[3:]},{args},{mp.nstr(exp(v), 20)}", file=out)

out = open("f_wide.csv", "w")
print("function,x,d1,d2,value", file=out)
for _ in range(COUNT):
    d1, d2 = (float(10 ** random.uniform(-2, 12)) if random.random() < .5 else float(random.randint(1, 3000)) for _ in range(2))
    spread = math.sqrt(2 / d1 + 2 / d2)
    f = math.exp(max(-600, min(600, random.choice([1, 4, 25]) * random.gauss(0, 1) * spread)))
    upper_first = f > 1
    small, pdf = log_f_tail(f, d1, d2, upper_first)
    other = complement(small)
    upper, lower = (small, other) if upper_first else (other, small)
    emit("f", {"logcdf": lower, "logsf": upper, "logpdf": pdf}, f"{f!r},{d1!r},{d2!r}")
out = open("poisson_wide.csv", "w")
print("function,k,lambda,value", file=out)
for _ in range(COUNT):
    mean = float(10 ** random.uniform(-3, 8.5))
    k = max(0, round(mean + random.choice([1, 4, 25]) * random.gauss(0, 1) * (math.sqrt(mean) + 1)))
    m = mpf(mean)
    logpmf = k * log(m) - m - loggamma(k + 1)
    def tail(start, up):
        w = total = mpf(1); j = start
        while w > total * mpf(10) ** -32 and (up or j > 0):
            w = w * m / (j + 1) if up else w * j / m
            j += 1 if up else -1
            total += w
        return start * log(m) - m - loggamma(start + 1) + log(total)
    upper_first = k + 1 > mean
    small = tail(k + 1 if upper_first else k, upper_first)
    upper, lower = (small, complement(small)) if upper_first else (complement(small), small)
    emit("poisson", {"logcdf": lower, "logsf": upper, "logpmf": logpmf}, f"{k},{mean!r}")
