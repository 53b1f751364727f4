"""The generating vector of src/numerics/outside-lattice.ts, component by component.

Each component is the best of 300 random odd numbers for the lattices of 2^8 to 2^16 points at once: the least sum of
the logs of P2, the squared worst-case error of periodic functions with square-integrable mixed second derivatives
(Sloan and Joe 1994, Lattice Methods for Multiple Integration), variable j having the weight 1 / j^2.
"""
import numpy as np

rng = np.random.default_rng(20261122)
SIZES = [2**m for m in range(8, 17)]
products = [np.ones(n) for n in SIZES]
vector = []
for j in range(1, 21):
    best = None
    for z in [1] if j == 1 else rng.integers(0, 2**15, 300) * 2 + 1:
        score, trial = 0.0, []
        for n, product in zip(SIZES, products):
            x = (np.arange(n) * int(z) % n) / n
            p = product * (1 + 2 * np.pi**2 * (x * x - x + 1 / 6) / j**2)
            trial.append(p)
            score += np.log(p.mean() - 1)
        if best is None or score < best[0]:
            best = (score, int(z), trial)
    vector.append(best[1])
    products = best[2]
    print(vector, [f"{p.mean() - 1:.1e}" for p in products], flush=True)
