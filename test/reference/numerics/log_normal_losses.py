# Makes log_normal_losses.csv: E max(1 - e^X, 0) and E max(e^X - 1, 0) of a normal X, with mpmath 1.3 and 80 digits, by
# the formula of Black and Scholes (1973), and, to check it, by quadrature.
# Run in this folder: python3 log_normal_losses.py
import random
from mpmath import mp, mpf, erfc, exp, sqrt, quad, npdf, inf

mp.dps = 80


def upper(x):
    return erfc(x / sqrt(mpf(2))) / 2


def losses(mean, deviation):
    z = mean / deviation
    growth = exp(mean + deviation * deviation / 2)
    short = upper(z) - growth * upper(z + deviation)
    beyond = growth * upper(-z - deviation) - upper(-z)
    return short, beyond


mp.dps = 30
for mean, deviation in [(mpf("0.02"), mpf("0.05")), (mpf("-1.5"), mpf(2))]:
    short, beyond = losses(mean, deviation)
    assert abs(quad(lambda x: (1 - exp(x)) * npdf(x, mean, deviation), [-20, -1, 0]) / short - 1) < 1e-12
    assert abs(quad(lambda x: (exp(x) - 1) * npdf(x, mean, deviation), [0, 1, 20]) / beyond - 1) < 1e-12
mp.dps = 80

random.seed(20261123)
cases = [(0.0, 1.0), (0.0, 1e-6), (0.01, 0.02), (-0.01, 0.02), (-0.0002, 0.02), (2.5, 0.7), (-3.0, 1.0), (10.0, 10.0)]
for _ in range(60):
    deviation = 10 ** random.uniform(-6, 1)
    cases.append((deviation * random.uniform(-30, 30) if deviation < 0.3 else random.uniform(-10, 10), deviation))
with open("log_normal_losses.csv", "w") as file:
    file.write("# By log_normal_losses.py: mpmath 1.3, 80 digits.\nmean,deviation,short,beyond\n")
    for mean, deviation in cases:
        short, beyond = losses(mpf(mean), mpf(deviation))
        if float(short) < 1e-300 or float(beyond) < 1e-300:
            continue
        file.write(f"{mean!r},{deviation!r},{float(short)!r},{float(beyond)!r}\n")
