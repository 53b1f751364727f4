"""Sample sizes, powers and minimum detectable differences far from everyday plans: mpmath 1.3, 60 digits.

Arguments are exact doubles. Run: python3 extremes.py > extremes.json
"""
import json
import random

from mpmath import asin, erfc, findroot, log, mp, mpf, sqrt

mp.dps = 60
random.seed(20250101)


def sf(z):
    return erfc(z / sqrt(mpf(2))) / 2


def upper_quantile(q):
    """z with sf(z) = q, by Newton on the log."""
    q = mpf(q)
    if q > mpf("0.5"):
        return -upper_quantile(1 - q)
    if q == mpf("0.5"):
        return mpf(0)
    return findroot(lambda z: log(sf(z)) - log(q), sqrt(-2 * log(q)) * mpf("0.9"), tol=mpf(10) ** -100)


def planned(test, p1, p2, k):
    if test == "arcsine":
        s = sqrt(1 + 1 / k)
        return 2 * asin(sqrt(p2)) - 2 * asin(sqrt(p1)), s, s
    s1 = sqrt(p1 * (1 - p1) + p2 * (1 - p2) / k)
    if test == "wald":
        return p2 - p1, s1, s1
    pooled = (p1 + k * p2) / (1 + k)
    return p2 - p1, sqrt(pooled * (1 - pooled) * (1 + 1 / k)), s1


def detectable(test, p1, n, k, za, zb, sign):
    def excess(size):
        e, s0, s1 = planned(test, p1, p1 + sign * size, k)
        return abs(e) * sqrt(n) - za * s0 - zb * s1

    low, high = mpf(0), (1 - p1 if sign == 1 else p1)
    if excess(high) <= 0:
        return None
    while high - low > mpf(10) ** -45 * high:
        middle = (low + high) / 2
        if excess(middle) > 0:
            high = middle
        else:
            low = middle
    return sign * high


def text(x):
    return None if x is None else mp.nstr(x, 20)


cases = []
for test in ("score", "wald", "arcsine"):
    for _ in range(40):
        baseline = random.choice([1e-9, 1e-6, 1e-3, 0.03, 0.3, 0.5, 0.97, 1 - 1e-4, 1 - 2.0**-30])
        room = min(baseline, 1 - baseline)
        difference = random.choice([-1, 1]) * room * random.choice([1e-9, 1e-6, 1e-3, 0.03, 0.3, 0.9])
        allocation = random.choice([1.0, 1.0, 0.01, 0.3, 2.5, 99.0])
        alpha = random.choice([0.05, 0.05, 0.3, 1e-3, 1e-12, 1e-100])
        power = random.choice([0.5, 0.8, 0.999, 0.999999])
        alternative = random.choice(["two-sided", "greater" if difference > 0 else "less"])
        p1, d, k = mpf(baseline), mpf(difference), mpf(allocation)
        za = upper_quantile(mpf(alpha) / 2 if alternative == "two-sided" else mpf(alpha))
        zb = -upper_quantile(mpf(power))
        e, s0, s1 = planned(test, p1, p1 + d, k)
        control = ((za * s0 + zb * s1) / e) ** 2
        n = float(mp.ceil(control * mpf(random.choice([0.2, 1, 3]))))
        near = sf((za * s0 - abs(e) * sqrt(mpf(n))) / s1)
        far = sf((za * s0 + abs(e) * sqrt(mpf(n))) / s1) if alternative == "two-sided" else mpf(0)
        sign = 1 if difference > 0 else -1
        cases.append(
            {
                "in": dict(test=test, baseline=baseline, difference=difference, allocation=allocation, alpha=alpha, power=power, alternative=alternative, n=n),
                "out": dict(control=text(control), near=text(near), far=text(far), detectable=text(detectable(test, p1, mpf(n), k, za, zb, sign))),
            }
        )

note = {
    "source": "mpmath 1.3, 60 digits: extremes.py",
    "conventions": "control: exact n of the control arm; near and far: the two tails of the power at n; detectable: the smallest difference with its sign at n and the power asked for, null where there is none",
}
head = json.dumps(note)[:-1]
print(head + ', "cases": [\n' + ",\n".join(json.dumps(c) for c in cases) + "\n]}")
