"""Fisher's exact test where sums over all tables are out of reach: counts to 1e12, p-values far below the smallest
double. First terms from log-gamma at 80 digits (mpmath 1.3), tails summed by exact ratios in integers of 400 bits; the
other side of a two-sided p-value found by bisection on the log probability. Run: python3 fisher-wide.py"""
import json, math, random, sys
from mpmath import mp, mpf, loggamma, exp, log, expm1, log1p
mp.dps = 80
random.seed(int(sys.argv[1]) if len(sys.argv) > 1 else 20261122)
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 40
TOP = float(sys.argv[3]) if len(sys.argv) > 3 else 12
UNIT = 1 << 400

def logfact(n): return loggamma(mpf(n) + 1)

def solve(x1, n1, x2, n2):
    M, N = x1 + x2, n1 + n2
    lo, hi = max(0, M - n1), min(M, n2)
    const = logfact(n1) + logfact(n2) + logfact(M) + logfact(N - M) - logfact(N)
    pmf = lambda k: const - logfact(k) - logfact(n2 - k) - logfact(M - k) - logfact(n1 - M + k)
    def tail(k, up):
        w = total = UNIT
        g1, g2, s1, s2 = (k, n1 - M + k, n2 - k, M - k) if up else (n2 - k, M - k, k, n1 - M + k)
        while w > total >> 130 and s1 > 0 and s2 > 0:
            g1 += 1; g2 += 1
            w = w * s1 * s2 // (g1 * g2)
            s1 -= 1; s2 -= 1
            total += w
        return exp(pmf(k)) * total / UNIT
    mode = (n2 + 1) * (M + 1) // (N + 2)
    obs = pmf(x2)
    def bounds(limit):
        a, b = mode, hi + 1          # smallest k >= mode with pmf <= limit
        if pmf(mode) <= limit: above = mode
        else:
            while b - a > 1:
                m = (a + b) // 2
                if pmf(m) <= limit: b = m
                else: a = m
            above = b
        a, b = lo - 1, mode          # largest k < mode with pmf <= limit
        while b - a > 1:
            m = (a + b) // 2
            if pmf(m) <= limit: a = m
            else: b = m
        return a, above
    p = exp(obs)
    below, above = bounds(obs + log1p(mpf(10) ** -7))
    two = mpf(1) if below + 1 >= above else (tail(below, False) if below >= lo else 0) + (tail(above, True) if above <= hi else 0)
    tb, ta = bounds(obs + mpf(10) ** -60)
    other = tb if ta == x2 else ta
    tied = lo <= other <= hi and abs(pmf(other) - obs) < mpf(10) ** -60
    if x2 >= mode:
        greater = tail(x2, True); less = 1 - greater + p
    else:
        less = tail(x2, False); greater = 1 - less + p
    mid = {"midTwo": two - p / 2 * (2 if tied else 1), "midGreater": greater - p / 2, "midLess": less - p / 2}
    out = {"two": two, "greater": greater, "less": less, "central": min(mpf(1), 2 * min(greater, less)), **mid,
           "midCentral": min(mpf(1), 2 * min(mid["midGreater"], mid["midLess"]))}
    return {k: float(mp.nstr(log(v), 20)) for k, v in out.items()}

cases = []
while len(cases) < COUNT:
    n1 = int(10 ** random.uniform(0.5, TOP)); n2 = n1 if random.random() < .5 else max(1, int(n1 * 10 ** random.uniform(-1, 0.3)))
    p = 10 ** random.uniform(-math.log10(n1), 0) if random.random() < .7 else random.random()
    z = random.choice([0.5, 2, 8, 30])
    draw = lambda n: min(n, max(0, round(n * p + z * random.gauss(0, 1) * math.sqrt(n * p * (1 - p)))))
    x1, x2 = draw(n1), draw(n2)
    cases.append({"in": {"x1": x1, "n1": n1, "x2": x2, "n2": n2}, "logs": solve(x1, n1, x2, n2)})
json.dump({"conventions": "natural logs of p-values; two: minimum likelihood with R's tolerance 1e-7; central: twice the smaller tail; midTwo halves the observed outcome and what is exactly as likely on the other side", "cases": cases}, open("fisher-wide.json", "w"), separators=(",", ":"))
