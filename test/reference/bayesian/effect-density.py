"""Posterior densities of effects, for test/bayesian/effect-density.test.ts.

mpmath 1.3, 30 digits: the density of the lift t/c - 1 at v is the integral of c f_C(c) f_T((1 + v) c), that of the
difference the integral of f_C(c) f_T(c + v), by Gauss-Legendre quadrature between points that are dense at both peaks.
The lift of two means is that given a control above 0. Run: python3 effect-density.py > effect-density.json
"""

import json

import mpmath as mp

mp.mp.dps = 30


def beta(alpha, beta_):
    a, b = mp.mpf(alpha), mp.mpf(beta_)
    log_constant = mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
    mean = a / (a + b)
    deviation = mp.sqrt(mean * (1 - mean) / (a + b + 1))

    def density(x):
        if not 0 < x < 1:
            return mp.mpf(0)
        return mp.exp((a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) + log_constant)

    return density, mean, deviation


def gamma(shape, rate):
    a, r = mp.mpf(shape), mp.mpf(rate)
    log_constant = a * mp.log(r) - mp.loggamma(a)

    def density(x):
        return mp.exp((a - 1) * mp.log(x) - r * x + log_constant) if x > 0 else mp.mpf(0)

    return density, a / r, mp.sqrt(a) / r


def student_t(mu, kappa, alpha, beta_):
    df, mu = 2 * mp.mpf(alpha), mp.mpf(mu)
    scale = mp.sqrt(mp.mpf(beta_) / mp.mpf(alpha) / mp.mpf(kappa))
    log_constant = mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2) - mp.log(df * mp.pi) / 2 - mp.log(scale)

    def density(x):
        return mp.exp(log_constant - (df + 1) / 2 * mp.log1p(((x - mu) / scale) ** 2 / df))

    return density, mu, scale


STEPS = (60, 30, 15, 10, 7, 5, 4, 3, 2, 1)


def around(center, width):
    return [center + sign * k * width for k in STEPS for sign in (-1, 1)] + [center]


def effect_density(family, effect, control, treatment, value):
    make = {"beta": beta, "gamma": gamma, "normal": student_t}[family]
    (f_c, mean_c, sd_c), (f_t, mean_t, sd_t) = make(*control), make(*treatment)
    v = mp.mpf(value)
    upper = mp.inf
    if effect == "difference":
        integrand = lambda c: f_c(c) * f_t(c + v)
        points = around(mean_c, sd_c) + around(mean_t - v, sd_t)
        lower = -mp.inf if family == "normal" else max(mp.mpf(0), -v)
        if family == "beta":
            upper = min(mp.mpf(1), 1 - v)
    else:
        integrand = lambda c: c * f_c(c) * f_t((1 + v) * c)
        points = around(mean_c, sd_c) + around(mean_t / (1 + v), sd_t / abs(1 + v))
        lower = mp.mpf(0)
        if family == "beta":
            upper = min(mp.mpf(1), 1 / (1 + v))
    inner = sorted({p for p in points if lower < p < upper})
    density = mp.quad(integrand, [lower, *inner, upper])
    if family == "normal" and effect == "lift":
        positive = sorted(p for p in around(mean_c, sd_c) if p > 0)
        density /= mp.quad(f_c, [mp.mpf(0), *positive, mp.inf])
    return density


# Posterior parameters, those of each arm's family: alpha and beta; shape and rate; mu, kappa, alpha and beta.
CASES = [
    ("beta", [51, 951], [66, 936], {"lift": [-0.3, 0, 0.3, 1.2], "difference": [-0.02, 0, 0.015, 0.06]}),
    ("beta", [0.5, 40.5], [3.5, 37.5], {"lift": [-0.5, 2, 40], "difference": [-0.03, 0.05, 0.3]}),
    ("beta", [120001, 880001], [60501, 440001], {"lift": [-0.002, 0.007, 0.02], "difference": [-0.001, 0.0009, 0.003]}),
    ("beta", [30, 2], [5, 1], {"lift": [-0.6, -0.05, 0.2], "difference": [-0.5, -0.1, 0.05]}),
    ("gamma", [121, 1001], [151, 1011], {"lift": [-0.3, 0.2, 0.9], "difference": [-0.03, 0.03, 0.09]}),
    ("gamma", [2, 31], [7, 29], {"lift": [-0.8, 2, 20], "difference": [-0.1, 0.17, 0.6]}),
    ("gamma", [250001, 1000003], [127001, 500003], {"lift": [-0.005, 0.016, 0.03], "difference": [0.001, 0.004, 0.009]}),
    ("normal", [10.2, 1000, 499.5, 8391.6], [10.6, 1020, 509.5, 8865.3], {"lift": [-0.03, 0.04, 0.11], "difference": [-0.4, 0.4, 1.1]}),
    ("normal", [9, 8, 3.5, 70], [11, 5, 2, 55], {"lift": [-0.7, 0.2, 1.9], "difference": [-9, 2, 14]}),
]


def main():
    rows = []
    for family, control, treatment, effects in CASES:
        for effect, values in effects.items():
            densities = [mp.nstr(effect_density(family, effect, control, treatment, v), 17) for v in values]
            rows.append(
                {
                    "family": family,
                    "control": control,
                    "treatment": treatment,
                    "effect": effect,
                    "values": values,
                    "densities": [float(d) for d in densities],
                }
            )
    print(json.dumps({"conventions": __doc__.strip(), "cases": rows}, indent=1))


if __name__ == "__main__":
    main()
