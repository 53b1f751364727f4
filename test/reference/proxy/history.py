"""Moments of true effects over past experiments, from their definitions, with mpmath 1.3 at 50 digits.

Writes history-mpmath.json: tables of exact doubles with the total covariance, the jackknife second moment, their
standard errors by leaving out one independent group at a time (all sums done anew), the projection, the naive
decomposition, and LIML with the squared residuals of its line by the full covariance of all residuals.

    python3 history.py
"""
import json
import random

from mpmath import mp, mpf, matrix, eigsy, cholesky, inverse, sqrt

mp.dps = 50
random.seed(20261123)


def sampling_block(table, k, l):
    """Sampling covariance between the estimates of experiments k and l."""
    if k == l:
        return table["S"][k]
    for cluster in table["clusters"]:
        if k in cluster["members"] and l in cluster["members"]:
            return cluster["S"]
    return None


def weights(table, rows, kind):
    m = table["m"]
    if kind == "equal":
        raw = {k: mpf(1) for k in range(len(table["d"]))}
    else:
        average = [sum(S[i, i] for S in table["S"]) / len(table["S"]) for i in range(m)]
        raw = {k: m / sum(S[i, i] / average[i] for i in range(m)) for k, S in enumerate(table["S"])}
    total = sum(raw[k] for k in rows)
    return {k: raw[k] / total for k in rows}


def moments(table, rows, kind, centred):
    m = table["m"]
    w = weights(table, rows, kind)
    d = table["d"]
    centre = sum((w[k] * d[k] for k in rows), matrix(m, 1)) if centred else matrix(m, 1)
    observed = sum((w[k] * (d[k] - centre) * (d[k] - centre).T for k in rows), matrix(m, m))
    noise = sum((w[k] * table["S"][k] for k in rows), matrix(m, m))
    if not centred:
        return observed - noise, observed, noise
    for k in rows:
        for l in rows:
            S = sampling_block(table, k, l)
            if S is not None:
                noise -= w[k] * w[l] * S
    return (observed - noise) / (1 - sum(w[k] ** 2 for k in rows)), observed, noise


def groups(table):
    clustered = {k for cluster in table["clusters"] for k in cluster["members"]}
    return [cluster["members"] for cluster in table["clusters"]] + [
        [k] for k in range(len(table["d"])) if k not in clustered
    ]


def standard_errors(table, kind, centred, functions):
    everything = range(len(table["d"]))
    parts = groups(table)
    values = []
    for group in parts:
        rest = [k for k in everything if k not in group]
        if len(rest) < (2 if centred else 1):
            return None
        left = moments(table, rest, kind, centred)[0]
        values.append([function(left) for function in functions])
    G = len(parts)
    out = []
    for column in zip(*values):
        mean = sum(column) / G
        out.append(sqrt(mpf(G - 1) / G * sum((x - mean) ** 2 for x in column)))
    return out


def whitened(A, B):
    L = cholesky(B)
    inv = inverse(L)
    values, vectors = eigsy(inv * A * inv.T)
    return L, inv, values, vectors


def project(A, B):
    L, _, values, U = whitened(A, B)
    kept = matrix(A.rows, A.rows)
    for r in range(A.rows):
        if values[r] > 0:
            kept += values[r] * U[:, r] * U[:, r].T
    return L * kept * L.T


def liml(table, kind):
    rows = range(len(table["d"]))
    m = table["m"]
    w = weights(table, rows, kind)
    A = sum((w[k] * table["d"][k] * table["d"][k].T for k in rows), matrix(m, m))
    B = sum((w[k] * table["S"][k] for k in rows), matrix(m, m))
    _, inv, values, U = whitened(A, B)
    least = min(range(m), key=lambda r: values[r])
    g = inv.T * U[:, least]
    K = len(rows)
    W = matrix(K, K)
    e = matrix(K, 1)
    for k in rows:
        e[k] = (g.T * table["d"][k])[0]
        for l in rows:
            S = sampling_block(table, k, l)
            W[k, l] = 0 if S is None else (g.T * S * g)[0]
    return [-g[i] / g[m - 1] for i in range(m - 1)], (e.T * inverse(W) * e)[0]


def random_covariance(m, sizes):
    F = [[random.gauss(0, 1) for _ in range(m + 2)] for _ in range(m)]
    raw = [[sum(a * b for a, b in zip(F[i], F[j])) / (m + 2) * sizes[i] * sizes[j] for j in range(m)] for i in range(m)]
    return [[raw[max(i, j)][min(i, j)] for j in range(m)] for i in range(m)]


def make(K, m, sizes, noise, clusters, shift):
    """A table of doubles: noise is the ratio of a sampling to a true standard deviation."""
    shared = []
    in_cluster = {}
    for members in clusters:
        S0 = random_covariance(m, [noise * s * 0.7 for s in sizes])
        shared.append({"members": members, "covariance": S0})
        for k in members:
            in_cluster[k] = S0
    experiments = []
    for k in range(K):
        spread = random.choice([0.5, 1, 2])
        own = random_covariance(m, [noise * spread * s for s in sizes])
        if k in in_cluster:
            own = [[own[i][j] + in_cluster[k][i][j] for j in range(m)] for i in range(m)]
        common = random.gauss(0, 1)
        effects = [shift * s + s * (0.7 * common + random.gauss(0, 0.7)) for s in sizes]
        experiments.append({"effects": effects, "covariance": own})
    return {"experiments": experiments, "clusters": shared}


def exact(rows):
    return matrix([[mpf(x) for x in row] for row in rows])


def number(x):
    return None if x is None else float(x)


def listed(A):
    return [[float(A[i, j]) for j in range(A.cols)] for i in range(A.rows)]


def case(name, raw):
    m = len(raw["experiments"][0]["effects"])
    table = {
        "m": m,
        "d": [matrix([mpf(x) for x in e["effects"]]) for e in raw["experiments"]],
        "S": [exact(e["covariance"]) for e in raw["experiments"]],
        "clusters": [{"members": c["members"], "S": exact(c["covariance"])} for c in raw["clusters"]],
    }
    out = {}
    for kind in ["equal", "precision"]:
        rows = range(len(table["d"]))
        w = weights(table, rows, kind)
        noise = sum((w[k] * table["S"][k] for k in rows), matrix(m, m))
        for method, centred in [("total-covariance", True), ("jackknife", False)]:
            estimate, observed, sampling = moments(table, rows, kind, centred)
            entries = [(lambda A, i=i, j=j: A[i, j]) for i in range(m) for j in range(m)]
            linear = []
            y = m - 1
            for i in range(m - 1):
                ss, sy, yy = estimate[i, i], estimate[i, y], estimate[y, y]
                slope = sy / ss
                linear.append(lambda A, i=i, ss=ss, slope=slope: (A[i, y] - slope * A[i, i]) / ss)
                if ss > 0 and yy > 0:
                    rho = sy / sqrt(ss * yy)
                    linear.append(
                        lambda A, i=i, ss=ss, yy=yy, rho=rho: A[i, y] / sqrt(ss * yy)
                        - rho / 2 * (A[i, i] / ss + A[y, y] / yy)
                    )
                else:
                    linear.append(lambda A: mpf(0))
            errors = standard_errors(table, kind, centred, entries + linear)
            relations = []
            for i in range(m - 1):
                ss, sy, yy = estimate[i, i], estimate[i, y], estimate[y, y]
                has_rho = ss > 0 and yy > 0
                relations.append(
                    {
                        "rho": number(sy / sqrt(ss * yy)) if has_rho else None,
                        "rhoStandardError": number(errors[m * m + 2 * i + 1]) if errors and has_rho else None,
                        "slope": number(sy / ss) if ss > 0 else None,
                        "slopeStandardError": number(errors[m * m + 2 * i]) if errors and ss > 0 else None,
                    }
                )
            out[f"{method} {kind}"] = {
                "covariance": listed(estimate),
                "standardErrors": None
                if errors is None
                else [[float(errors[i * m + j]) for j in range(m)] for i in range(m)],
                "projected": listed(project(estimate, noise)),
                "observed": listed(observed),
                "sampling": listed(sampling),
                "relations": relations,
            }
        slopes, statistic = liml(table, kind)
        out[f"liml {kind}"] = {"slopes": [float(x) for x in slopes], "statistic": float(statistic)}
    return {"name": name, **raw, "expected": out}


cases = [
    case("strong, one proxy", make(12, 2, [0.05, 0.04], 0.3, [], 0)),
    case("weak, one proxy", make(20, 2, [0.05, 0.04], 2, [], 0.5)),
    case("three experiments", make(3, 2, [0.05, 0.04], 0.5, [], 0)),
    case("two of three share a control", make(3, 2, [0.05, 0.04], 0.5, [[0, 2]], 0)),
    case("clusters", make(11, 2, [0.05, 0.04], 0.8, [[0, 1, 2, 3], [5, 7]], 0.2)),
    case("two proxies in one cluster", make(7, 3, [0.05, 3, 0.002], 0.5, [[0, 1, 2, 3, 4, 5, 6]], 0)),
    case("four metrics in unlike units", make(15, 4, [1e-6, 1e3, 0.05, 1e6], 0.7, [[3, 9], [4, 5, 6]], 1)),
    case("means far from 0", make(9, 2, [0.05, 0.04], 0.5, [[1, 2]], 50)),
]
with open("history-mpmath.json", "w") as file:
    json.dump({"source": "history.py, mpmath 1.3 at 50 digits", "cases": cases}, file, indent=1)
