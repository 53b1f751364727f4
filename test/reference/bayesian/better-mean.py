# Which of two means is the larger, and what a wrong choice costs: better-mean.json. mpmath, 30 digits, by quadrature
# over the narrower arm; the arms are Student's t with n - 1 degrees of freedom and the scale sd / sqrt(n).
from mpmath import mp, mpf, betainc, gamma, inf, log, nstr, pi, quad, sqrt

mp.dps = 30
CASES = [(1000, 1, 1000, 2, 0.5), (1000, 1, 1000, 1, 0.4375), (1000000, 4.5, 5, 5.5, 7), (60000, 3, 7, 11, 17),
         (14, 2, 6, 2, 11), (12, 1, 8, 1, 7), (6, 1, 6, 1, 6), (6, 1, 60, 1, 4), (5, 2, 4, 3, 3), (3, 1, 3, 1, 0.5)]


def tail(z, df):
    both = betainc(df / mpf(2), mpf(1) / 2, 0, df / (df + z * z), regularized=True)
    return both / 2 if z >= 0 else 1 - both / 2


def density(z, df):
    constant = gamma((df + 1) / mpf(2)) / gamma(df / mpf(2)) / sqrt(df * pi)
    return constant * (1 + z * z / df) ** (-(df + 1) / mpf(2))


rows = []
for n1, sd1, n2, sd2, gap in CASES:
    arms = sorted([(mpf(sd1) / sqrt(mpf(n1)), n1 - 1), (mpf(sd2) / sqrt(mpf(n2)), n2 - 1)])
    (near, df_near), (far, df) = arms

    def below(u):
        return density(u / near, df_near) / near * tail((u + gap) / far, df)

    def excess(u):
        z = (u + gap) / far
        return density(u / near, df_near) / near * far * ((df + z * z) / (df - 1) * density(z, df) - z * tail(z, df))

    steps = [0, 1, 2, 3, 4, 6, 10, 20, 40, 100, 1000]
    points = {-inf, inf, *(near * k for k in steps), *(-near * k for k in steps)}
    points |= {-gap + far * k for k in (-10, -5, -2, 0, 2, 5, 10)}
    points = sorted(points)
    rows.append('{"n": [%d, %d], "sd": [%s, %s], "gap": %s, "logProbability": %s, "loss": %s}' % (
        n1, n2, sd1, sd2, gap, nstr(log(quad(below, points)), 18), nstr(quad(excess, points), 18)))
print("[\n  " + ",\n  ".join(rows) + "\n]")
