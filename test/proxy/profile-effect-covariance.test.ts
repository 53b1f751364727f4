import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.ts";
import type { EffectTable } from "../../src/proxy/effect-table.ts";
import {
  profileEffectCovariance,
  type ProfiledCovariance,
} from "../../src/proxy/profile-effect-covariance.ts";
import { randomEffectsFit } from "../../src/proxy/random-effects-fit.ts";
import type { LikelihoodKind } from "../../src/proxy/random-effects-likelihood.ts";
import { tableOf, world } from "../support/random-effects-worlds.ts";

function profiled(table: EffectTable, kind: LikelihoodKind = "reml", level?: number): ProfiledCovariance {
  return profileEffectCovariance(table, randomEffectsFit(table, kind), level);
}

function holds({ interval }: Estimate, value: number): boolean {
  return interval.lower <= value && value <= interval.upper;
}

const settings = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  experiments: fc.integer({ min: 4, max: 30 }),
  metrics: fc.integer({ min: 2, max: 3 }),
  tau: fc.double({ min: 0.3, max: 3, noNaN: true }),
  clustered: fc.boolean(),
});

describe("profile-likelihood intervals", () => {
  it("hold their estimates, lie within the range of what they are about, and widen with the level", () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const table = world(setting);
        const wide = profiled(table, "reml", 0.95);
        const narrow = profiled(table, "reml", 0.8);
        const estimates = ({ tau, pairs }: ProfiledCovariance): Estimate[] => [
          ...tau,
          ...pairs.flatMap(({ rho, slope, rSquared }) => [rho, slope, rSquared]),
        ];
        estimates(wide).forEach((own, i) => {
          if (own.estimate === null) return;
          const inner = estimates(narrow)[i]!;
          expect(holds(inner, own.estimate)).toBe(true);
          expect(own.interval.lower).toBeLessThanOrEqual(inner.interval.lower);
          expect(own.interval.upper).toBeGreaterThanOrEqual(inner.interval.upper);
        });
        for (const { rho } of wide.pairs) {
          expect(rho.interval.lower).toBeGreaterThanOrEqual(-1);
          expect(rho.interval.upper).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 6 },
    );
  });

  it("of correlation and slope hold 0 together, since both ask whether the effects covary", () => {
    fc.assert(
      fc.property(settings, (setting) => {
        for (const { rho, slope } of profiled(world({ ...setting, metrics: 2 })).pairs) {
          if (rho.estimate !== null) expect(holds(slope, 0)).toBe(holds(rho, 0));
        }
      }),
      { numRuns: 15 },
    );
  });

  it("turn round with the sign of the macro metric", () => {
    const table = world({ seed: 12, experiments: 20, metrics: 2, tau: 2, clustered: true });
    const turn = (values: Float64Array): Float64Array =>
      values.map((value, at) => (at % 4 === 1 || at % 4 === 2 ? -value : value));
    const turned = {
      ...table,
      effects: table.effects.map((effect, at) => (at % 2 === 1 ? -effect : effect)),
      covariances: turn(table.covariances),
      clusters: table.clusters.map(({ members, shared }) => ({ members, shared: turn(shared) })),
    };
    const [plain, other] = [profiled(table), profiled(turned)];
    for (const name of ["rho", "slope"] as const) {
      expect(other.pairs[0]![name].interval.lower).toBeCloseTo(-plain.pairs[0]![name].interval.upper, 9);
      expect(other.pairs[0]![name].interval.upper).toBeCloseTo(-plain.pairs[0]![name].interval.lower, 9);
    }
  });

  it("leave every correlation and slope open where a metric may stand still", () => {
    const rows = [
      [0.1, -3],
      [0.1, 1],
      [0.1, 5],
      [0.1, 2],
    ];
    const table = tableOf(
      rows,
      rows.map(() => [
        [1, 0],
        [0, 1],
      ]),
    );
    const { tau, pairs } = profiled(table);
    expect(tau[0]).toMatchObject({ estimate: 0, standardError: null, interval: { lower: 0 }, status: "ok" });
    const [{ rho, slope, rSquared }] = pairs as [ProfiledCovariance["pairs"][0]];
    expect(rho).toMatchObject({ estimate: null, status: "undetermined", interval: { lower: -1, upper: 1 } });
    expect(rSquared).toMatchObject({ estimate: null, interval: { lower: 0, upper: 1 } });
    expect(slope).toMatchObject({
      estimate: null,
      status: "undetermined",
      interval: { lower: -Infinity, upper: Infinity },
    });
  });

  it("end at 1 where the estimated correlation is 1, without a standard error", () => {
    const rows = [-3, -1, 0, 2, 4].map((x) => [x, 2 * x + 1]);
    const table = tableOf(
      rows,
      rows.map(() => [
        [0.1, 0.02],
        [0.02, 0.1],
      ]),
    );
    const { rho, rSquared } = profiled(table).pairs[0]!;
    expect(rho).toMatchObject({ estimate: 1, standardError: null, interval: { upper: 1 } });
    expect(rho.interval.lower).toBeGreaterThan(0.5);
    expect(rSquared.interval.lower).toBeCloseTo(rho.interval.lower ** 2, 12);
  });
});
