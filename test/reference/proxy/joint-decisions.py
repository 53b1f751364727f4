"""Reference values for decisions by several proxies: dense solves in mpmath at 50 digits, of random cases.

Run: python3 joint-decisions.py > joint-decisions.json   (mpmath 1.3, Python's random with a fixed seed)

Conventions: proxies first, the macro metric last. `covariance` is that of true effects, `unit` n per arm times the
sampling covariance; estimates from n_i and n_j units, min(n_i, n_j) of them in both, have covariance
unit_ij min(n_i, n_j) / (n_i n_j). `rate` is P(posterior mean > z(0.9) posterior sd | macro effect 0), over the proxy
effects that such changes have.
"""

import json
import random

from mpmath import mp, matrix, mpf, lu_solve, sqrt, erfc

mp.dps = 50
random.seed(20240607)


def random_covariance(size, scales, factors):
    a = [[random.gauss(0, 1) for _ in range(factors)] for _ in range(size)]
    rows = [[sum(x * y for x, y in zip(a[i], a[j])) / factors for j in range(size)] for i in range(size)]
    return [[float("%.6g" % (rows[min(i, j)][max(i, j)] * scales[i] * scales[j])) for j in range(size)] for i in range(size)]


def to_matrix(rows):
    return matrix([[mpf(x) for x in row] for row in rows])


def solve(a, b):
    return lu_solve(a, b)


def quadratic(x, a):
    return (x.T * a * x)[0]


def sf(x):
    return erfc(x / sqrt(2)) / 2


Z90 = mp.sqrt(2) * mp.erfinv(mpf("0.8"))


def case(p):
    q = p + 1
    taus = [10 ** random.uniform(-2.5, -1) for _ in range(q)]
    covariance = random_covariance(q, taus, q + random.choice([0, 1, 3]))
    sds = [10 ** random.uniform(0, 1.2) for _ in range(q)]
    unit = random_covariance(q, sds, q + random.choice([1, 3]))
    sizes = [round(10 ** random.uniform(2, 6)) for _ in range(p)] + [random.choice([0, round(10 ** random.uniform(2, 6))])]
    mean = [random.choice([0, float("%.4g" % random.gauss(0, taus[i]))]) for i in range(q)]
    seen = [float("%.4g" % random.gauss(0, 2 * taus[i])) for i in range(q)]
    if sizes[-1] == 0:
        seen[-1] = None
    used = q if sizes[-1] > 0 else p
    lam, omega = to_matrix(covariance), to_matrix(unit)
    noise = matrix(used, used)
    total = matrix(used, used)
    column = matrix(used, 1)
    for i in range(used):
        column[i] = lam[i, q - 1]
        for j in range(used):
            noise[i, j] = omega[i, j] * min(sizes[i], sizes[j]) / (mpf(sizes[i]) * sizes[j])
            total[i, j] = lam[i, j] + noise[i, j]
    w = solve(total, column)
    tau2 = lam[q - 1, q - 1]
    explained = (w.T * column)[0]
    variance = tau2 - explained
    r2 = explained / tau2
    macro_n = omega[q - 1, q - 1] / tau2 * r2 / (1 - r2)
    posterior_mean = mpf(mean[-1]) + sum(w[i] * (mpf(seen[i]) - mpf(mean[i])) for i in range(used))
    # Given no macro effect: effects of the proxies, conditioned.
    given = matrix(used, used)
    shift = mpf(mean[-1])
    for i in range(used):
        at_zero = mpf(mean[i]) - lam[i, q - 1] / tau2 * mpf(mean[-1])
        shift += w[i] * (at_zero - mpf(mean[i]))
        for j in range(used):
            given[i, j] = lam[i, j] - lam[i, q - 1] * lam[j, q - 1] / tau2 + noise[i, j]
    rate = sf((Z90 * sqrt(variance) - shift) / sqrt(quadratic(w, given)))
    out = {
        "proxies": [mp.nstr(w[i], 20) for i in range(p)],
        "macro": mp.nstr(w[p], 20) if used == q else "0",
        "reliability": mp.nstr(r2, 20),
        "macroEquivalentN": mp.nstr(macro_n, 20),
        "mean": mp.nstr(posterior_mean, 20),
        "standardDeviation": mp.nstr(sqrt(variance), 20),
        "probabilityPositive": mp.nstr(sf(-posterior_mean / sqrt(variance)), 20),
        "rate": mp.nstr(rate, 20),
    }
    # The best composite of the proxies alone, all at the first one's n.
    n = sizes[0]
    block = matrix(p, p)
    target = matrix(p, 1)
    for i in range(p):
        target[i] = lam[i, p]
        for j in range(p):
            block[i, j] = lam[i, j] + omega[i, j] / n
    raw = solve(block, target)
    out["compositeN"] = n
    out["composite"] = [mp.nstr(raw[i], 20) for i in range(p)]
    out["proxyQuality"] = mp.nstr(sqrt((raw.T * target)[0] / tau2), 20)
    fine = solve(to_matrix([row[:p] for row in unit[:p]]), matrix([mpf(x) for x in [row[-1] for row in covariance[:p]]]))
    large = solve(to_matrix([row[:p] for row in covariance[:p]]), target)
    out["smallN"] = [mp.nstr(fine[i] / sum(abs(x) for x in fine), 20) for i in range(p)]
    out["largeN"] = [mp.nstr(large[i] / sum(abs(x) for x in large), 20) for i in range(p)]
    return {
        "in": {"covariance": covariance, "unit": unit, "mean": mean, "n": sizes, "seen": seen},
        "out": out,
    }


cases = [case(p) for p in (1, 2, 3, 4, 5) for _ in range(8)]
print(json.dumps({"method": "dense solves at 50 digits", "source": "joint-decisions.py, mpmath 1.3", "conventions": __doc__, "cases": cases}, indent=1))
