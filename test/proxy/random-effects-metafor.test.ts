import { describe, expect, it } from "vitest";
import { profileEffectCovariance } from "../../src/proxy/profile-effect-covariance.ts";
import { randomEffectsFit } from "../../src/proxy/random-effects-fit.ts";
import metafor from "../reference/proxy/random-effects-metafor.json" with { type: "json" };
import reference from "../reference/proxy/random-effects.json" with { type: "json" };
import { tableOf } from "../support/random-effects-worlds.ts";

const KINDS = ["reml", "ml"] as const;

describe.each(KINDS)("metafor's rma.mv by %s", (kind) => {
  it.each(metafor.cases.map((row) => [row.name, row] as const))("comes to the maximum of %s", (name, row) => {
    const { effects, covariances, clusters } = reference.cases.find((each) => each.name === name)!;
    const table = tableOf(effects, covariances, clusters);
    const fit = randomEffectsFit(table, kind);
    const constant = kind === "reml" ? 0.5 * table.metrics * Math.log(table.experiments) : 0;
    const gap = fit.logLikelihood + constant - row[kind].logLik;
    // It stops short of the maximum, and never lies above it.
    expect(gap).toBeGreaterThan(-1e-12);
    expect(gap).toBeLessThan(1e-9);
    row[kind].covariance.flat().forEach((value, i) => {
      expect(Math.abs(fit.covariance.flat()[i]! - value)).toBeLessThan(2e-5);
    });
  });

  it.each(kind === "reml" ? ["berkey", "uneven"] : ["clusters", "uneven"])(
    "profiles the correlation of %s to the same limits",
    (name) => {
      const { effects, covariances, clusters } = reference.cases.find((each) => each.name === name)!;
      const table = tableOf(effects, covariances, clusters);
      const { rho } = profileEffectCovariance(table, randomEffectsFit(table, kind)).pairs[0]!;
      const [lower, upper] = metafor.cases.find((each) => each.name === name)![kind].profile!.rho[0]!;
      expect(rho.interval.lower).toBeCloseTo(lower as number, 9);
      expect(rho.interval.upper).toBeCloseTo(upper as number, 9);
    },
  );
});
