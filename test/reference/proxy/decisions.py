"""Makes decisions-mpmath.json: decisions by proxy, macro metric and both, at 60 digits (mpmath 1.3).

Everything by matrices and by quadrature of the definitions, not by the library's rearranged formulas. Inputs are exact
doubles. Run: python3 decisions.py > decisions-mpmath.json
"""
import json
import random
from mpmath import mp, mpf, matrix, sqrt, erfc, quad, exp, pi, findroot, inf, asin, inverse

mp.dps = 60


def phi(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def cdf(x):
    return erfc(-x / sqrt(2)) / 2


def known(effects, sampling, sizes, observed):
    """R2, equivalent n, weights and the posterior of the macro effect, from w = (Lambda + Sigma)^-1 Lambda e_y."""
    ts, ty, rho = (mpf(effects[k]) for k in ("tauProxy", "tauMacro", "rho"))
    oss, oyy, r = (mpf(sampling[k]) for k in ("proxy", "macro", "correlation"))
    ns, ny, no = (mpf(sizes[k]) for k in ("nProxy", "nMacro", "nOverlap"))
    lam = matrix([[ts**2, rho * ts * ty], [rho * ts * ty, ty**2]])
    c = r * sqrt(oss * oyy) * no / (ns * ny)
    sig = matrix([[oss / ns, c], [c, oyy / ny]])
    w = inverse(lam + sig) * lam * matrix([0, 1])
    r2 = (lam[1, 0] * w[0] + lam[1, 1] * w[1]) / ty**2
    neq = oyy / ty**2 * r2 / (1 - r2)
    mean = w[0] * mpf(observed["proxy"]) + w[1] * mpf(observed["macro"])
    sd = ty * sqrt(1 - r2)
    return {
        "reliability": r2, "macroEquivalentN": neq, "weightProxy": w[0], "weightMacro": w[1],
        "mean": mean, "standardDeviation": sd, "probabilityNegative": cdf(-mean / sd),
    }



def outcome(effects, variance, tau, mean, corr, threshold):
    """gain, accuracy, ship share, wrong ships of 'ship iff estimate > threshold', by quadrature over the macro effect."""
    ty, my = mpf(effects["tauMacro"]), mpf(effects["meanMacro"])
    sd = sqrt(tau**2 + variance)
    q = corr * tau / sd
    # given theta_y = my + ty*z the estimate is normal with mean `mean + q sd z` and sd `sd sqrt(1-q^2)`
    def ships(z):
        return cdf((mean + q * sd * z - threshold) / (sd * sqrt(1 - q * q)))
    zero = -my / ty
    points = [-40, zero - 6, zero, zero + 6, 40]
    points = sorted(set(points))
    lo = [p for p in points if p <= zero]
    hi = [p for p in points if p >= zero]
    gain = quad(lambda z: (my + ty * z) * ships(z) * phi(z), points)
    ship = quad(lambda z: ships(z) * phi(z), points)
    wrong = quad(lambda z: ships(z) * phi(z), lo)
    right = quad(lambda z: ships(z) * phi(z), hi) + cdf(zero) - wrong
    return gain, right, ship, wrong / ship


def zquantile(p):
    from mpmath import erfinv
    return sqrt(2) * erfinv(2 * mpf(p) - 1)


def decision(effects, sampling, n, alpha):
    ts, ty, rho = (mpf(effects[k]) for k in ("tauProxy", "tauMacro", "rho"))
    out = {}
    for rule in ("sign", "significance"):
        z = 0 if rule == "sign" else zquantile(1 - mpf(alpha) / 2)
        vs, vy = mpf(sampling["proxy"]) / n, mpf(sampling["macro"]) / n
        p = outcome(effects, vs, ts, mpf(effects["meanProxy"]), rho, z * sqrt(vs))
        m = outcome(effects, vy, ty, mpf(effects["meanMacro"]), mpf(1), z * sqrt(vy))
        def gain_macro(k):
            v = mpf(sampling["macro"]) / k
            sd = sqrt(ty**2 + v)
            h = (z * sqrt(v) - mpf(effects["meanMacro"])) / sd
            return mpf(effects["meanMacro"]) * cdf(-h) + ty**2 / sd * phi(h)
        start = mp.log(n)
        neq = exp(findroot(lambda l: gain_macro(exp(l)) - p[0], (start - 8, start + 12), solver="anderson", tol=1e-70, maxsteps=300))
        out[rule] = {
            "gainProxy": p[0], "accuracyProxy": p[1], "wrongProxy": p[3],
            "gainMacro": m[0], "accuracyMacro": m[1], "wrongMacro": m[3], "macroEquivalentN": neq,
        }
    return out


def plain(x):
    return {k: plain(v) for k, v in x.items()} if isinstance(x, dict) else float(x)


def main():
    rng = random.Random(20240611)
    rhos = [0.8, 0.999999999, -0.999999999, 1.0, -1.0, 0.0, 0.3, -0.5, 1e-9]
    rs = [0.43, 0.999999999, -0.9, 0.0, 0.2, -0.999]
    posteriors = []
    for i in range(60):
        ns = 10 ** rng.uniform(1, 12)
        ny = ns * rng.choice([1.0, rng.random(), 1e-6])
        no = min(ns, ny) * rng.choice([1.0, 1.0, rng.random(), 0.0])
        effects = {"tauProxy": 10 ** rng.uniform(-4, 0), "tauMacro": 10 ** rng.uniform(-5, 0), "rho": rng.choice(rhos)}
        sampling = {"proxy": 10 ** rng.uniform(-2, 2), "macro": 10 ** rng.uniform(-2, 4), "correlation": rng.choice(rs)}
        sizes = {"nProxy": ns, "nMacro": ny, "nOverlap": no}
        observed = {"proxy": effects["tauProxy"] * rng.gauss(0, 2), "macro": effects["tauMacro"] * rng.gauss(0, 2)}
        posteriors.append({"in": {"effects": effects, "sampling": sampling, "sizes": sizes, "observed": observed},
                           "out": plain(known(effects, sampling, sizes, observed))})
    mp.dps = 30
    decisions = []
    for rho, n, ms, my in [(0.8, 20000, 0, 0), (0.8, 200000, 0, 0), (0.3, 500, 0, 0), (0.95, 3e6, 0, 0),
                           (0.8, 20000, -0.001, -0.0002), (0.6, 50000, 0.002, 0.0003), (0.05, 8000, 0, 0)]:
        effects = {"tauProxy": 0.004, "tauMacro": 0.0008, "rho": rho, "meanProxy": ms, "meanMacro": my}
        sampling = {"proxy": 0.18, "macro": 0.0392, "correlation": 0.43}
        decisions.append({"in": {"effects": effects, "sampling": sampling, "n": n, "alpha": 0.05},
                          "out": plain(decision(effects, sampling, n, 0.05))})
    print(json.dumps({"method": "decisions.py, mpmath; inputs are exact doubles, outputs are rounded to doubles",
                      "posteriors": posteriors, "decisions": decisions}, indent=1))


main()
