"""Reference fits of the random-effects model d ~ N(mu, Lambda + S) of effects of past experiments.

Writes random-effects.json beside itself. The likelihood is written with dense covariance matrices (no block formulas, no
analytic derivatives): a first optimum by BFGS from many starts in doubles, then Newton steps whose gradient is taken by
central differences of the likelihood at 40 digits. Limits of profile likelihood solve, in the same way, the equations
"fall = z^2 / 2 and the other derivatives 0". Figures are exact to about 18 digits before they are rounded to doubles.

python3 random-effects.py (numpy, scipy, mpmath)
"""
import json
import os
import numpy as np
from mpmath import mp, mpf, matrix, log, pi, sqrt
from scipy.optimize import OptimizeResult, brentq, minimize

mp.dps = 40
STEP = mpf(10) ** -13
Z = mp.sqrt(2) * mp.erfinv(mpf("0.95"))


# ---------------------------------------------------------------- data
def world(seed, K, tau, rho, spread, clusters=(), digits=4):
    """Effects and covariances with few digits, so that they are the same numbers everywhere."""
    rng = np.random.default_rng(seed)
    p = len(tau)
    corr = np.full((p, p), rho) + (1 - rho) * np.eye(p)
    Lambda = corr * np.outer(tau, tau)
    of = {}
    for c, members in enumerate(clusters):
        for k in members:
            of[k] = c

    def spd(size):
        a = rng.standard_normal((p, p)) * 0.5 + 1.2 * np.eye(p)
        s = (a @ a.T + 0.3 * np.eye(p)) * size * np.exp(spread * rng.standard_normal())
        return np.array([[float("%.*g" % (digits, s[min(i, j), max(i, j)])) for j in range(p)] for i in range(p)])

    shared = [spd(0.4) for _ in clusters]
    S, d, common = [], [], [rng.multivariate_normal(np.zeros(p), s) for s in shared]
    for k in range(K):
        own = spd(1.0)
        theta = rng.multivariate_normal(0.3 * np.array(tau), Lambda)
        noise = rng.multivariate_normal(np.zeros(p), own)
        if k in of:
            own = own + shared[of[k]]
            noise = noise + common[of[k]]
        S.append([[float("%.9g" % own[i, j]) for j in range(p)] for i in range(p)])
        d.append([float("%.*g" % (digits, x)) for x in theta + noise])
    return {
        "effects": d,
        "covariances": S,
        "clusters": [{"members": list(m), "shared": s.tolist()} for m, s in zip(clusters, shared)],
    }


CASES = {
    "berkey": {
        "effects": [[0.47, -0.32], [0.2, -0.6], [0.4, -0.12], [0.26, -0.31], [0.56, -0.39]],
        "covariances": [
            [[0.0075, 0.003], [0.003, 0.0077]],
            [[0.0057, 0.0009], [0.0009, 0.0008]],
            [[0.0021, 0.0007], [0.0007, 0.0014]],
            [[0.0029, 0.0009], [0.0009, 0.0015]],
            [[0.0148, 0.0072], [0.0072, 0.0304]],
        ],
        "clusters": [],
    },
    "three experiments": world(3, 3, [2.0, 1.0], 0.5, 0.3),
    "one metric": world(4, 9, [1.3], 0.0, 0.8),
    "clusters": world(5, 14, [1.5, 1.0], 0.6, 0.4, clusters=[(1, 4, 5), (7, 8)]),
    "one control for all": world(6, 6, [2.0, 1.5], 0.4, 0.4, clusters=[(0, 1, 2, 3, 4, 5)]),
    "three metrics": world(7, 25, [1.5, 1.2, 0.9], 0.5, 0.4),
    "three metrics in clusters": world(8, 20, [2.5, 1.6, 1.9], 0.6, 0.4, clusters=[(0, 1), (5, 9, 13)]),
    "three metrics, weak": world(9, 8, [0.8, 0.6, 0.7], 0.5, 0.3),
    "four metrics": world(10, 40, [2.0, 1.5, 1.2, 1.0], 0.4, 0.3),
    "uneven": world(11, 15, [1.0, 1.0], -0.5, 2.0),
}


# ---------------------------------------------------------------- likelihood with dense matrices
def dense(case, Lambda, num):
    """Groups of rows that go together, each with its dense covariance under Lambda, in doubles."""
    p = len(case["effects"][0])
    K = len(case["effects"])
    clustered = {k for c in case["clusters"] for k in c["members"]}
    groups = [(c["members"], c["shared"]) for c in case["clusters"]]
    groups += [([k], None) for k in range(K) if k not in clustered]
    for members, shared in groups:
        m = len(members)
        V = num.zeros(m * p)
        for a, k in enumerate(members):
            for b, l in enumerate(members):
                for i in range(p):
                    for j in range(p):
                        v = num.value(case["covariances"][k][i][j] if a == b else shared[i][j])
                        V[a * p + i, b * p + j] = v + (Lambda[i, j] if a == b else 0)
        yield members, V


class Doubles:
    zeros = staticmethod(lambda n: np.zeros((n, n)))
    value = staticmethod(float)
    inverse = staticmethod(np.linalg.inv)
    logdet = staticmethod(lambda V: np.linalg.slogdet(V)[1])
    log = staticmethod(np.log)
    pi = np.pi


class Digits:
    zeros = staticmethod(lambda n: matrix(n, n))
    value = staticmethod(mpf)
    inverse = staticmethod(lambda V: V ** -1)
    log = staticmethod(log)
    pi = pi

    @staticmethod
    def logdet(V):
        L = mp.cholesky(V)
        return 2 * sum(log(L[i, i]) for i in range(V.rows))


def fit_at(case, Lambda, reml, num):
    p = len(case["effects"][0])
    K = len(case["effects"])
    info, right, logdet, parts = num.zeros(p), [num.value(0)] * p, num.value(0), []
    for members, V in dense(case, Lambda, num):
        W = num.inverse(V)
        n = len(members) * p
        logdet += num.logdet(V)
        d = [num.value(case["effects"][k][i]) for k in members for i in range(p)]
        for x in range(n):
            for y in range(n):
                info[x % p, y % p] += W[x, y]
                right[x % p] += W[x, y] * d[y]
        parts.append((members, W, d))
    C = num.inverse(info)
    mu = [sum(C[i, j] * right[j] for j in range(p)) for i in range(p)]
    quad, scores = num.value(0), {}
    for members, W, d in parts:
        n = len(members) * p
        e = [d[x] - mu[x % p] for x in range(n)]
        u = [sum(W[x, y] * e[y] for y in range(n)) for x in range(n)]
        quad += sum(e[x] * u[x] for x in range(n))
        for a, k in enumerate(members):
            scores[k] = u[a * p : (a + 1) * p]
    dim = K * p - (p if reml else 0)
    value = -(dim * num.log(2 * num.pi) + logdet + quad + (num.logdet(info) if reml else 0)) / 2
    return value, mu, C, scores


def gram(L, p, num):
    Lambda = num.zeros(p)
    for i in range(p):
        for j in range(p):
            Lambda[i, j] = sum((L[i][k] * L[j][k] for k in range(len(L[0]))), num.value(0)) if len(L[0]) else num.value(0)
    return Lambda


def trapezoid(p, rank):
    return [(i, j) for i in range(p) for j in range(min(i + 1, rank))]


def plain(p, rank, order):
    """Lambda from the entries of a lower triangle with `rank` columns, rows in an order."""

    def f(x, num):
        L = [[num.value(0)] * rank for _ in range(p)]
        for (i, j), v in zip(trapezoid(p, rank), x):
            L[order[i]][j] = v
        return gram(L, p, num)

    return f


def with_rho(p, order):
    """x[1] is the correlation of the first two of the order."""

    def f(x, num):
        root = sqrt if num is Digits else np.sqrt
        y = list(x)
        # Spreads by their sizes: a sign would turn the correlation round.
        y[0], y[2] = abs(x[0]), abs(x[2])
        y[1], y[2] = x[1] * y[2], root(abs(1 - x[1] * x[1])) * y[2]
        return plain(p, p, order)(y, num)

    return f


def with_slope(p, order):
    """x[1] is the slope of the second of the order on the first."""

    def f(x, num):
        y = list(x)
        y[1] = x[1] * x[0]
        return plain(p, p, order)(y, num)

    return f


def best_start(case, reml, make, size, starts, fixed=None):
    def f(x):
        if fixed is not None:
            x = np.insert(x, fixed[0], fixed[1])
        try:
            return -fit_at(case, make(x, Doubles), reml, Doubles)[0]
        except np.linalg.LinAlgError:
            return 1e10

    best = None
    if len(starts[0]) == 0:
        return OptimizeResult(x=np.array([]), fun=f(np.array([])))
    for s in starts:
        r = minimize(f, s, method="BFGS", options=dict(gtol=1e-9, maxiter=400))
        r = minimize(f, r.x, method="Nelder-Mead", options=dict(xatol=1e-9, fatol=1e-13, maxiter=4000, maxfev=4000)) if size < 4 else r
        if best is None or r.fun < best.fun - 1e-9:
            best = r
    return best


def differences(F, x):
    out = []
    for i in range(len(x)):
        up, down = list(x), list(x)
        up[i] += STEP
        down[i] -= STEP
        out.append((F(up) - F(down)) / (2 * STEP))
    return out


def polish(F, x, equations):
    """Newton steps on equations(x) with a Jacobian by differences, at 40 digits."""
    x = [mpf(float(v)) for v in x]
    h = mpf(10) ** -8
    for step in range(40):
        g = equations(x)
        if step < 4 or step % 4 == 0:
            J = matrix(len(g), len(x))
            for i in range(len(x)):
                up = list(x)
                up[i] += h
                gi = equations(up)
                for r in range(len(g)):
                    J[r, i] = (gi[r] - g[r]) / h
        d = mp.lu_solve(J, matrix(g))
        x = [a - b for a, b in zip(x, d)]
        if max(abs(v) for v in d) < mpf(10) ** -20:
            return x
    raise RuntimeError("no convergence")


def reference(case, reml):
    p = len(case["effects"][0])
    rng = np.random.default_rng(1)
    identity = list(range(p))
    full = trapezoid(p, p)
    scale = np.std(case["effects"], axis=0)
    starts = []
    for _ in range(6):
        L = np.tril(rng.standard_normal((p, p))) * 0.3 + np.diag(rng.uniform(0.2, 1, p))
        starts.append([(L * scale[:, None])[i, j] for i, j in full])
    r = best_start(case, reml, plain(p, p, identity), len(full), starts)
    Lambda = plain(p, p, identity)(r.x, Doubles)
    # Metrics by what is left of their variance, so that a chart of lower rank has no pivot of 0.
    order, rank, left = [], 0, Lambda / np.outer(scale, scale)
    for _ in range(p):
        i = max((i for i in range(p) if i not in order), key=lambda i: left[i, i])
        if left[i, i] > 1e-5:
            rank += 1
            left = left - np.outer(left[:, i], left[i]) / left[i, i]
        order.append(i)
    value = lambda x, make: fit_at(case, make(x, Digits), reml, Digits)[0]
    if rank == 0:
        top, mu, C, scores = fit_at(case, matrix(p, p), reml, Digits)
        LL = matrix(p, p)
    else:
        make = plain(p, rank, order)
        A = (Lambda + 0)[np.ix_(order, order)]
        L0 = np.zeros((p, rank))
        for j in range(rank):
            L0[j, j] = np.sqrt(A[j, j] - L0[j, :j] @ L0[j, :j])
            for i in range(j + 1, p):
                L0[i, j] = (A[i, j] - L0[i, :j] @ L0[j, :j]) / L0[j, j]
        x = polish(None, [L0[i, j] for i, j in trapezoid(p, rank)], lambda y: differences(lambda z: value(z, make), y))
        LL = make(x, Digits)
        top, mu, C, scores = fit_at(case, LL, reml, Digits)
    assert abs(float(top) + r.fun) < 1e-6, (float(top), -r.fun)
    tau = [sqrt(LL[i, i]) for i in range(p)]
    K = len(case["effects"])
    out = {
        "rank": rank,
        "logLikelihood": float(top),
        "covariance": [[float(LL[i, j]) for j in range(p)] for i in range(p)],
        "tau": [float(t) for t in tau],
        "mean": [float(m) for m in mu],
        "meanCovariance": [[float(C[i, j]) for j in range(p)] for i in range(p)],
        "blups": [[float(mu[i] + sum(LL[i, j] * scores[k][j] for j in range(p))) for i in range(p)] for k in range(K)],
    }
    if p <= 2:
        out["profile"] = profiles(case, reml, float(top), top, np.array(out["covariance"]), scale)
    return out


def profiles(case, reml, top_double, top, Lambda, scale):
    p = Lambda.shape[0]
    enough = Z * Z / 2
    value = lambda x, make: fit_at(case, make(x, Digits), reml, Digits)[0]

    def limit(make, index, x0, sign, end):
        """The value of x[index] at which the profile has fallen by z^2/2, or None."""
        size = len(x0)
        warm = [np.delete(x0, index)]

        def fall(t):
            rng = np.random.default_rng(2)
            starts = [warm[0], np.delete(x0, index) + 0.05 * scale[0]]
            starts.append(np.abs(np.delete(x0, index)) * rng.uniform(0.5, 1.2, size - 1) + 0.02 * scale[0])
            r = best_start(case, reml, make, size, starts, fixed=(index, t))
            fall.x = r.x
            return top_double + r.fun - float(enough)

        here = x0[index]
        if here == end:
            return None
        width = abs(here) * 0.1 + 0.02 if end is None else min(abs(end - here), 1) * 0.05 + 1e-3
        inner = here
        for _ in range(60):
            outer = inner + sign * width
            if end is not None and sign * (outer - end) >= 0:
                outer = end
            if fall(outer) >= 0:
                break
            if outer == end or abs(outer) > 1e5:
                return None
            inner, width = outer, width * 1.7
            warm[0] = fall.x
        else:
            return None
        t = brentq(fall, inner, outer, xtol=1e-7)
        fall(t)
        x = np.insert(fall.x, index, t)

        def equations(y):
            gradient = differences(lambda z: value(z, make), y)
            return [value(y, make) - top + enough if i == index else g for i, g in enumerate(gradient)]

        return float(polish(None, x, equations)[index])

    def coordinates(order):
        A = Lambda[np.ix_(order, order)] / np.outer(scale[order], scale[order])
        L = np.linalg.cholesky(A + 1e-9 * np.eye(p)) * scale[order][:, None]
        return [L[i, j] for i, j in trapezoid(p, p)]

    def first(*metrics):
        return list(metrics) + [i for i in range(p) if i not in metrics]

    out = {"tau": []}
    for i in range(p):
        order = first(i)
        x = coordinates(order)
        x[0] = np.sqrt(Lambda[i, i])
        make = plain(p, p, order)
        out["tau"].append([limit(make, 0, np.array(x), -1, 0.0), limit(make, 0, np.array(x), 1, None)])
    out["rho"], out["slope"] = [], []
    for i in range(p - 1):
        order = first(i, p - 1)
        if Lambda[i, i] == 0 or Lambda[-1, -1] == 0:
            out["rho"].append([None, None])
            out["slope"].append([None, None])
            continue
        open_proxy = out["tau"][i][0] is None
        open_macro = out["tau"][-1][0] is None
        x = coordinates(order)
        x[1] = np.clip(Lambda[i, -1] / np.sqrt(Lambda[i, i] * Lambda[-1, -1]), -1, 1)
        if abs(x[1]) > 1 - 1e-12:
            x[1] = np.sign(x[1])
        x[2] = np.sqrt(Lambda[-1, -1])
        make = with_rho(p, order)
        both = [None, None] if open_proxy or open_macro else [limit(make, 1, np.array(x), s, float(s)) for s in (-1, 1)]
        out["rho"].append(both)
        x = coordinates(order)
        x[1] = Lambda[i, -1] / Lambda[i, i]
        make = with_slope(p, order)
        out["slope"].append([None, None] if open_proxy else [limit(make, 1, np.array(x), s, None) for s in (-1, 1)])
    return out


if __name__ == "__main__":
    import sys

    names = sys.argv[1:] or CASES
    cases = []
    for name in names:
        case = CASES[name]
        fits = {kind: reference(case, kind == "reml") for kind in ("reml", "ml")}
        cases.append({"name": name, **case, **fits})
        print(name, {k: (f["rank"], f["logLikelihood"], f.get("profile")) for k, f in fits.items()}, flush=True)
    if not sys.argv[1:]:
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "random-effects.json")
        json.dump({"source": "random-effects.py: mpmath 1.3 at 40 digits", "cases": cases}, open(path, "w"), indent=1)
