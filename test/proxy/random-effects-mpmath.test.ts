import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.ts";
import { profileEffectCovariance } from "../../src/proxy/profile-effect-covariance.ts";
import { randomEffectsFit } from "../../src/proxy/random-effects-fit.ts";
import reference from "../reference/proxy/random-effects.json" with { type: "json" };
import { tableOf } from "../support/random-effects-worlds.ts";
import { relativeError } from "../support/relative-error.ts";

/** Newton's last step leaves about the square of 1e-8 standard errors; conditioning takes the rest. */
const TOLERANCE = 1e-12;
/** A limit is a root whose last step is up to 1e-6 of the interval: about its square remains. */
const LIMIT_TOLERANCE = 1e-11;

const KINDS = ["reml", "ml"] as const;
const cases = KINDS.flatMap((kind) => reference.cases.map((row) => [row.name, kind, row] as const));

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  // Entries near 0 by the size of the others.
  const size = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(TOLERANCE * size));
}

/** A limit that the reference does not find is at the end of the range. */
function expectLimits(
  { interval: { lower, upper } }: Estimate,
  expected: readonly (number | null)[],
  ends: readonly [number, number],
): void {
  [lower, upper].forEach((limit, side) => {
    const value = expected[side]!;
    if (value === null) expect(limit).toBe(ends[side]);
    else expect(relativeError(limit, value)).toBeLessThan(LIMIT_TOLERANCE);
  });
}

describe.each(cases)(
  "%s by %s, against the same likelihood with dense matrices at 40 digits",
  (_name, kind, row) => {
    const table = tableOf(row.effects, row.covariances, row.clusters);
    const expected = row[kind];
    const fit = randomEffectsFit(table, kind);

    it("has the same maximum", () => {
      expect(fit.rank).toBe(expected.rank);
      expect(fit.onBoundary).toBe(expected.rank < table.metrics);
      expect(relativeError(fit.logLikelihood, expected.logLikelihood)).toBeLessThan(1e-12);
      expectClose(fit.covariance.flat(), expected.covariance.flat());
      expectClose(fit.tau, expected.tau);
      expectClose(fit.mean, expected.mean);
      expectClose(fit.meanCovariance.flat(), expected.meanCovariance.flat());
      expectClose(fit.blups.flat(), expected.blups.flat());
    });

    if (!("profile" in expected)) return;
    const { tau, rho, slope } = expected.profile;
    it("has the same profile-likelihood limits", () => {
      const found = profileEffectCovariance(table, fit);
      tau.forEach((limits, i) => expectLimits(found.tau[i]!, limits, [0, Infinity]));
      rho.forEach((limits, i) => expectLimits(found.pairs[i]!.rho, limits, [-1, 1]));
      slope.forEach((limits, i) => expectLimits(found.pairs[i]!.slope, limits, [-Infinity, Infinity]));
    });
  },
);
