import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { bayesianStopping } from "../../src/bayesian/bayesian-stopping.ts";
import { calibrateBayesianStopping } from "../../src/bayesian/calibrate-bayesian-stopping.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/methods/bayesian.md"), "utf8");
const rows = page
  .split("\n")
  .filter((line) => /^\| (probability to beat|expected loss) [\d.e-]+/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
const evenLooks = (looks: number): number[] =>
  Array.from({ length: looks }, (_, k) => (20_000 * (k + 1)) / looks);

describe("the table of what Bayesian stopping costs", () => {
  it("has rows to hold to account", () => expect(rows).toHaveLength(6));

  it.each(rows)("says what becomes of %s with %s looks", (rule, looks, ...cells) => {
    const { typeIError, none, effects, average } = bayesianStopping({
      baseline: 0.05,
      lift: 0.1,
      looks: evenLooks(Number(looks)),
      ...(rule!.startsWith("expected") ? { thresholdOfCaring: 1e-4 } : { probabilityToBeat: 0.95 }),
      designPrior: { scale: "log-lift", standardDeviation: 0.1 },
      computation: "normal",
    });
    const shown = cells.map((cell) => Number.parseFloat(cell));
    expect(100 * typeIError).toBeCloseTo(shown[0]!, 2);
    expect(100 * effects[0]!.shipProbability).toBeCloseTo(shown[1]!, 1);
    expect(Math.round(none.expectedN)).toBe(shown[2]);
    expect(Math.round(effects[0]!.expectedN)).toBe(shown[3]);
    expect(100 * average!.falseShipRate!).toBeCloseTo(shown[4]!, 2);
    expect(1e4 * average!.lossIfShipped!).toBeCloseTo(shown[5]!, 3);
    expect(1e4 * average!.expectedLoss).toBeCloseTo(shown[6]!, 2);
  });

  it("names the limits that keep 5 % at 20 looks", () => {
    const options = { baseline: 0.05, looks: evenLooks(20), computation: "normal" } as const;
    expect(page).toContain("a threshold of 1.05e-5, or a probability of 99.15 %");
    expect(1e5 * calibrateBayesianStopping(options).limit!).toBeCloseTo(1.05, 2);
    expect(100 * calibrateBayesianStopping({ ...options, rule: "probability-to-beat" }).limit!).toBeCloseTo(
      99.15,
      2,
    );
  });
});
