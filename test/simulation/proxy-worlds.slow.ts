import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { tableRows } from "../support/table-rows.ts";
import { WORLD_PRIOR, WORLDS } from "../support/effect-worlds.ts";
import { assistedGain, knownGains } from "./proxy-worlds/gains.ts";
import { ESTIMATORS, estimatorReadings } from "./proxy-worlds/estimators.ts";
import { lightRates } from "./proxy-worlds/lights.ts";

// Each figure of docs/methods/proxy-worlds.md again, with the seeds of the page: what is left are the last digits of
// logarithms, which engines may differ in. The required levels are held beside, to two standard errors.
const page = readFileSync(resolve(import.meta.dirname, "../../docs/methods/proxy-worlds.md"), "utf8");
const REPLICATES = 400;

function better(world: string, n: number, isHeavyTailed = false): number {
  const { macroOnly, proxyOnly } = knownGains(WORLDS[world]!, n, isHeavyTailed);
  return Math.max(macroOnly, proxyOnly);
}

/** Of the better single policy, at K = 20 and 100 experiments of 20,000 units an arm. */
const REQUIRED: Record<string, readonly [number, number]> = {
  good: [0.8, 0.96],
  vanity: [0.95, 0.96],
  "shine-through": [0.95, 0.96],
  paradox: [0.95, 0.96],
};

describe("what the assisted rule gains, as a share of the better single policy", () => {
  it.each(tableRows(page, "what is gained"))(
    "is what the page says: %s at %s",
    (world, n, _m, _p, _o, ...shown) => {
      [20, 100, 500].forEach((experiments, i) => {
        const { mean, error } = assistedGain(
          WORLDS[world!]!,
          experiments,
          Number(n),
          WORLD_PRIOR,
          REPLICATES,
        );
        const [share, uncertain] = [mean / better(world!, Number(n)), error / better(world!, Number(n))];
        expect(Math.abs(share - Number(shown[i]))).toBeLessThan(0.002);
        const required = REQUIRED[world!]?.[i];
        if (Number(n) === 20_000 && required !== undefined)
          expect(share + 2 * uncertain).toBeGreaterThan(required);
      });
    },
  );

  it.each(tableRows(page, "which prior"))(
    "is what the page says of other priors: %s after %s",
    (world, K, ...shown) => {
      const lkj = (shape: number) => ({
        ...WORLD_PRIOR,
        unrelatedShare: 0,
        positiveTilt: 0,
        lkj: shape,
        meanRatio: 0,
      });
      const priors = [
        lkj(2),
        lkj(4),
        { ...WORLD_PRIOR, meanRatio: 0 },
        WORLD_PRIOR,
        { ...WORLD_PRIOR, meanRatio: 0.5 },
      ];
      priors.forEach((prior, i) => {
        const { mean } = assistedGain(WORLDS[world!]!, Number(K), 20_000, prior, REPLICATES);
        expect(Math.abs(mean / better(world!, 20_000) - Number(shown[i]))).toBeLessThan(0.002);
      });
    },
  );

  it.each(tableRows(page, "means that are not 0"))(
    "is what the page says of means: %s after %s, %s",
    (world, K, mean, ...shown) => {
      [0, 0.15, 0.5, 1].forEach((meanRatio, i) => {
        const prior = { ...WORLD_PRIOR, meanRatio };
        const means = [Number(mean), Number(mean)] as const;
        const gain = assistedGain(WORLDS[world!]!, Number(K), 20_000, prior, REPLICATES / 2, means).mean;
        expect(Math.abs(1000 * gain - Number(shown[i]))).toBeLessThan(0.02);
      });
    },
  );

  it.each(tableRows(page, "heavy tails"))(
    "is what the page says of heavy tails: %s",
    (world, _m, _p, _o, ...shown) => {
      [20, 100, 500].forEach((experiments, i) => {
        const { mean } = assistedGain(
          WORLDS[world!]!,
          experiments,
          20_000,
          WORLD_PRIOR,
          REPLICATES,
          [0, 0],
          true,
        );
        expect(Math.abs(mean / better(world!, 20_000, true) - Number(shown[i]))).toBeLessThan(0.002);
      });
    },
  );
});

describe("the light that the past gives", () => {
  const replicates = 40;
  it.each(tableRows(page, "lights"))(
    "is green and red as often as the page says: %s at %s",
    (world, n, ...shown) => {
      [20, 100, 500, 5000].forEach((experiments, i) => {
        const rates = lightRates(WORLDS[world!]!, experiments, Number(n), replicates);
        rates.forEach(({ green, red }, k) => {
          const [shownGreen, shownRed] = shown[2 * i + k]!.split(",").map(Number);
          // A replicate in forty may fall out differently.
          expect(Math.abs(green - shownGreen!)).toBeLessThan(0.03);
          expect(Math.abs(red - shownRed!)).toBeLessThan(0.03);
          if (world !== "good") expect(green).toBeLessThanOrEqual(0.05);
          else if (Number(n) === 20_000 && experiments >= 500) expect(green).toBeGreaterThanOrEqual(0.8);
        });
      });
    },
  );
});

describe("estimators of rho", () => {
  const replicates = 100;
  const rows = tableRows(page, "estimators");
  const cells = rows
    .filter(([, , estimator]) => estimator === ESTIMATORS[0])
    .map(([n, K]) => [Number(n), Number(K)]);
  it.each(cells)("do at n = %d and %d experiments as the page says", (n, K) => {
    const readings = estimatorReadings({ tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 }, K!, n!, replicates);
    for (const name of ESTIMATORS) {
      const row = rows.find(([a, b, c]) => Number(a) === n && Number(b) === K && c === name)!;
      const { quartiles, unusable, coverage } = readings[name];
      [...quartiles, unusable, coverage].forEach((value, i) =>
        expect(Math.abs(value - Number(row[3 + i])), `${name}, column ${i}`).toBeLessThan(0.011),
      );
    }
  });
});
