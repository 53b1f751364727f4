import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generalizedEigen } from "../../src/numerics/generalized-eigen.ts";
import { cholesky } from "../../src/numerics/cholesky.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { optimalProxyWeights } from "../../src/proxy/optimal-proxy-weights.ts";
import { frontWeights, proxyFront } from "../../src/proxy/proxy-front.ts";
import { sensitivityWeights } from "../../src/proxy/sensitivity-weights.ts";
import { relativeError } from "../support/relative-error.ts";

const effects = {
  scale: "difference",
  covariance: [
    [1.6e-5, 4e-6, 2.56e-6],
    [4e-6, 9e-6, 1.2e-6],
    [2.56e-6, 1.2e-6, 6.4e-7],
  ],
} as const;
const sampling = {
  scale: "difference",
  covariance: [
    [0.18, 0.05, 0.03],
    [0.05, 0.42, 0.02],
    [0.03, 0.02, 0.0392],
  ],
} as const;

/** Of all sizes, but not so small that squares underflow. */
const loading = fc.integer({ min: -1000, max: 1000 }).map((x) => x / 1000);
const covarianceOf = (size: number) =>
  fc
    .record({
      loadings: fc.array(loading, { minLength: size, maxLength: size }),
      own: fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: size, maxLength: size }),
    })
    .map(({ loadings, own }) =>
      loadings.map((a, i) => loadings.map((b, j) => a * b + (i === j ? own[i]! : 0))),
    );
const setting = fc.integer({ min: 2, max: 5 }).chain((proxies) =>
  fc.record({
    covariance: covarianceOf(proxies + 1).map((rows) => rows.map((row) => row.map((x) => x * 1e-3))),
    unit: covarianceOf(proxies + 1).map((rows) => rows.map((row) => row.map((x) => x * 20))),
    n: fc.double({ min: Math.log(100), max: Math.log(1e6), noNaN: true }).map(Math.exp),
  }),
);
const direction = (size: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size });

describe("optimalProxyWeights on the composites of the method specification", () => {
  // Closed forms in NumPy, from the project's reference tables (compose-1000 and compose-1000000), to 1e-9.
  it.each([
    [
      1000,
      [0.012732111176818451, 0.0011945594322885864],
      [0.9142250530785563, 0.08577494692144372],
      0.23058240098241434,
      [0.22857142857142856, 0.07242068243779014],
    ],
    [
      1e6,
      [0.14156871654274478, 0.06652300403417023],
      [0.6803188332061393, 0.31968116679386077],
      0.831267405071947,
      [0.7955376162618053, 0.4887264093383059],
    ],
  ] as const)("n = %d", (n, raw, weights, expected, single) => {
    const result = optimalProxyWeights({ effects, sampling, n });
    raw.forEach((value, i) => expect(relativeError(result.rawWeights[i]!, value)).toBeLessThan(1e-12));
    weights.forEach((value, i) =>
      expect(relativeError(result.composite!.weights[i]!, value)).toBeLessThan(1e-12),
    );
    expect(relativeError(result.composite!.proxyQuality, expected)).toBeLessThan(1e-12);
    single.forEach((value, i) =>
      expect(relativeError(result.single[i]!.proxyQuality, value)).toBeLessThan(1e-12),
    );
  });
});

describe("optimalProxyWeights", () => {
  it("is not beaten by any other weights", () => {
    fc.assert(
      fc.property(
        setting.chain((own) => fc.tuple(fc.constant(own), direction(own.covariance.length - 1))),
        ([{ covariance, unit, n }, other]) => {
          fc.pre(other.some((x) => Math.abs(x) > 1e-3));
          const { composite } = optimalProxyWeights({
            effects: { covariance },
            sampling: { covariance: unit },
            n,
          });
          expect(Math.abs(quality(other, covariance, unit, n))).toBeLessThanOrEqual(
            (composite?.proxyQuality ?? 0) * (1 + 1e-12),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it("meets the conditions of the optimum where weights may not be negative", () => {
    fc.assert(
      fc.property(setting, ({ covariance, unit, n }) => {
        const { rawWeights: w, status } = optimalProxyWeights({
          effects: { covariance },
          sampling: { covariance: unit },
          n,
          nonNegative: true,
        });
        const size = Math.max(...w, 1e-6);
        let isZero = true;
        w.forEach((weight, i) => {
          expect(weight).toBeGreaterThanOrEqual(0);
          const gradient =
            covariance.at(-1)![i]! -
            w.reduce((sum, other, j) => sum + other * (covariance[i]![j]! + unit[i]![j]! / n), 0);
          const scale = size * (covariance[i]![i]! + unit[i]![i]! / n);
          if (weight > 0) {
            isZero = false;
            expect(Math.abs(gradient)).toBeLessThan(1e-11 * scale);
          } else expect(gradient).toBeLessThan(1e-11 * scale);
        });
        expect(status).toBe(isZero ? "undetermined" : "ok");
      }),
      { numRuns: 200 },
    );
  });

  it("averages weights over a posterior, and needs none where nothing goes with sales", () => {
    const other = {
      covariance: [
        [4e-6, 0, 1e-6],
        [0, 9e-6, 0],
        [1e-6, 0, 6e-7],
      ],
      weight: 3,
    };
    const weights = (covariance: readonly (readonly number[])[]) =>
      optimalProxyWeights({
        effects: { covariance },
        sampling: { covariance: sampling.covariance },
        n: 5000,
      });
    const both = optimalProxyWeights({
      effects: { ...effects, posterior: [{ covariance: effects.covariance, weight: 1 }, other] },
      sampling,
      n: 5000,
    });
    const [a, b] = [weights(effects.covariance).rawWeights, weights(other.covariance).rawWeights];
    both.rawWeights.forEach((weight, i) => expect(weight).toBeCloseTo(0.25 * a[i]! + 0.75 * b[i]!, 14));
    expect(both.composite!.proxyQualityInterval).not.toBeNull();
    const none = weights([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect([none.status, none.rawWeights, none.composite]).toEqual(["undetermined", [0, 0], null]);
  });

  it("leads from the weights of all noise to those of none", () => {
    const { atSmallN, atLargeN, curve } = optimalProxyWeights({
      effects,
      sampling,
      n: 1000,
      curveAt: [1e15, 1e-6],
    });
    expect(curve.map(({ n }) => n)).toEqual([1e-6, 1e15]);
    curve[0]!.weights.forEach((weight, i) => expect(weight).toBeCloseTo(atSmallN.weights[i]!, 8));
    curve[1]!.weights.forEach((weight, i) => expect(weight).toBeCloseTo(atLargeN.weights[i]!, 8));
    expect(atSmallN.proxyQuality).toBe(0);
    expect(atLargeN.proxyQuality).toBeGreaterThan(0.8);
  });

  it("says how much better composites look on the experiments that they were made from", () => {
    // Twelve experiments on four proxies, one of which means something: there is much to fit.
    const truth = [1, 1, 1, 1, 1].map((_, i) =>
      [1, 1, 1, 1, 1].map(
        (__, j) => 0.0016 * (i === j ? 1 : (i === 0 && j === 4) || (i === 4 && j === 0) ? 0.7 : 0),
      ),
    );
    const noise = truth.map((row, i) => row.map((_, j) => (i === j ? 0.0004 : 0.0001)));
    const [a, b] = [cholesky(truth)!, cholesky(noise)!];
    const random = createRandom(11);
    let optimism = 0;
    for (let replicate = 0; replicate < 3; replicate++) {
      const experiments = Array.from({ length: 12 }, () => {
        const [x, y] = [truth.map(() => random.normal()), truth.map(() => random.normal())];
        const seen = truth.map((_, i) =>
          a[i]!.reduce((sum, entry, j) => sum + entry * x[j]! + b[i]![j]! * y[j]!, 0),
        );
        return { proxyEffects: seen.slice(0, 4), macroEffect: seen[4]!, covariance: noise };
      });
      const { validation } = optimalProxyWeights({
        effects: { covariance: truth },
        sampling: { covariance: noise.map((row) => row.map((x) => x * 1e4)) },
        n: 1e4,
        experiments,
        prior: { unrelatedShare: 0, positiveTilt: 0 },
      });
      expect(validation!.experiments).toBe(12);
      optimism += validation!.optimism! / 3;
    }
    expect(optimism).toBeGreaterThan(0.05);
  }, 30_000);
});

describe("proxyFront", () => {
  it("holds weights that no others beat in sensitivity and correlation at once", () => {
    fc.assert(
      fc.property(
        setting.chain((own) => fc.tuple(fc.constant(own), direction(own.covariance.length - 1))),
        ([{ covariance, unit }, other]) => {
          fc.pre(other.some((x) => Math.abs(x) > 1e-3));
          fc.pre(
            covariance
              .at(-1)!
              .slice(0, -1)
              .every((x) => x !== 0),
          );
          const at = frontWeights(covariance, unit)!;
          const [signal, rho] = [sensitivity(other, covariance, unit), correlation(other, covariance)];
          let previous = 0;
          for (let s = 0; s <= 1; s += 1 / 64) {
            const point = at(s);
            const own = sensitivity(point, covariance, unit);
            expect(own).toBeGreaterThanOrEqual(previous * (1 - 1e-9));
            previous = own;
            if (signal >= own * (1 + 1e-9)) {
              expect(Math.abs(rho)).toBeLessThanOrEqual(correlation(point, covariance) + 1e-9);
            }
          }
          expect(signal).toBeLessThanOrEqual(previous * (1 + 1e-9));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("passes through the optimal composite of every n, and ends at the most sensitive one", () => {
    fc.assert(
      fc.property(setting, ({ covariance, unit, n }) => {
        fc.pre(
          covariance
            .at(-1)!
            .slice(0, -1)
            .every((x) => x !== 0),
        );
        const at = frontWeights(covariance, unit)!;
        const block = (rows: number[][]) => rows.slice(0, -1).map((row) => row.slice(0, -1));
        const top = generalizedEigen(block(covariance), block(unit))!.values[0]!;
        const { composite } = optimalProxyWeights({
          effects: { covariance },
          sampling: { covariance: unit },
          n,
        });
        at(1 / (n * top + 2)).forEach((weight, i) => expect(weight).toBeCloseTo(composite!.weights[i]!, 9));
        const front = proxyFront({ effects: { covariance }, sampling: { covariance: unit }, n, points: 5 });
        expect(front.marked.at(-1)!.rhoForgone).toBeLessThan(1e-7);
        const { history } = sensitivityWeights({
          effects: { covariance },
          sampling: { covariance: unit },
          n,
        });
        front.front
          .at(-1)!
          .weights.forEach((weight, i) => expect(weight).toBeCloseTo(history.weights[i]!, 9));
        expect(relativeError(history.reliability, (n * top) / (n * top + 1))).toBeLessThan(1e-10);
      }),
      { numRuns: 60 },
    );
  });
});

describe("proxyFront without direction", () => {
  it("says that there is no front", () => {
    const apart = {
      covariance: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    };
    const weighed = optimalProxyWeights({ effects: apart, sampling: apart, n: 10 });
    expect([weighed.status, weighed.composite, weighed.warnings[0]!.code]).toEqual([
      "undetermined",
      null,
      "NO_DIRECTION",
    ]);
    const { status, front, marked, warnings } = proxyFront({ effects: apart, sampling: apart, n: 10 });
    expect([status, front, marked.length, warnings[0]!.code]).toEqual([
      "undetermined",
      [],
      2,
      "NO_DIRECTION",
    ]);
  });
});

describe("sensitivityWeights", () => {
  it("are Fisher's for given effects", () => {
    // S⁻¹ d by NumPy: the row fisher-weights of the project's reference tables, to 1e-10.
    const { given } = sensitivityWeights({
      effects,
      sampling: {
        covariance: [
          [4e-6, 1e-6, 0],
          [1e-6, 9e-6, 0],
          [0, 0, 1],
        ],
      },
      n: 1,
      proxyEffects: [0.004, 0.003],
    });
    expect(relativeError(given!.rawWeights[0]!, 942.8571428571429)).toBeLessThan(1e-12);
    expect(relativeError(given!.rawWeights[1]!, 228.57142857142856)).toBeLessThan(1e-12);
    expect(relativeError(given!.z, 2.1111946516469904)).toBeLessThan(1e-12);
    expect(given!.reading.rho).toBeGreaterThan(0);
  });
});

function sensitivity(w: readonly number[], covariance: number[][], unit: number[][]): number {
  return form(w, covariance) / form(w, unit);
}

function correlation(w: readonly number[], covariance: number[][]): number {
  const toMacro = w.reduce((sum, x, i) => sum + x * covariance.at(-1)![i]!, 0);
  return toMacro / Math.sqrt(form(w, covariance) * covariance.at(-1)!.at(-1)!);
}

function quality(w: readonly number[], covariance: number[][], unit: number[][], n: number): number {
  return correlation(w, covariance) / Math.sqrt(1 + 1 / (n * sensitivity(w, covariance, unit)));
}

function form(w: readonly number[], matrix: number[][]): number {
  return w.reduce((sum, x, i) => sum + x * w.reduce((inner, y, j) => inner + y * matrix[i]![j]!, 0), 0);
}
