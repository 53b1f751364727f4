"""False positive risk, Bayes factor bounds, type S and M errors: writes trustworthiness.json beside it.

mpmath 1.3 at 40 digits; type S and M by quadrature of the density, not by the closed form. Run: python3 trustworthiness.py
"""
import json
import os

from mpmath import beta, betainc, diff, e, erfc, erfinv, exp, findroot, gamma, inf, log, mp, mpf, npdf, pi, quad, sqrt

mp.dps = 40
HERE = os.path.dirname(os.path.abspath(__file__))


def sf(z):
    return erfc(z / sqrt(mpf(2))) / 2


def upper(p):
    p = mpf(p)
    guess = sqrt(-2 * log(p)) if p < mpf("0.01") else sqrt(mpf(2)) * erfinv(1 - 2 * p)
    return findroot(lambda z: log(sf(z)) - log(p), guess)


def risk(prior, alpha, power, p, two_sided):
    alpha, power, p, prior = map(mpf, (alpha, power, p, prior))
    if two_sided:
        c = upper(alpha / 2)
        start = max(c - upper(power), mpf("0.1")) if power < 1 else c
        delta = findroot(lambda d: sf(c - d) + sf(c + d) - power, start)
        z = upper(p / 2) if p < 1 else mpf(0)
        ratio = (npdf(z - delta) + npdf(z + delta)) / (2 * npdf(z))
    else:
        delta = upper(alpha) - upper(power)
        z = upper(p)
        ratio = npdf(z - delta) / npdf(z)
    return {
        "significant": alpha * (1 - prior) / (alpha * (1 - prior) + power * prior),
        "likelihoodRatio": ratio,
        "atPValue": (1 - prior) / (1 - prior + prior * ratio),
    }


def t_pdf(t, df):
    return (1 + t * t / df) ** (-(df + 1) / 2) / sqrt(df) / beta(df / 2, mpf(1) / 2)


def t_sf(t, df):
    x = df / (df + t * t)
    half = betainc(df / 2, mpf(1) / 2, 0, x, regularized=True) / 2
    return half if t >= 0 else 1 - half


def type_s_m(effect, se, alpha, df):
    effect, se, alpha = abs(mpf(effect)), mpf(se), mpf(alpha)
    d = effect / se
    if df == inf:
        pdf, tail = npdf, sf
        c = upper(alpha / 2)
    else:
        df = mpf(df)
        pdf, tail = (lambda t: t_pdf(t, df)), (lambda t: t_sf(t, df))
        c = findroot(lambda t: log(t_sf(t, df)) - log(alpha / 2), upper(alpha / 2))
    right, wrong = tail(c - d), tail(c + d)
    far = [10**k for k in range(1, 12)] if df != inf else [c + 10, c + 20, c + 40]
    size = quad(lambda x: x * pdf(x - d), [c, max(c, d) + 1] + [max(c, d) + 1 + f for f in far] + [inf])
    size += quad(lambda x: x * pdf(x + d), [c, c + 1] + [c + 1 + f for f in far] + [inf])
    return {"power": right + wrong, "typeS": wrong / (right + wrong), "exaggerationRatio": size / (right + wrong) / d}


def numbers(figures):
    return {name: float(value) for name, value in figures.items()}


table = {
    "source": "mpmath 1.3, trustworthiness.py",
    "falsePositiveRisk": [
        {"prior": a, "alpha": b, "power": c, "pValue": d, "twoSided": t, **numbers(risk(a, b, c, d, t))}
        for a, b, c, d, t in [
            (0.5, 0.05, 0.8, 0.05, True), (0.1, 0.05, 0.8, 0.04, True), (0.1, 0.025, 0.8, 0.02, False),
            (0.33, 0.025, 0.8, 0.025, False), (0.5, 0.05, 0.06, 0.5, True), (0.01, 1e-6, 0.9, 1e-7, True),
            (0.5, 0.05, 0.999, 0.049, True), (0.2, 0.5, 0.9, 1e-12, True), (0.3, 0.05, 0.5, 1e-200, False),
            (0.9, 0.05, 0.8, 1, True),
        ]
    ],
    "minimumBayesFactor": [
        {"pValue": p, "goodman": float(exp(-upper(mpf(p) / 2) ** 2 / 2)), "sellke": float(-e * mpf(p) * log(mpf(p)))}
        for p in (0.3, 0.1, 0.05, 0.01, 0.005, 0.001, 1e-6, 1e-20, 1e-200)
    ],
    "typeSAndM": [
        {"effect": a, "standardError": b, "alpha": c, "degreesOfFreedom": ("Infinity" if df == inf else df),
         **numbers(type_s_m(a, b, c, df))}
        for a, b, c, df in [
            (0.1, 3.28, 0.05, inf), (2, 8.1, 0.05, inf), (1, 1, 0.05, inf), (-2.8, 1, 0.05, inf), (10, 1, 0.001, inf),
            (1e-3, 1, 0.05, inf), (0.5, 1, 1e-8, inf), (2, 8.1, 0.05, 10), (1, 1, 0.05, 3), (4, 1, 0.01, 30),
            (0.01, 1, 0.05, 5),
        ]
    ],
}
with open(os.path.join(HERE, "trustworthiness.json"), "w") as out:
    json.dump(table, out, indent=1)
    out.write("\n")
