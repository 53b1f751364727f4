import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EffectTable } from "../../src/proxy/effect-table.ts";
import { randomEffectsFit } from "../../src/proxy/random-effects-fit.ts";
import { curvatureOf, tableOf, world } from "../support/random-effects-worlds.ts";

const KINDS = ["reml", "ml"] as const;

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));
}

/** The same table with every effect replaced. */
function mapEffects(table: EffectTable, f: (effect: number, metric: number) => number): EffectTable {
  return { ...table, effects: table.effects.map((effect, at) => f(effect, at % table.metrics)) };
}

function permuted(table: EffectTable, order: readonly number[]): EffectTable {
  const p = table.metrics;
  const square = (values: Float64Array): Float64Array =>
    values.map((_, at) => {
      const j = at % p;
      const i = Math.floor(at / p) % p;
      return values[at - i * p - j + order[i]! * p + order[j]!]!;
    });
  return {
    ...table,
    effects: table.effects.map((_, at) => table.effects[at - (at % p) + order[at % p]!]!),
    covariances: square(table.covariances),
    clusters: table.clusters.map(({ members, shared }) => ({ members, shared: square(shared) })),
  };
}

const settings = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  experiments: fc.integer({ min: 4, max: 25 }),
  metrics: fc.integer({ min: 1, max: 3 }),
  tau: fc.double({ min: 0.2, max: 3, noNaN: true }),
  clustered: fc.boolean(),
  kind: fc.constantFrom(...KINDS),
});

describe("the derivatives of the likelihood", () => {
  it("are those of its differences, with clusters and without", () => {
    fc.assert(
      fc.property(settings, ({ kind, ...setting }) => {
        const { gradientError, hessianError } = curvatureOf(world(setting), kind);
        expect(gradientError).toBeLessThan(1e-6);
        expect(hessianError).toBeLessThan(1e-6);
      }),
      { numRuns: 30 },
    );
  });
});

describe("a fit of effects and their covariance", () => {
  it("is at a maximum: a step more gains nothing", () => {
    fc.assert(
      fc.property(settings, ({ kind, ...setting }) => {
        expect(randomEffectsFit(world(setting), kind).leftToGain).toBeLessThan(1e-16);
      }),
      { numRuns: 40 },
    );
  });

  it("follows the scale of each metric", () => {
    fc.assert(
      fc.property(settings, ({ kind, ...setting }) => {
        const table = world(setting);
        const scales = [1e-9, 3, 1e7].slice(0, table.metrics);
        const scaled: EffectTable = {
          ...mapEffects(table, (effect, i) => effect * scales[i]!),
          covariances: table.covariances.map((value, at) => {
            const j = at % table.metrics;
            return value * scales[j]! * scales[Math.floor(at / table.metrics) % table.metrics]!;
          }),
          clusters: table.clusters.map(({ members, shared }) => ({
            members,
            shared: shared.map(
              (value, at) => value * scales[at % table.metrics]! * scales[Math.floor(at / table.metrics)]!,
            ),
          })),
        };
        const plain = randomEffectsFit(table, kind);
        const fit = randomEffectsFit(scaled, kind);
        expect(fit.rank).toBe(plain.rank);
        const tau = fit.tau.map((value, i) => value / scales[i]!);
        expect(largestDifference(tau, plain.tau)).toBeLessThan(1e-9);
        expect(
          largestDifference(
            fit.mean.map((value, i) => value / scales[i]!),
            plain.mean,
          ),
        ).toBeLessThan(1e-9);
      }),
      { numRuns: 25 },
    );
  });

  it("does not depend on the order of the metrics", () => {
    fc.assert(
      fc.property(settings, ({ kind, ...setting }) => {
        const table = world({ ...setting, metrics: 3 });
        const order = [2, 0, 1];
        const plain = randomEffectsFit(table, kind);
        const turned = randomEffectsFit(permuted(table, order), kind);
        expect(turned.logLikelihood).toBeCloseTo(plain.logLikelihood, 9);
        expect(
          largestDifference(
            turned.tau,
            order.map((i) => plain.tau[i]!),
          ),
        ).toBeLessThan(1e-7);
      }),
      { numRuns: 20 },
    );
  });

  it("moves with a constant only in its means", () => {
    const table = world({ seed: 3, experiments: 20, metrics: 2, tau: 1, clustered: true });
    for (const kind of KINDS) {
      const plain = randomEffectsFit(table, kind);
      const shifted = randomEffectsFit(
        mapEffects(table, (effect, i) => effect + 1024 * (i + 1)),
        kind,
      );
      expect(largestDifference(shifted.covariance.flat(), plain.covariance.flat())).toBeLessThan(1e-9);
      expect(shifted.logLikelihood).toBeCloseTo(plain.logLikelihood, 9);
      expect(
        largestDifference(
          shifted.mean,
          plain.mean.map((mean, i) => mean + 1024 * (i + 1)),
        ),
      ).toBeLessThan(1e-9);
    }
  });

  it("tends to the covariance of the effects where they are exact: over K − 1 restricted, over K not", () => {
    const { effects } = world({ seed: 8, experiments: 12, metrics: 2, tau: 1, clustered: false });
    const rows = Array.from({ length: 12 }, (_, k) => [effects[2 * k]!, effects[2 * k + 1]!]);
    const table = tableOf(
      rows,
      rows.map(() => [
        [1e-13, 0],
        [0, 1e-13],
      ]),
    );
    const means = [0, 1].map((i) => rows.reduce((sum, row) => sum + row[i]! / 12, 0));
    const crossed = [0, 1].map((i) =>
      [0, 1].map((j) => rows.reduce((sum, row) => sum + (row[i]! - means[i]!) * (row[j]! - means[j]!), 0)),
    );
    for (const [kind, divisor] of [
      ["reml", 11],
      ["ml", 12],
    ] as const) {
      const expected = crossed.flat().map((value) => value / divisor);
      expect(largestDifference(randomEffectsFit(table, kind).covariance.flat(), expected)).toBeLessThan(
        1e-11,
      );
    }
  });

  it("reads a control that nothing shares as no cluster at all", () => {
    const table = world({ seed: 5, experiments: 10, metrics: 2, tau: 1, clustered: false });
    const shared = new Float64Array(4);
    const grouped = { ...table, clusters: [{ members: [1, 4, 7], shared }] };
    for (const kind of KINDS) {
      const plain = randomEffectsFit(table, kind);
      const fit = randomEffectsFit(grouped, kind);
      expect(largestDifference(fit.covariance.flat(), plain.covariance.flat())).toBeLessThan(1e-12);
      expect(fit.logLikelihood).toBeCloseTo(plain.logLikelihood, 11);
    }
  });
});

describe("a fit on the boundary", () => {
  it("has no spread where all effects are the same, and shrinks every effect to the mean", () => {
    const rows = [
      [0.1, 0.2],
      [0.1, 0.2],
      [0.1, 0.2],
      [0.1, 0.2],
    ];
    const fit = randomEffectsFit(
      tableOf(
        rows,
        rows.map((_, k) => [
          [k + 1, 0.2],
          [0.2, 1],
        ]),
      ),
      "reml",
    );
    expect(fit).toMatchObject({ rank: 0, onBoundary: true, tau: [0, 0] });
    expect(fit.rho).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(fit.covariance).toEqual([
      [0, 0],
      [0, 0],
    ]);
    for (const blup of fit.blups) expect(largestDifference(blup, [0.1, 0.2])).toBeLessThan(1e-15);
  });

  it("has a correlation of exactly 1 where effects lie on a line", () => {
    const rows = [-3, -1, 0, 2, 4].map((x) => [x, 2 * x + 1]);
    const fit = randomEffectsFit(
      tableOf(
        rows,
        rows.map(() => [
          [0.5, 0.1],
          [0.1, 0.5],
        ]),
      ),
      "reml",
    );
    expect(fit).toMatchObject({
      rank: 1,
      onBoundary: true,
      rho: [
        [1, 1],
        [1, 1],
      ],
    });
    expect(fit.tau[1]! / fit.tau[0]!).toBeCloseTo(2, 1);
  });

  it("has one metric that stands still beside one that moves", () => {
    const rows = [
      [0.1, -3],
      [0.1, 1],
      [0.1, 5],
      [0.1, 2],
    ];
    const fit = randomEffectsFit(
      tableOf(
        rows,
        rows.map(() => [
          [1, 0],
          [0, 1],
        ]),
      ),
      "reml",
    );
    expect(fit.rank).toBe(1);
    expect(fit.tau[0]).toBe(0);
    expect(fit.tau[1]! ** 2).toBeCloseTo(131 / 12 - 1, 12);
    expect(fit.rho[0]![1]).toBeNull();
  });

  it("takes two and three experiments, six metrics, and units from 1e-15 to 1e15", () => {
    for (const experiments of [2, 3]) {
      for (const kind of KINDS) {
        const fit = randomEffectsFit(
          world({ seed: 4, experiments, metrics: 2, tau: 2, clustered: false }),
          kind,
        );
        expect(fit.leftToGain).toBeLessThan(1e-12);
      }
    }
    const six = world({ seed: 6, experiments: 15, metrics: 6, tau: 1, clustered: true });
    expect(randomEffectsFit(six, "reml").leftToGain).toBeLessThan(1e-16);
    for (const unit of [1e-15, 1e15]) {
      const table = world({ seed: 7, experiments: 9, metrics: 2, tau: 2, clustered: false });
      const fit = randomEffectsFit(
        {
          ...mapEffects(table, (effect) => effect * unit),
          covariances: table.covariances.map((value) => value * unit * unit),
        },
        "reml",
      );
      const plain = randomEffectsFit(table, "reml");
      expect(
        largestDifference(
          fit.tau.map((tau) => tau / unit),
          plain.tau,
        ),
      ).toBeLessThan(1e-10);
    }
  });
});
