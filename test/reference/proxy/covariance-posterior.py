"""Posteriors of the covariance of true effects, for test/proxy/covariance-posterior.test.ts.

Independent of the library: the dense 2K x 2K covariance of all estimates (experiments that share a control and unknown
means included), and composite Gauss-Legendre rules in log tau and atanh rho, of two sizes: `lastChange` is what lies between them.
Made with Python 3, numpy. Run: python3 covariance-posterior.py > covariance-posterior.json
"""
import json
import math
import sys
import numpy as np

def logbeta(a, b):
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

def log_prior(p, x, y, z):
    ts, ty = np.exp(x), np.exp(y)
    up, down = -np.log1p(np.exp(-2 * z)), -np.log1p(np.exp(2 * z))  # ln (1 +- rho)/2
    parts = []
    if p["unrelatedShare"] > 0:
        a = p["unrelatedLkj"]
        parts.append(math.log(p["unrelatedShare"]) - logbeta(a, a) + (a - 1) * (up + down))
    if p["unrelatedShare"] < 1:
        a, b = p["lkj"] + p["positiveTilt"], p["lkj"]
        parts.append(math.log1p(-p["unrelatedShare"]) - logbeta(a, b) + (a - 1) * up + (b - 1) * down)
    rho = parts[0] if len(parts) == 1 else np.logaddexp(*parts)
    cauchy = -np.log1p((ts / p["typicalProxyEffect"]) ** 2) - np.log1p((ty / p["typicalMacroEffect"]) ** 2)
    return rho + cauchy + x + y + up + down  # Jacobian of the coordinates

def dense(case, ts, ty, rho):
    """Covariances of all estimates at many points, means integrated out unless flat; and the covariances of true effects."""
    k = len(case["effects"])
    lam = np.empty(ts.shape + (2, 2))
    lam[..., 0, 0], lam[..., 1, 1] = ts**2, ty**2
    lam[..., 0, 1] = lam[..., 1, 0] = rho * ts * ty
    v = np.zeros(ts.shape + (2 * k, 2 * k))
    r = case["prior"]["meanRatio"]
    for i in range(k):
        for j in range(k):
            block = np.zeros(ts.shape + (2, 2))
            if i == j:
                block += lam + np.array(case["covariances"][i])
            elif case["clusters"] and i in case["clusters"][0]["members"] and j in case["clusters"][0]["members"]:
                block += np.array(case["clusters"][0]["shared"])
            if r != "Infinity":
                block += r * r * lam
            v[..., 2 * i : 2 * i + 2, 2 * j : 2 * j + 2] = block
    return v, lam

def log_density(case, x, y, z):
    ts, ty, rho = np.exp(x), np.exp(y), np.tanh(z)
    v, lam = dense(case, ts, ty, rho)
    d = np.array(case["effects"]).reshape(-1)
    k = len(d) // 2
    flat = case["prior"]["meanRatio"] == "Infinity"
    design = np.tile(np.eye(2), (k, 1))
    solved = np.linalg.solve(v, np.broadcast_to(np.column_stack([d, design]), v.shape[:-2] + (2 * k, 3)))
    logs = -0.5 * np.linalg.slogdet(v)[1] - 0.5 * np.einsum("i,...i->...", d, solved[..., 0])
    p = np.einsum("ia,...ib->...ab", design, solved[..., 1:])
    h = np.einsum("ia,...i->...a", design, solved[..., 0])
    if flat:
        mean = np.linalg.solve(p, h[..., None])[..., 0]
        logs += -0.5 * np.linalg.slogdet(p)[1] + 0.5 * np.einsum("...a,...a->...", h, mean)
    else:
        mean = case["prior"]["meanRatio"] ** 2 * np.einsum("...ab,...b->...a", lam, h)
    return logs + log_prior(case["prior"], x, y, z), mean

def composite(edges, size):
    nodes, weights = np.polynomial.legendre.leggauss(size)
    points = [0.5 * (lo + hi) + 0.5 * (hi - lo) * nodes for lo, hi in zip(edges[:-1], edges[1:])]
    rule = [0.5 * (hi - lo) * weights for lo, hi in zip(edges[:-1], edges[1:])]
    return np.concatenate(points), np.concatenate(rule)

LOG_EDGES = np.array([-22, -14, -9, -6, -4, -2.5, -1.25, 0, 1, 2, 4, 8, 12])
ATANH_EDGES = [-13, -7, -4, -2.5, -1.5, -0.8, -0.35, 0, 0.3, math.atanh(0.5), 1, 1.6, 2.5, 4, 7, 13]

NAMES = ["tauProxy", "tauMacro", "covariance", "rho", "rhoSquared", "meanProxy", "meanMacro",
         "rhoAboveZero", "rhoBelowHalf", "tauProxyBelow", "tauMacroBelow"]

def figures(case, size):
    cut_x, cut_y = math.log(case["tauProxyCut"]), math.log(case["tauMacroCut"])
    xs, wx = composite(cut_x + LOG_EDGES, size)
    ys, wy = composite(cut_y + LOG_EDGES, size)
    zs, wz = composite(ATANH_EDGES, size)
    top, total, sums = -np.inf, 0.0, np.zeros(len(NAMES))
    yy, zz = np.meshgrid(ys, zs, indexing="ij")
    w2 = wy[:, None] * wz[None, :]
    for x, w in zip(xs, wx):
        xx = np.full_like(yy, x)
        logs, mean = log_density(case, xx, yy, zz)
        peak = logs.max()
        if peak > top:
            scale = math.exp(top - peak) if top > -np.inf else 0.0
            total, sums, top = total * scale, sums * scale, peak
        density = w * w2 * np.exp(logs - top)
        ts, ty, rho = np.exp(xx), np.exp(yy), np.tanh(zz)
        total += density.sum()
        values = [ts, ty, rho * ts * ty, rho, rho**2, mean[..., 0], mean[..., 1],
                  zz > 0, rho < 0.5, xx < cut_x, yy < cut_y]
        sums += np.array([(density * value).sum() for value in values])
    return sums / total

DEFAULT = {"typicalProxyEffect": 0.05, "typicalMacroEffect": 0.05, "unrelatedShare": 0.6, "unrelatedLkj": 20.0,
           "lkj": 1.0, "positiveTilt": 1.0, "meanRatio": 0.15}

CASES = [
    {"name": "three unequal experiments under the default prior",
     "effects": [[0.06, 0.05], [-0.04, -0.03], [0.02, 0.05]],
     "covariances": [[[4e-4, 3e-4], [3e-4, 1.6e-3]], [[9e-4, 5e-4], [5e-4, 2.5e-3]], [[2e-4, 1e-4], [1e-4, 9e-4]]],
     "clusters": [], "prior": DEFAULT, "tauProxyCut": 0.04, "tauMacroCut": 0.03},
    {"name": "five equal experiments, flat means, uniform correlation",
     "effects": [[0.16, 0.25], [0.04, 0.13], [0.22, 0.31], [0.10, 0.02], [-0.05, 0.06]],
     "covariances": [[[1e-3, 4e-4], [4e-4, 2e-3]]] * 5, "clusters": [],
     "prior": {**DEFAULT, "unrelatedShare": 0.0, "positiveTilt": 0.0, "lkj": 1.0, "meanRatio": "Infinity"},
     "tauProxyCut": 0.1, "tauMacroCut": 0.1},
    {"name": "four experiments, three of which share a control",
     "effects": [[0.07, 0.09], [0.05, 0.02], [-0.02, -0.04], [0.11, 0.06]],
     "covariances": [[[4e-4, 2e-4], [2e-4, 1.2e-3]], [[5e-4, 2e-4], [2e-4, 1.4e-3]], [[6e-4, 3e-4], [3e-4, 1.5e-3]],
                     [[3e-4, 1e-4], [1e-4, 1e-3]]],
     "clusters": [{"members": [0, 1, 2], "shared": [[2e-4, 1e-4], [1e-4, 6e-4]]}],
     "prior": {**DEFAULT, "unrelatedShare": 0.0, "positiveTilt": 0.0, "lkj": 2.0, "meanRatio": 0.5},
     "tauProxyCut": 0.06, "tauMacroCut": 0.05},
]

if __name__ == "__main__":
    out = []
    for case in CASES:
        coarse, fine = figures(case, 8), figures(case, 11)
        change = float(np.max(np.abs(fine - coarse) / np.maximum(np.abs(fine), 1e-2)))
        out.append({**case, "expected": dict(zip(NAMES, fine.tolist())), "lastChange": change})
        print(case["name"], change, file=sys.stderr, flush=True)
    print(json.dumps({"conventions": "see covariance-posterior.py; made with Python 3 and numpy " + np.__version__, "cases": out}, indent=1))
