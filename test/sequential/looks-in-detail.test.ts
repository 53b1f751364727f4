import { describe, expect, it } from "vitest";
import { bivariateNormalCdf } from "../../src/numerics/bivariate-normal.ts";
import { normalSf } from "../../src/numerics/normal.ts";
import { alwaysValidPValue } from "../../src/sequential/always-valid-p-value.ts";
import { analyzeGroupSequential } from "../../src/sequential/analyze-group-sequential.ts";
import { conditionalPower } from "../../src/sequential/conditional-power.ts";
import { durationAssumptions } from "../../src/sequential/duration-cautions.ts";
import {
  groupSequentialDesign,
  type GroupSequentialDesignOptions,
} from "../../src/sequential/group-sequential-design.ts";
import { SMALLEST_STEP } from "../../src/sequential/information-rates.ts";
import { relativeError } from "../support/relative-error.ts";

describe("the repeated p-value", () => {
  it("of Haybittle and Peto's last look adds what lies beyond the early boundary to what z leaves", () => {
    for (const alternative of ["greater", "two-sided"] as const) {
      const design = groupSequentialDesign({ looks: 2, spending: "haybittle-peto", alternative });
      const early = design.looks[0]!.efficacy;
      for (const z of [1.2, 1.9, 2.6]) {
        const { looks } = analyzeGroupSequential({
          design,
          looks: [
            { information: 0.5, z: 0.3 },
            { information: 1, z },
          ],
        });
        // P(Z₁ <= early, Z₂ > z) as P(Z₁ <= early, −Z₂ < −z); that one side is crossed after the other is below 1e-6.
        const late = bivariateNormalCdf(early, -z, -Math.SQRT1_2);
        const tail = normalSf(early) + late;
        const expected = alternative === "greater" ? tail : 2 * tail;
        expect(Math.abs(looks[1]!.repeatedPValue! / expected - 1)).toBeLessThan(
          alternative === "greater" ? 1e-9 : 1e-4,
        );
      }
    }
  });

  it("of a shape with binding futility is the alpha whose boundary passes through z", () => {
    const options: GroupSequentialDesignOptions = {
      looks: 3,
      spending: "pocock",
      alternative: "greater",
      alpha: 0.05,
      futility: { boundaries: [-0.5, 0.2], binding: true },
    };
    const design = groupSequentialDesign(options);
    const looks = [1.4, 1.7, 1.8].map((z, k) => ({ information: (k + 1) / 3, z }));
    analyzeGroupSequential({ design, looks }).looks.forEach(({ z, repeatedPValue }, k) => {
      const same = groupSequentialDesign({ ...options, alpha: repeatedPValue!, power: 0.9 });
      expect(relativeError(same.looks[k]!.efficacy, z)).toBeLessThan(1e-8);
    });
  });
});

describe("looks that come early", () => {
  it("leave those planned from the number of the next one on", () => {
    const design = groupSequentialDesign({ looks: 3 });
    const { looks } = conditionalPower({ design, looks: [{ information: 0.2, z: 1 }] });
    expect(looks.map(({ information }) => information)).toEqual([2 / 3, 1]);
  });
});

describe("information rates", () => {
  it("lie a smallest step apart, or are refused with the one before", () => {
    expect(groupSequentialDesign({ informationRates: [SMALLEST_STEP, 1] }).warnings).toEqual([]);
    expect(() => groupSequentialDesign({ informationRates: [SMALLEST_STEP / 2, 1] })).toThrow("above 0");
    expect(() => groupSequentialDesign({ informationRates: [0.5, 0.5, 1] })).toThrow(
      "above the rate before, 0.5",
    );
  });
});

describe("what results say of themselves", () => {
  it("an interval of a mixture inverts its test", () => {
    for (const arm of [
      { n: 100, conversions: 20 },
      { n: 100, mean: 2, variance: 3 },
    ]) {
      const { difference } = alwaysValidPValue({ control: arm, treatment: arm } as Parameters<
        typeof alwaysValidPValue
      >[0]);
      expect(difference.interval.dualToTest).toBe(true);
    }
  });

  it("simulated counts need no normal statistics", () => {
    const of = (isMean: boolean, isSimulated: boolean) =>
      durationAssumptions({ isMean } as Parameters<typeof durationAssumptions>[0], isSimulated);
    expect(of(false, true)).toHaveLength(3);
    for (const [isMean, isSimulated] of [
      [true, true],
      [true, false],
      [false, false],
    ] as const) {
      expect(of(isMean, isSimulated)).toHaveLength(4);
      expect(of(isMean, isSimulated)[2]).toContain("normal");
    }
  });
});
