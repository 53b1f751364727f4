"""Reference values for the evidence of a covariance of true effects: dense normal densities in mpmath at 40 digits.

Run: python3 joint-evidence.py > joint-evidence.json   (mpmath 1.3, Python's random with a fixed seed)

Effects d_k ~ N(mu, L + S_k), mu ~ N(0, ratio^2 L); experiments of a cluster have the covariance `shared` between them.
`logEvidence` is ln of the density of all effects; under "Infinity" the restricted likelihood, -1/2 (sum ln|V| + e'V^-1 e +
ln|X'V^-1X| + (K - 1) q ln 2 pi). `mean` and `meanCovariance` are those of mu given the effects.
"""

import json
import random

from mpmath import mp, matrix, mpf, lu_solve, inverse, log, det, pi, nstr

mp.dps = 40
random.seed(77)


def covariance(size, scale):
    a = [[random.gauss(0, 1) for _ in range(size + 2)] for _ in range(size)]
    return [[float("%.6g" % (scale[i] * scale[j] * sum(a[min(i, j)][k] * a[max(i, j)][k] for k in range(size + 2)) / (size + 2))) for j in range(size)] for i in range(size)]


def case(q, experiments, clusters, ratio):
    scale = [10 ** random.uniform(-2, -1) for _ in range(q)]
    lam = covariance(q, scale)
    noise = [covariance(q, [2 * s for s in scale]) for _ in range(experiments)]
    shared = []
    for members in clusters:
        control = covariance(q, scale)
        for k in members:
            noise[k] = [[float("%.8g" % (noise[k][min(i, j)][max(i, j)] + control[i][j])) for j in range(q)] for i in range(q)]
        shared.append(control)
    effects = [[float("%.5g" % random.gauss(0.3 * s, 2 * s)) for s in scale] for _ in range(experiments)]
    size = q * experiments
    v = matrix(size, size)
    for k in range(experiments):
        for i in range(q):
            for j in range(q):
                v[k * q + i, k * q + j] = mpf(lam[i][j]) + mpf(noise[k][i][j])
    for members, control in zip(clusters, shared):
        for k in members:
            for l in members:
                if k != l:
                    for i in range(q):
                        for j in range(q):
                            v[k * q + i, l * q + j] = mpf(control[i][j])
    d = matrix([mpf(x) for row in effects for x in row])
    x = matrix(size, q)
    for k in range(experiments):
        for i in range(q):
            x[k * q + i, i] = 1
    lamm = matrix([[mpf(value) for value in row] for row in lam])
    if ratio == "Infinity":
        precision = x.T * inverse(v) * x
        post = inverse(precision)
        mean = post * (x.T * lu_solve(v, d))
        e = d - x * mean
        value = -(log(det(v)) + (e.T * lu_solve(v, e))[0] + log(det(precision)) + (experiments - 1) * q * log(2 * pi)) / 2
    else:
        prior = lamm * mpf(ratio) ** 2
        total = v + x * prior * x.T
        value = -(log(det(total)) + (d.T * lu_solve(total, d))[0] + size * log(2 * pi)) / 2
        gain = prior * x.T * inverse(total)
        mean = gain * d
        post = prior - gain * x * prior
    return {
        "in": {"covariance": lam, "noise": noise, "effects": effects, "clusters": clusters, "shared": shared, "meanRatio": ratio},
        "out": {
            "logEvidence": nstr(value, 20),
            "mean": [nstr(mean[i], 20) for i in range(q)],
            "meanCovariance": [[nstr(post[i, j], 20) for j in range(q)] for i in range(q)],
        },
    }


cases = [
    case(q, experiments, clusters, ratio)
    for q, experiments, clusters in [(2, 4, []), (3, 6, [[1, 3, 4]]), (4, 5, [[0, 1], [2, 4]])]
    for ratio in (0, 0.15, 2, "Infinity")
]
print(json.dumps({"method": "dense normal densities at 40 digits", "source": "joint-evidence.py, mpmath 1.3", "conventions": __doc__, "cases": cases}, indent=1))
