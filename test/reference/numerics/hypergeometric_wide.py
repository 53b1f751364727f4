"""Hypergeometric reference values for populations from 2 to 4e12 and tails far below the smallest double: the first
term from log-gamma at 80 digits (mpmath 1.3), the rest of the tail summed term by term by exact ratios in integers of
400 bits. Run: python3 hypergeometric_wide.py > hypergeometric_wide.csv"""
import math, random, sys
from mpmath import mp, mpf, loggamma, exp, log
mp.dps = 80
random.seed(int(sys.argv[1]) if len(sys.argv) > 1 else 20261122)
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 70
TOP = float(sys.argv[3]) if len(sys.argv) > 3 else 12.6
UNIT = 1 << 400

def logfact(n): return loggamma(mpf(n) + 1)
def logpmf(k, N, K, n):
    return (logfact(K) - logfact(k) - logfact(K - k) + logfact(N - K) - logfact(n - k) - logfact(N - K - n + k)
            - logfact(N) + logfact(n) + logfact(N - n))

def log_sum(k, N, K, n, up):
    """ln of the sum of the probabilities from k outwards."""
    lo, hi = max(0, n - (N - K)), min(K, n)
    w = total = UNIT
    g1, g2, s1, s2 = (k, N - K - n + k, n - k, K - k) if up else (n - k, K - k, k, N - K - n + k)
    while w > total >> 130 and s1 > 0 and s2 > 0:
        g1 += 1; g2 += 1
        w = w * s1 * s2 // (g1 * g2)
        s1 -= 1; s2 -= 1
        total += w
    return logpmf(k, N, K, n) + log(mpf(total) / UNIT)

print("function,k,N,K,n,value")
for _ in range(COUNT):
    N = int(10 ** random.uniform(0.4, TOP))
    K, n = (min(N, max(0, int(N * 10 ** random.uniform(-min(9, math.log10(N)), 0)))) for _ in range(2))
    if random.random() < .3: n = N // 2
    lo, hi = max(0, n - (N - K)), min(K, n)
    if lo == hi: continue
    mean = n * K / N
    sd = math.sqrt(mean * (1 - K / N) * (N - n) / max(1, N - 1))
    k = min(hi - 1, max(lo, round(mean + random.choice([1, 5, 40]) * random.gauss(0, 1) * sd)))
    upper_first = k + 1 > mean
    small = log_sum(k + 1 if upper_first else k, N, K, n, upper_first)
    other = log(-mp.expm1(small)) if small > -1 else mp.log1p(-exp(small))
    upper, lower = (small, other) if upper_first else (other, small)
    for name, value in (("logcdf", lower), ("logsf", upper), ("logpmf", logpmf(k, N, K, n))):
        print(f"hyper_{name},{k},{N},{K},{n},{mp.nstr(value, 20)}")
        if value > log(mpf("2.3e-308")):
            print(f"hyper_{name[3:]},{k},{N},{K},{n},{mp.nstr(exp(value), 20)}")
