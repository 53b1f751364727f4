"""Two independent posteriors against each other, by mpmath at 22 digits.

Writes two-marginals.json beside this file: for gamma posteriors (shape, rate) and for Student t posteriors (location,
scale, degrees of freedom) of two arms the natural logs of P(treatment - control > d) and P(treatment - control < d), and
the expected losses at d = 0. One arm's density is integrated against the other's tail over pieces of the line; tails of
large shapes are integrals themselves. Run: python3 make-two-marginals.py
"""

import json
import os
from mpmath import mp, mpf

mp.dps = 22


def gamma_arm(shape, rate):
    a, r = mpf(shape), mpf(rate)
    constant = a * mp.log(r) - mp.loggamma(a)
    log_density = lambda x: constant + (a - 1) * mp.log(x) - r * x
    deviation = mp.sqrt(a) / r

    def by_integral(x, direction):
        ends = [x + direction * deviation * mpf(k) for k in (0, 0.02, 0.1, 0.5, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20)]
        ends = [max(e, mpf(0)) for e in ends]
        return abs(mp.quad(lambda y: mp.exp(log_density(y)) if y > 0 else mpf(0), ends))

    def tail(x, side):
        if x <= 0:
            return mpf(1) if side == "upper" else mpf(0)
        if a < 2000:
            return mp.gammainc(a, r * x, mp.inf, regularized=True) if side == "upper" else mp.gammainc(a, 0, r * x, regularized=True)
        above = x > a / r
        if (side == "upper") == above:
            return by_integral(x, 1 if above else -1)
        return 1 - by_integral(x, 1 if above else -1)

    return dict(mean=a / r, width=deviation, log_density=log_density, tail=tail, positive=True, shape=a)


def t_arm(location, scale, df):
    m, s, v = mpf(location), mpf(scale), mpf(df)
    constant = mp.loggamma((v + 1) / 2) - mp.loggamma(v / 2) - mp.log(v * mp.pi) / 2 - mp.log(s)
    log_density = lambda x: constant - (v + 1) / 2 * mp.log1p(((x - m) / s) ** 2 / v)

    def upper(z):  # z >= 0
        if v < 2000:
            return mp.betainc(v / 2, mpf(1) / 2, 0, v / (v + z * z), regularized=True) / 2
        ends = [z + mpf(k) for k in (0, 0.02, 0.1, 0.5, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20)]
        if z > 20:
            ends = [z + mpf(k) / z for k in (0, 0.2, 1, 3, 6, 10, 20, 40, 70, 110)]
        return s * mp.quad(lambda y: mp.exp(log_density(m + s * y)), ends)

    def tail(x, side):
        z = (x - m) / s
        if side == "lower":
            z = -z
        return upper(z) if z >= 0 else 1 - upper(-z)

    return dict(mean=m, width=s, log_density=log_density, tail=tail, positive=False)


def pieces(c, t, d):
    """Ends of pieces over the control's value: near both centers by their own widths, farther out ever longer."""
    steps = [mpf(k) for k in (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 40, 60, 100, 160)]
    if not c["positive"]:
        steps += [mpf(50) * mpf(2) ** k for k in range(2, 60, 3)]
    ends = {c["mean"] + sign * k * c["width"] for k in steps for sign in (1, -1)}
    ends |= {t["mean"] - d + sign * k * t["width"] for k in steps for sign in (1, -1)}
    if c["positive"]:
        ends = {e for e in ends if e > max(0, -d)} | {max(mpf(0), -mpf(d))}
        ends |= {max(mpf(0), -mpf(d)) + c["mean"] * mpf(10) ** -k for k in range(1, 60 if c["shape"] < 5 else 3)}
    return sorted(ends)


def scaled_quad(f, ends):
    """mpmath stops at an absolute error: a first round says how small the integral is, a second has its digits."""
    size = mp.quad(f, ends)
    return size * mp.quad(lambda x: f(x) / size, ends)


def beside(c, t, d, side):
    """P(T - C > d) or < d."""
    d = mpf(d)
    f = lambda x: mp.exp(c["log_density"](x)) * t["tail"](x + d, side)
    value = scaled_quad(f, pieces(c, t, d))
    if c["positive"] and d < 0 and side == "upper":
        value += c["tail"](-d, "lower")
    return value


def loss(c, t):
    return scaled_quad(lambda x: t["tail"](x, "lower") * c["tail"](x, "upper"), ([mpf(0)] if c["positive"] else []) + [e for e in pieces(c, t, mpf(0))])


GAMMA = [
    ((121, 1001), (151, 1011), [0, 0.02, 0.3, -0.1]),
    ((0.5, 10), (3.5, 12), [0, 20, -3]),
    ((40.5, 10), (4.5, 10), [0, -3, 5]),
]
STUDENT = [
    ((10.2, 0.13, 1002), (10.6, 0.1304, 1022), [0, 0.4, -4]),
    ((4.4, 0.75, 9), (6.33, 0.76, 10), [0, 1.9, -40]),
    ((0, 1, 3), (1, 100, 4), [0, 300]),
    ((0, 1, 9), (100, 1, 9), [0, 100]),
]


def table(arms, cases, has_loss):
    rows = []
    for control, treatment, differences in cases:
        c, t = arms(*control), arms(*treatment)
        row = {"control": control, "treatment": treatment, "beside": []}
        for d in differences:
            lower, upper = beside(c, t, d, "lower"), beside(c, t, d, "upper")
            assert abs(lower + upper - 1) < mpf(10) ** -15, (control, treatment, d, lower + upper - 1)
            row["beside"].append({"difference": d, "logLower": float(mp.log(lower)), "logUpper": float(mp.log(upper))})
        if has_loss(control, treatment):
            row["logLossTreatment"] = float(mp.log(loss(c, t)))
            row["logLossControl"] = float(mp.log(loss(t, c)))
        print(row, flush=True)
        rows.append(row)
    return rows


if __name__ == "__main__":
    found = {
        "origin": "make-two-marginals.py, mpmath 1.3 at 22 digits",
        "gamma": table(gamma_arm, GAMMA, lambda c, t: True),
        "studentT": table(t_arm, STUDENT, lambda c, t: min(c[2], t[2]) > 1),
    }
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "two-marginals.json"), "w") as file:
        json.dump(found, file, indent=1)
