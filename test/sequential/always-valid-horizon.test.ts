import { describe, expect, it } from "vitest";
import { alwaysValidHorizon } from "../../src/sequential/always-valid-horizon.ts";
import { sequentialDuration } from "../../src/sequential/sequential-duration.ts";

const level = { alpha: 0.05, alternative: "two-sided", power: 0.8 } as const;

describe("the horizon of an always-valid test", () => {
  it("is the one at which the test has its power, as its duration is computed elsewhere", () => {
    // A small effect, so that the rates of both arms have the same variance and only the looks count.
    const [baseline, lift] = [0.3, 1e-5];
    const { inflation } = alwaysValidHorizon({ method: "normal-mixture", looks: 10, ...level });
    const fixed = ((1.959963984540054 + 0.8416212335729143) / (baseline * lift)) ** 2 * 2 * baseline * 0.7;
    const horizon = fixed * inflation;
    const { power } = sequentialDuration({
      baseline,
      lift,
      monitoring: { method: "normal-mixture", tightestN: horizon },
      traffic: { unitsPerDay: horizon / 10 },
      horizonDays: 10,
    });
    expect(Math.abs(power - 0.8)).toBeLessThan(3e-6);
  });

  it("lies further out than one look needs, and less so the more often one looks", () => {
    const at = (looks: number): number =>
      alwaysValidHorizon({ method: "asymptotic", looks, ...level }).inflation;
    expect(at(2)).toBeGreaterThan(at(8));
    expect(at(8)).toBeGreaterThan(at(28));
    expect(at(28)).toBeGreaterThan(1);
  });

  it("stops early more often with an effect than without one", () => {
    const { stops } = alwaysValidHorizon({ method: "normal-mixture", looks: 12, ...level });
    const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
    expect(total(stops.null)).toBeLessThan(0.05);
    expect(total(stops.alternative)).toBeGreaterThan(0.6);
    expect(total(stops.alternative)).toBeLessThan(0.8);
  });

  it.each(["greater", "less"] as const)(
    "asks on one side nearly what it asks on both at twice the alpha (%s)",
    (alternative) => {
      const one = alwaysValidHorizon({ method: "normal-mixture", looks: 5, ...level, alternative });
      const both = alwaysValidHorizon({ method: "normal-mixture", looks: 5, ...level, alpha: 0.1 });
      expect(Math.abs(one.inflation / both.inflation - 1)).toBeLessThan(0.003);
    },
  );
});
