import { describe, expect, it } from "vitest";
import type { EffectTable } from "../../src/proxy/effect-table.ts";
import { jointEvidence } from "../../src/proxy/joint-evidence.ts";
import { logForetold } from "../../src/proxy/validate-composite.ts";
import fixture from "../reference/proxy/joint-evidence.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

type Input = (typeof fixture.cases)[number]["in"];

const tableOf = ({ effects, noise, clusters, shared }: Input): EffectTable => ({
  scale: "log-lift",
  experiments: effects.length,
  metrics: effects[0]!.length,
  effects: Float64Array.from(effects.flat()),
  covariances: Float64Array.from(noise.flat(2)),
  clusters: clusters.map((members, i) => ({ members, shared: Float64Array.from(shared[i]!.flat()) })),
});

describe("jointEvidence, against dense densities at 40 digits", () => {
  it.each(fixture.cases.map((one, i) => [i, one] as const))("case %i", (_, { in: input, out }) => {
    const covariance = Float64Array.from(input.covariance.flat());
    const found = jointEvidence(tableOf(input), Number(input.meanRatio))(covariance);
    expect(relativeError(found.logEvidence, Number(out.logEvidence))).toBeLessThan(1e-12);
    const sizes = input.covariance.map((row, i) => Math.sqrt(row[i]!));
    out.mean.forEach((value, i) => {
      expect(Math.abs(found.mean[i]! - Number(value)) / sizes[i]!).toBeLessThan(1e-12);
    });
    out.meanCovariance.flat().forEach((value, at) => {
      const size = sizes[Math.floor(at / sizes.length)]! * sizes[at % sizes.length]!;
      expect(Math.abs(found.meanCovariance[at]! - Number(value)) / size).toBeLessThan(1e-11);
    });
  });
});

describe("what the others foretell of an experiment", () => {
  it.each([0, 0.15, 2, Infinity])(
    "is the evidence of all over that of the others, meanRatio %d",
    (meanRatio) => {
      const { in: input } = fixture.cases[0]!;
      const covariance = Float64Array.from(input.covariance.flat());
      const all = tableOf(input);
      const others = tableOf({ ...input, effects: input.effects.slice(1), noise: input.noise.slice(1) });
      const whole = jointEvidence(all, meanRatio)(covariance);
      const draw = { ...whole, covariance, weight: 1 };
      const expected = whole.logEvidence - jointEvidence(others, meanRatio)(covariance).logEvidence;
      const constant = -0.5 * all.metrics * Math.log(2 * Math.PI);
      expect(Math.abs(logForetold(all, draw, 0) + constant - expected)).toBeLessThan(1e-11);
    },
  );
});
