"""Elementary functions at exact doubles, rounded from 60 digits: writes elementary.csv beside it.

Run: python3 elementary.py (mpmath 1.3)
"""
import os
import random

import mpmath as mp
from mpmath import mpf

mp.mp.dps = 400
HERE = os.path.dirname(os.path.abspath(__file__))
random.seed(20261123)


def near(exponent):
    """A double of either sign between 2^-exponent and 2^exponent."""
    return random.choice([-1, 1]) * 2 ** random.uniform(-exponent, exponent)


def above(exponent):
    return 2 ** random.uniform(-exponent, exponent)


def uniform(low, high):
    return lambda: random.uniform(low, high)


DOMAINS = {
    "exp": (mp.exp, [uniform(-1, 1), uniform(-745, 709), lambda: near(5)]),
    "expm1": (mp.expm1, [uniform(-1, 1), uniform(-40, 709), lambda: near(5) * 2**-40]),
    "ln": (mp.log, [uniform(0.5, 2), lambda: above(1020), lambda: random.uniform(0, 1) * 2**-1030]),
    "log1p": (mp.log1p, [uniform(-1, 1), lambda: above(500), lambda: near(5) * 2**-40]),
    "log2": (lambda x: mp.log(x) / mp.log(2), [uniform(0.5, 2), lambda: above(1020)]),
    "log10": (mp.log10, [uniform(0.5, 2), lambda: above(1020)]),
    "sinh": (mp.sinh, [uniform(-1, 1), uniform(-710, 710), lambda: near(5) * 2**-40]),
    "cosh": (mp.cosh, [uniform(-1, 1), uniform(-710, 710)]),
    "tanh": (mp.tanh, [uniform(-1, 1), uniform(-23, 23), lambda: near(5) * 2**-40]),
    "asinh": (mp.asinh, [uniform(-1, 1), lambda: near(1000)]),
    "atanh": (mp.atanh, [uniform(-1, 1), lambda: near(5) * 2**-40]),
    "sin": (mp.sin, [uniform(-1, 1), uniform(-30, 30), uniform(-1e6, 1e6)]),
    "cos": (mp.cos, [uniform(-1, 1), uniform(-30, 30), uniform(-1e6, 1e6)]),
    "tan": (mp.tan, [uniform(-1.5, 1.5)]),
    "atan": (mp.atan, [uniform(-2, 2), lambda: near(60)]),
    "asin": (mp.asin, [uniform(-1, 1), lambda: near(5) * 2**-40]),
    "cbrt": (mp.cbrt, [uniform(0, 8), lambda: above(1000)]),
}
TWO = {
    "pow": (mp.power, [lambda: (above(10), random.uniform(-40, 40)), lambda: (random.uniform(0, 1), random.uniform(0, 3))]),
    "hypot": (mp.hypot, [lambda: (near(10), near(10)), lambda: (near(500) * 2.0**400, near(500) * 2.0**400)]),
    "atan2": (mp.atan2, [lambda: (near(10), near(10))]),
}


def row(name, arguments, value):
    return ",".join([name, " ".join(repr(float(x)) for x in arguments), repr(float(value))])


rows = ["function,arguments,value"]
for name, (f, draws) in DOMAINS.items():
    for draw in draws:
        for _ in range(25):
            x = float(draw())
            rows.append(row(name, [x], f(mpf(x))))
for name, (f, draws) in TWO.items():
    for draw in draws:
        for _ in range(25):
            x, y = (float(part) for part in draw())
            rows.append(row(name, [x, y], f(mpf(x), mpf(y))))
with open(os.path.join(HERE, "elementary.csv"), "w") as out:
    out.write("\n".join(rows) + "\n")
