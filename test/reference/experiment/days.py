"""Effects over days at 40 digits: python3 days.py > days.json   (Python 3.11, mpmath 1.3.0)"""
import json
import random
from mpmath import mp, mpf, log, sqrt, erfc, gammainc, betainc, findroot, matrix, lu_solve, diff

mp.dps = 40
random.seed(20261123)


def effects(days, scale):
    out = []
    for d in days:
        n1, x1, n2, x2 = (mpf(d[k]) for k in ("nc", "xc", "nt", "xt"))
        if scale == "log-lift":
            out.append((log(x2 / n2 / (x1 / n1)), 1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))
        else:
            p, q = x1 / n1, x2 / n2
            out.append((q - p, p * (1 - p) / n1 + q * (1 - q) / n2))
    return out


def least_squares(columns, y, v):
    k = len(columns)
    A, b = matrix(k, k), matrix(k, 1)
    for i in range(k):
        b[i] = sum(columns[i][m] * y[m] / v[m] for m in range(len(y)))
        for j in range(k):
            A[i, j] = sum(columns[i][m] * columns[j][m] / v[m] for m in range(len(y)))
    beta = lu_solve(A, b)
    rest = [y[m] - sum(beta[i] * columns[i][m] for i in range(k)) for m in range(len(y))]
    return beta, A ** -1, sum(r * r / w for r, w in zip(rest, v)), rest


def chi2sf(x, df):
    return gammainc(mpf(df) / 2, x / 2, regularized=True)


def two_sided(t, df):
    if df is None:
        return erfc(abs(t) / sqrt(mpf(2)))
    return betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True)


def quantile(df):
    """Upper 2.5 % of Student's t, or of the normal distribution."""
    return findroot(lambda t: two_sided(t, df) - (1 - mpf(0.95)), 2 if df is None or df > 3 else 4)


def describe(name, by, scale, days):
    e = effects(days, scale)
    y, v = [a for a, _ in e], [b for _, b in e]
    k = len(y)
    one = [mpf(1)] * k
    x = [log(mpf(d["day"]), 2) if by == "day-of-exposure" else mpf(d["day"]) for d in days]
    pooled, pooled_cov, q, _ = least_squares([one], y, v)
    beta, cov, rq, rest = least_squares([one, x], y, v)
    dispersion = rq / (k - 2)
    df = None if dispersion <= 1 else k - 2
    se = sqrt(cov[1, 1]) * (1 if df is None else sqrt(dispersion))
    cut = -(-k // 3)
    parts = [least_squares([one[:cut]], y[:cut], v[:cut]), least_squares([one[cut:]], y[cut:], v[cut:])]
    change = parts[1][0][0] - parts[0][0][0]
    change_error = sqrt(parts[0][1][0, 0] + parts[1][1][0, 0])
    leverage = [cov[0, 0] + 2 * a * cov[0, 1] + a * a * cov[1, 1] for a in x]
    out = dict(
        name=name, by=by, scale=scale, days=days,
        overall=pooled[0], overallError=sqrt(pooled_cov[0, 0]), q=q, qP=chi2sf(q, k - 1),
        slope=beta[1], slopeError=se, pValue=two_sided(beta[1] / se, df), dispersion=dispersion,
        first=beta[0] + beta[1] * x[0], last=beta[0] + beta[1] * x[-1],
        changeLower=(beta[1] - quantile(df) * se) * (x[-1] - x[0]),
        residualP=chi2sf(rq, k - 2),
        early=parts[0][0][0], late=parts[1][0][0], change=change, changeP=two_sided(change / change_error, None),
        residuals=[r / sqrt(w - h) for r, w, h in zip(rest, v, leverage)] if k > 3 else [])
    if "decay" in name:
        out["decay"] = decay([d["day"] - days[0]["day"] for d in days], y, v)
    return out


def decay(t, y, v):
    k = len(y)
    one = [mpf(1)] * k

    def fit(r):
        return least_squares([one, [r ** a for a in t]], y, v)

    def score(r):
        beta, _, _, rest = fit(r)
        return sum(e * a * r ** (a - 1) / w for e, a, w in zip(rest, t, v) if a > 0)

    grid = [mpf(i) / 400 for i in range(1, 400)]
    best = min(grid, key=lambda r: fit(r)[2])
    r = findroot(score, (best - mpf(1) / 400, best + mpf(1) / 400), solver="anderson", tol=1e-60)
    beta, _, q, _ = fit(r)
    slope = [beta[1] * a * r ** (a - 1) if a > 0 else mpf(0) for a in t]
    cov = least_squares([one, [r ** a for a in t], slope], y, v)[1]
    factor2 = max(mpf(1), q / (k - 3))
    crit2 = quantile(k - 3 if factor2 > 1 else None) ** 2 * factor2

    def over(s):
        return fit(s)[2] - q - crit2

    lower = findroot(over, (r - mpf(1) / 100, r - mpf(1) / 20), solver="secant", tol=1e-40)
    upper = findroot(over, (r + mpf(1) / 100, r + mpf(1) / 20), solver="secant", tol=1e-40)
    assert lower < r < upper

    def end(side):
        def reach(s):
            b, c, own, _ = fit(s)
            return side * b[0] + sqrt(c[0, 0] * (crit2 - (own - q)))
        inside = [lower + (upper - lower) * i / 60 for i in range(1, 60)]
        top = max(inside, key=reach)
        step = (upper - lower) / 60
        s = findroot(lambda u: diff(reach, u), (top - step / 2, top + step / 2), solver="secant", tol=1e-30)
        return side * reach(s)

    half = lambda s: -1 / log(s, 2)
    return dict(halfLife=half(r), excess=beta[1], level=beta[0], q=q,
                levelError=sqrt(cov[0, 0] * factor2), halfLifeError=sqrt(cov[2, 2] * factor2) * half(r) ** 2 / r / log(mpf(2)),
                halfLifeLower=half(lower), halfLifeUpper=half(upper), levelLower=end(-1), levelUpper=end(1))


def binomial(n, p):
    return max(1, min(n - 1, round(random.gauss(n * p, (n * p * (1 - p)) ** .5))))


def exposure(k, n, rate, lift, stay=.97, skip=()):
    days, nc, nt = [], n, n
    for d in range(1, k + 1):
        xc, xt = binomial(nc, rate), binomial(nt, rate * 2.718281828 ** lift(d))
        if d not in skip:
            days.append(dict(day=d, nc=nc, xc=xc, nt=nt, xt=xt))
        nc, nt = int((nc - xc) * stay), int((nt - xt) * stay)
    return days


def entry(k, n, rate, lift, spread=0):
    days = []
    for d in range(1, k + 1):
        nc, nt = binomial(2 * n, .5), binomial(2 * n, .5)
        days.append(dict(day=d, nc=nc, xc=binomial(nc, rate), nt=nt,
                         xt=binomial(nt, rate * 2.718281828 ** (lift(d) + random.gauss(0, spread)))))
    return days


cases = [
    describe("decay, calm", "day-of-exposure", "log-lift", exposure(21, 400_000, .03, lambda d: .05 + .4 * 2 ** (-(d - 1) / 2.5))),
    describe("decay of harm", "day-of-exposure", "log-lift", exposure(28, 900_000, .02, lambda d: -.03 - .3 * 2 ** (-(d - 1) / 3))),
    describe("decay, days missing", "day-of-exposure", "difference", exposure(30, 2_000_000, .02, lambda d: .1 + .3 * 2 ** (-(d - 1) / 4), skip=(1, 7, 8, 20))),
    describe("decay at a billion units", "day-of-exposure", "log-lift", exposure(14, 10 ** 9, .01, lambda d: .02 + .05 * 2 ** (-(d - 1) / 2))),
    describe("growth", "day-of-exposure", "log-lift", exposure(10, 50_000, .05, lambda d: .02 * d)),
    describe("nothing", "day-of-exposure", "difference", exposure(14, 20_000, .05, lambda d: 0)),
    describe("three days", "day-of-exposure", "log-lift", exposure(3, 5_000, .1, lambda d: .1)),
    describe("a trillion units", "day-of-exposure", "log-lift", exposure(8, 10 ** 12, .1, lambda d: .0001)),
    describe("a fall that leaves no p-value", "day-of-exposure", "log-lift", exposure(9, 10 ** 10, .05, lambda d: .5 / d)),
    describe("entry, calm", "day-of-entry", "log-lift", entry(28, 5_000, .06, lambda d: .08)),
    describe("entry, scattered", "day-of-entry", "difference", entry(12, 9_000, .1, lambda d: 0, .12)),
    describe("entry, rising and rare", "day-of-entry", "log-lift", entry(40, 400, .02, lambda d: .02 * d)),
]
print(json.dumps(dict(origin="days.py: mpmath 1.3.0, 40 digits", cases=cases), default=lambda v: float(v), indent=1))
