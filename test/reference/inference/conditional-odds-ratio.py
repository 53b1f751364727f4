"""Exact conditional inference on the odds ratio: limits by bisection in mpmath at 60 digits on the noncentral
hypergeometric tails, summed term by term from exact ratios; the estimate likewise on the mean. Checked against R 4.2.2
fisher.test, whose root finder leaves about 1e-4. Run: python3 conditional-odds-ratio.py"""
import json, random, sys
from mpmath import mp, mpf, log, exp, findroot
mp.dps = 60
random.seed(20261122)

def weights(x1, n1, x2, n2, psi):
    """(k - x2, weight relative to that of x2), outwards from x2 to where nothing is left."""
    m = x1 + x2
    lo, hi = max(0, m - n1), min(n2, m)
    out = [(0, mpf(1))]
    for direction in (1, -1):
        k, w, top = x2, mpf(1), mpf(1)
        while True:
            if direction == 1:
                if k == hi: break
                w = w * psi * (n2 - k) * (m - k) / ((k + 1) * (n1 - m + k + 1)); k += 1
            else:
                if k == lo: break
                w = w * k * (n1 - m + k) / (psi * (n2 - k + 1) * (m - k + 1)); k -= 1
            out.append((k - x2, w)); top = max(top, w)
            if w < top * mpf(10) ** -45: break
    return out

def upper_tail(c, theta, share):
    ws = weights(*c, exp(theta))
    total = sum(w for _, w in ws)
    return (sum(w for d, w in ws if d > 0) + share) / total

def mean_excess(c, theta):
    ws = weights(*c, exp(theta))
    return sum(d * w for d, w in ws) / sum(w for _, w in ws)

def root(f, guess, step):
    a, b = guess - step, guess + step
    while f(a) > 0: a -= step; step *= 2
    while f(b) < 0: b += step; step *= 2
    return findroot(f, (a, b), solver='anderson', tol=mpf(10) ** -60, maxsteps=200, verify=False)

def lower(c, tail, share):
    x1, n1, x2, n2 = c
    m = x1 + x2
    lo, hi = max(0, m - n1), min(n2, m)
    if tail <= (share if x2 == lo else 0) or lo == hi: return mpf(0)
    if tail >= (share if x2 == hi else 1): return mp.inf
    h = mpf(1) / 2
    v = 1/(x1+h) + 1/(n1-x1+h) + 1/(x2+h) + 1/(n2-x2+h)
    g = log((x2+h)*(n1-x1+h)/((x1+h)*(n2-x2+h)))
    from scipy.stats import norm
    z = norm.isf(float(tail))
    lt = log(tail)
    return exp(root(lambda t: log(upper_tail(c, t, share)) - lt, g - z*v**h, v**h / 5))

def swap(c): return (c[2], c[3], c[0], c[1])

def mle(c):
    x1, n1, x2, n2 = c
    m = x1 + x2
    lo, hi = max(0, m - n1), min(n2, m)
    if lo == hi: return None
    if x2 == lo: return mpf(0)
    if x2 == hi: return mp.inf
    v = mpf(1)/x1 + mpf(1)/(n1-x1) + mpf(1)/x2 + mpf(1)/(n2-x2)
    g = log(mpf(x2)*(n1-x1)/(mpf(x1)*(n2-x2)))
    return exp(root(lambda t: mean_excess(c, t), g, v))

def text(x):
    if x is None: return None
    if x == mp.inf: return "Infinity"
    return float(mp.nstr(x, 20))

tables = [(200,10000,250,10000),(1,1,0,1),(0,1,1,1),(3,4,1,4),(0,50,5,60),(5,50,0,60),(50,50,45,60),(20,50,60,60),
          (10,12,1,15),(2,30,9,28),(300,1000,800,1000),(990,1000,999,1000),(1,1000000,30,1000000),
          (25000,1000000,25500,1000000),(100000,1000000,101000,1000000),(500000,1000000,500600,1000000),(999900,1000000,999950,1000000)]
for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 25):
    n1, n2 = (int(10 ** random.uniform(0, 5)) for _ in range(2))
    p = 10 ** random.uniform(-3, 0)
    q = min(1, p * 2 ** random.gauss(0, 0.5))
    x1 = min(n1, max(0, round(random.gauss(n1*p, (n1*p*(1-p)) ** .5))))
    x2 = min(n2, max(0, round(random.gauss(n2*q, (n2*q*(1-q)) ** .5))))
    tables.append((x1, n1, x2, n2))
cases = []
for c in tables:
    conf = random.choice([0.95, 0.95, 0.99, 0.8, 0.3, 0.999999])
    tail = mpf(1 - conf) / 2
    out = {"estimate": text(mle(c))}
    for name, share in (("exact", mpf(1)), ("midP", mpf(1)/2)):
        l, u = lower(c, tail, share), lower(swap(c), tail, share)
        up = mp.inf if u == 0 else mpf(0) if u == mp.inf else 1/u
        out[name] = [text(l), text(up)]
    cases.append({"in": dict(zip(("x1","n1","x2","n2"), c), conf=conf), "out": out})
json.dump({"conventions": "group 1 is control, 2 treatment; odds ratio odds2/odds1; two-sided, (1 - conf)/2 in each tail; infinities are strings", "cases": cases}, open("conditional-odds-ratio.json", "w"), indent=None, separators=(",", ":"))
