"""Delays of conversions, and the share that a read-out has seen, with 40 digits left after what cancels: mpmath.

python3 delays.py > delays.json

`curves`: share of conversions that have come in by an age, and its mean over all ages from 0 to that age, of Weibull and
log-normal delays. `shares`: the share that a read-out at `observedAtDays` has seen of all who entered by
`enrolmentDays`, for units that enter evenly, by weekday, along a power of time, and with a ramp. The arguments are
exact doubles.
"""
import json
import sys

import mpmath as mp

mp.mp.dps = 400


def weibull(shape, scale):
    k, s = mp.mpf(shape), mp.mpf(scale)

    def cdf(x):
        return -mp.expm1(-((x / s) ** k)) if x > 0 else mp.mpf(0)

    def area(x):
        u = (x / s) ** k
        return x - s / k * mp.gammainc(1 / k, 0, u) if x > 0 else mp.mpf(0)

    return cdf, area


def log_normal(mean, sd):
    m, s = mp.mpf(mean), mp.mpf(sd)

    def cdf(x):
        return mp.ncdf((mp.log(x) - m) / s) if x > 0 else mp.mpf(0)

    def area(x):
        if x <= 0:
            return mp.mpf(0)
        z = (mp.log(x) - m) / s
        return x * mp.ncdf(z) - mp.exp(m + s * s / 2) * mp.ncdf(z - s)

    return cdf, area


def curve_of(delay):
    if "meanDays" in delay:
        return weibull(1, delay["meanDays"])
    if "shape" in delay:
        return weibull(delay["shape"], delay["scaleDays"])
    return log_normal(delay["logMean"], delay["logSd"])


curves = []
for shape in (0.01, 0.1, 0.5, 0.9, 1.0, 1.3, 2.5, 20.0, 400.0):
    for relative in (1e-9, 1e-3, 0.2, 0.9, 0.999, 1.001, 1.1, 3.0, 40.0, 1e6):
        delay = {"shape": shape, "scaleDays": 3.5}
        age = 3.5 * relative
        # u beyond 1e5 would take incomplete gammas of no use; below 1e-300 a double holds no share.
        u = relative**shape if shape * mp.log(relative) < 700 else mp.inf
        if u > 1e5 or u < 1e-280:
            continue
        curves.append((delay, age))
for sd in (1e-3, 0.02, 0.049, 0.051, 0.4, 1.0, 2.5, 20.0):
    for z in (-30.0, -8.0, -2.0, -0.3, 0.0, 0.5, 2.0, 7.0, 8.9, 9.1, 30.0):
        if abs(sd * z) > 300:
            continue
        curves.append(({"logMean": 1.2, "logSd": sd}, float(mp.exp(mp.mpf(1.2) + sd * z))))

rows = []
for delay, age in curves:
    cdf, area = curve_of(delay)
    x = mp.mpf(age)
    rows.append({
        "in": {"delay": delay, "age": age},
        "out": {"share": float(cdf(x)), "meanShare": float(area(x) / x)},
    })

WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def since(traffic, cdf, area, start, until, at):
    """Units and observed units of a traffic that is let in from `start`."""
    start, until, at = mp.mpf(start), mp.mpf(until), mp.mpf(at)
    if until <= start:
        return mp.mpf(0), mp.mpf(0)
    if "unitsPerDay" in traffic:
        rate = mp.mpf(traffic["unitsPerDay"])
        return rate * (until - start), rate * (area(at - start) - area(at - until))
    if "unitsPerWeekday" in traffic:
        first = WEEK.index(traffic.get("startWeekday", "monday"))
        units = observed = mp.mpf(0)
        for day in range(int(mp.floor(start)), int(mp.ceil(until))):
            a, b = max(mp.mpf(day), start), min(mp.mpf(day + 1), until)
            rate = mp.mpf(traffic["unitsPerWeekday"][(first + day) % 7])
            units += rate * (b - a)
            observed += rate * (area(at - a) - area(at - b))
        return units, observed
    e = mp.mpf(traffic["growthExponent"])
    width, oldest = until - start, at - start
    # v = (x / width)^e, the part of the units that came earlier; the youngest ages by steps of 4.
    ages = [width / mp.mpf(4) ** j for j in range(1, 60)]
    cuts = sorted({mp.mpf(0), mp.mpf(1), *[(1 - age / width) ** e for age in ages]})
    mean = mp.quad(lambda v: cdf(oldest - width * v ** (1 / e)), cuts)
    units = mp.mpf(traffic["firstDayUnits"]) * width**e
    return units, units * mean


def share(delay, traffic, until, at):
    cdf, area = curve_of(delay)
    day, before = mp.mpf(0), mp.mpf(0)
    units = observed = mp.mpf(0)
    for step in [*traffic.get("rampUp", []), {"days": 0, "share": 1.0}]:
        added = mp.mpf(step["share"]) - before
        u, o = since(traffic, cdf, area, day, until, at)
        units += added * u
        observed += added * o
        before = mp.mpf(step["share"])
        day += mp.mpf(step["days"])
    return observed / units


DELAYS = [
    {"meanDays": 4.0},
    {"meanDays": 0.01},
    {"meanDays": 2000.0},
    {"shape": 0.6, "scaleDays": 2.5},
    {"shape": 3.0, "scaleDays": 6.0},
    {"logMean": 1.1, "logSd": 0.9},
    {"logMean": 2.0, "logSd": 0.03},
]
RAMP = [{"days": 2.5, "share": 0.1}, {"days": 4, "share": 0.5}]
TRAFFICS = [
    {"unitsPerDay": 130.0},
    {"unitsPerDay": 130.0, "rampUp": RAMP},
    {"unitsPerWeekday": [900.0, 1000.0, 1000.0, 950.0, 700.0, 0.0, 250.0], "startWeekday": "thursday"},
    {"unitsPerWeekday": [900.0, 1000.0, 1000.0, 950.0, 700.0, 0.0, 250.0], "rampUp": RAMP},
    {"firstDayUnits": 80.0, "growthExponent": 0.65},
    {"firstDayUnits": 80.0, "growthExponent": 0.65, "rampUp": RAMP},
    {"firstDayUnits": 80.0, "growthExponent": 0.1},
]
TIMES = [(14.0, 14.0), (9.25, 9.25), (10.5, 45.0), (0.5, 300.0), (90.0, 90.0)]
shares = []
mp.mp.dps = 40
for delay in DELAYS:
    for traffic in TRAFFICS:
        for until, at in TIMES:
            shares.append({
                "in": {"delay": delay, "traffic": traffic, "enrolmentDays": until, "observedAtDays": at},
                "out": {"share": float(share(delay, traffic, until, at))},
            })

json.dump(
    {
        "origin": f"delays.py: mpmath {mp.__version__}, Python {sys.version.split()[0]}",
        "curves": rows,
        "shares": shares,
    },
    sys.stdout,
    indent=1,
)
