# Every function of every distribution at ordinary points and in both tails: every_function.csv.
#   python3 every_function.py > every_function.csv
# mpmath 1.3 at 60 digits. Arguments are exact doubles. A quantile is a Newton iteration from the point whose tail, rounded
# to a double, is its argument; that of a count is asked for between two values of its distribution function.
from mpmath import mp, mpf, exp, log, log1p, erfc, sqrt, pi, gammainc, beta, loggamma, quad, binomial, inf

mp.dps = 60


def row(name, args, value):
    print(",".join([name, *(repr(a) for a in args), *[""] * (4 - len(args)), mp.nstr(value, 20)]))


def continuous(name, pdf, cdf, sf, points):
    """points: (x, *shapes) as doubles."""
    for x, *shapes in points:
        m = [mpf(s) for s in shapes]
        density, lower, upper = pdf(mpf(x), *m), cdf(mpf(x), *m), sf(mpf(x), *m)
        args = [x, *shapes]
        row(f"{name}.pdf", args, density)
        row(f"{name}.logPdf", args, log(density))
        row(f"{name}.cdf", args, lower)
        row(f"{name}.sf", args, upper)
        row(f"{name}.logCdf", args, log(lower) if lower < 0.5 else log1p(-upper))
        row(f"{name}.logSf", args, log(upper) if upper < 0.5 else log1p(-lower))
        p = float(lower)
        if 1e-290 < p < 0.9:
            root = mpf(x)
            for _ in range(6):
                root -= (cdf(root, *m) - mpf(p)) / pdf(root, *m)
            row(f"{name}.quantile", [p, *shapes], root)


def counts(name, pmf, last, points):
    """points: (k, *parameters); last: the largest count of the parameters, or None where there is none."""
    for k, *shapes in points:
        m = [mpf(s) for s in shapes]
        below = [pmf(i, *m) for i in range(k + 1)]
        end = last(*shapes)
        if end is None:
            above, i = mpf(0), k + 1
            while True:
                term = pmf(i, *m)
                above += term
                i += 1
                if i > shapes[0] and term < above * mpf(10) ** -50:
                    break
        else:
            above = sum(pmf(i, *m) for i in range(k + 1, end + 1))
        lower = sum(below)
        args = [k, *shapes]
        row(f"{name}.pmf", args, below[-1])
        row(f"{name}.logPmf", args, log(below[-1]))
        row(f"{name}.cdf", args, lower)
        row(f"{name}.sf", args, above)
        row(f"{name}.logCdf", args, log(lower) if lower < 0.5 else log1p(-above))
        row(f"{name}.logSf", args, log(above) if above < 0.5 else log1p(-lower))
        p = float(lower - below[-1] / 2)
        if p < 0.999:
            row(f"{name}.quantile", [p, *shapes], mpf(k))


def incomplete_beta(a, b, x):
    """The regularized one by the hypergeometric series of positive terms, of the side that converges the sooner."""
    if x > a / (a + b):
        with mp.workdps(400):
            return 1 - incomplete_beta(b, a, 1 - x)
    term = total = mpf(1)
    i = 0
    while term > total * mpf(10) ** -(mp.dps + 5):
        term *= (a + b + i) / (a + 1 + i) * x
        total += term
        i += 1
    return exp(a * log(x) + b * log1p(-x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)) * total


print("# mpmath 1.3, 60 digits: every_function.py")
print("function,a,b,c,d,value")

normal_sf = lambda x: erfc(x / sqrt(2)) / 2
continuous(
    "normal", lambda x: exp(-x * x / 2) / sqrt(2 * pi), lambda x: normal_sf(-x), normal_sf,
    [(x,) for x in (-36.5, -12.25, -5.1, -1.96, -0.3, 1e-9, 0.7, 2.5758, 6.5, 20.0, 37.0)],
)
beta_pdf = lambda x, a, b: exp((a - 1) * log(x) + (b - 1) * log1p(-x) + loggamma(a + b) - loggamma(a) - loggamma(b))
continuous(
    "beta", beta_pdf,
    lambda x, a, b: incomplete_beta(a, b, x), lambda x, a, b: incomplete_beta(b, a, 1 - x),
    [(0.3, 0.5, 0.5), (1e-5, 0.2, 3.0), (0.02, 1.0, 40.0), (0.5, 20.5, 22.0), (0.9, 3.0, 0.1), (0.08, 13.0, 400.5),
     (0.001, 30.0, 200.0), (0.6, 300.0, 700.0), (0.051, 2500.0, 47500.0), (0.999, 900.0, 4.0)],
)
gamma_pdf = lambda x, a: exp((a - 1) * log(x) - x - loggamma(a))
gamma_cdf = lambda x, a: gammainc(a, 0, x, regularized=True)
gamma_sf = lambda x, a: gammainc(a, x, inf, regularized=True)
gammas = [(1e-8, 0.1), (0.5, 0.5), (2.0, 1.0), (0.01, 4.5), (12.0, 4.5), (90.0, 4.5), (60.0, 100.0), (140.0, 100.0),
          (980.0, 1000.0), (1300.0, 1000.0), (10200.0, 10000.0)]
continuous("gamma", gamma_pdf, gamma_cdf, gamma_sf, gammas)
continuous(
    "chiSquared", lambda x, k: gamma_pdf(x / 2, k / 2) / 2, lambda x, k: gamma_cdf(x / 2, k / 2),
    lambda x, k: gamma_sf(x / 2, k / 2),
    [(0.001, 1.0), (3.841458820694124, 1.0), (250.0, 1.0), (5.99, 2.0), (0.4, 6.0), (18.3, 10.0), (900.0, 30.0),
     (77.0, 99.0), (1234.5, 1000.0), (0.2, 0.5)],
)


def t_tail(t, df):
    return incomplete_beta(df / 2, mpf(1) / 2, df / (df + t * t)) / 2


t_sf = lambda t, df: t_tail(t, df) if t > 0 else 1 - t_tail(t, df)
t_cdf = lambda t, df: t_tail(t, df) if t < 0 else 1 - t_tail(t, df)
t_pdf = lambda t, df: exp(loggamma((df + 1) / 2) - loggamma(df / 2) - (df + 1) / 2 * log1p(t * t / df)) / sqrt(df * pi)
continuous(
    "studentT", t_pdf, t_cdf, t_sf,
    [(-1e6, 1.0), (-3.2, 1.0), (0.5, 1.0), (-2.5, 2.5), (-40.0, 4.0), (1.7, 9.0), (-6.0, 30.0), (-0.001, 75.3),
     (12.0, 400.0), (-3.29, 1e4), (-30.0, 1e6)],
)
f_pdf = lambda x, m, n: exp(
    m / 2 * log(m / n) + (m / 2 - 1) * log(x) - (m + n) / 2 * log1p(m * x / n)
    + loggamma((m + n) / 2) - loggamma(m / 2) - loggamma(n / 2)
)
continuous(
    "f", f_pdf,
    lambda x, m, n: incomplete_beta(m / 2, n / 2, m * x / (m * x + n)),
    lambda x, m, n: incomplete_beta(n / 2, m / 2, n / (m * x + n)),
    [(0.01, 1.0, 1.0), (4.0, 1.0, 30.0), (60.0, 1.0, 200.0), (0.3, 2.0, 7.0), (2.5, 6.0, 12.5), (9.0, 20.0, 3.0),
     (0.7, 50.0, 80.0), (1.8, 300.0, 500.0), (25.0, 9.0, 40.0)],
)


def nct_mass(df, d, below_or_above):
    """E of a normal tail over the scale s = chi/√df, where below_or_above(s) is that tail."""
    log_norm = log(2) + df / 2 * log(df / 2) - loggamma(df / 2)
    weight = lambda s: exp(log_norm + (df - 1) * log(s) - df * s * s / 2) * below_or_above(s)
    width = 1 / sqrt(2 * df)
    panels = [mpf(0)] + [s for s in (1 + j * width for j in range(-14, 60, 2)) if s > 0] + [inf]
    return quad(weight, panels)


mp.dps = 40
phi = lambda x: exp(-x * x / 2) / sqrt(2 * pi)
continuous(
    "noncentralT",
    lambda t, df, d: nct_mass(df, d, lambda s: s * phi(t * s - d)),
    lambda t, df, d: nct_mass(df, d, lambda s: normal_sf(d - t * s)),
    lambda t, df, d: nct_mass(df, d, lambda s: normal_sf(t * s - d)),
    [(1.0, 3.0, 0.5), (-2.0, 8.0, 1.0), (5.5, 20.0, 2.8), (2.0, 60.0, 2.8), (-1.5, 400.0, -3.0), (9.0, 12.0, 1.0)],
)
mp.dps = 60

for x, y, rho in [(0.0, 0.0, 0.5), (1.2, -0.4, -0.8), (5.0, 4.5, 0.9), (-12.0, -11.0, 0.999), (30.0, -20.0, 0.1)]:
    r = mpf(rho)
    logged = -(mpf(x) ** 2 - 2 * r * x * y + mpf(y) ** 2) / (2 * (1 - r * r)) - log(2 * pi) - log(1 - r * r) / 2
    row("bivariateNormal.pdf", [x, y, rho], exp(logged))
    row("bivariateNormal.logPdf", [x, y, rho], logged)

counts(
    "binomial", lambda k, n, p: binomial(n, k) * p**k * (1 - p) ** (n - k), lambda n, p: n,
    [(0, 10, 0.3), (3, 10, 0.3), (9, 10, 0.05), (1, 40, 1e-6), (180, 400, 0.5), (60, 400, 0.05), (5, 2000, 0.01),
     (999, 1000, 0.999), (12, 25, 0.5)],
)
counts(
    "poisson", lambda k, m: exp(-m + k * log(m) - loggamma(k + 1)), lambda m: None,
    [(0, 0.01), (3, 0.5), (2, 2.5), (30, 9.0), (80, 100.0), (150, 100.0), (1000, 1000.0)],
)
counts(
    "hypergeometric",
    lambda k, N, K, n: binomial(K, k) * binomial(N - K, n - k) / binomial(N, n) if 0 <= n - k <= N - K else mpf(0),
    lambda N, K, n: min(K, n),
    [(2, 20, 7, 9), (0, 50, 5, 20), (12, 200, 40, 60), (25, 200, 40, 60), (90, 1000, 300, 300), (3, 5000, 30, 800)],
)
counts(
    "betaBinomial", lambda k, n, a, b: binomial(n, k) * beta(k + a, n - k + b) / beta(a, b), lambda n, a, b: n,
    [(0, 10, 1.0, 1.0), (4, 10, 0.5, 0.5), (7, 30, 20.0, 80.0), (25, 100, 2.5, 40.0), (60, 400, 50.0, 950.0),
     (1, 500, 0.1, 30.0)],
)
