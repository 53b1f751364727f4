import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { trialLevelR2 } from "../../src/proxy/trial-level-r2.ts";
import { relativeError } from "../support/relative-error.ts";

// Relative errors allowed: 1e-12 against R, whose own sums lose a few digits at R² near 0; 1e-6 against the published
// figures, which have seven digits.
function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/proxy/${file}`, import.meta.url), "utf8")) as T;
}

const regressions = read<{
  cases: readonly {
    proxyEffects: number[];
    macroEffects: number[];
    n: number[];
    weighted: number;
    unweighted: number;
  }[];
}>("two-stage-r2.json").cases;

const armd = read<{ cases: readonly { id: string; expected: Record<string, unknown> }[] }>(
  "history.json",
).cases.find(({ id }) => id === "armd-trial")!.expected as {
  R2trial: number;
  R2trialSE: number;
  R2trialCI: [number, number];
};

const noise = [
  [2e-4, 5e-5],
  [5e-5, 1e-4],
];

describe("the two-stage R2 of trial-level surrogacy", () => {
  it.each(regressions)(
    "is R's, weighted and not, at $n.length experiments",
    ({ proxyEffects, macroEffects, n, weighted, unweighted }) => {
      const actual = trialLevelR2({
        summaries: n.map((units, k) => ({
          proxyEffect: proxyEffects[k]!,
          macroEffect: macroEffects[k]!,
          n: units,
        })),
      });
      expect(relativeError(actual.twoStage.estimate!, weighted)).toBeLessThanOrEqual(1e-12);
      expect(relativeError(actual.twoStageUnweighted.estimate!, unweighted)).toBeLessThanOrEqual(1e-12);
      expect(actual.denoised.status).toBe("undetermined");
      expect(actual.warnings.map(({ code }) => code)).toEqual(["NOT_DENOISED"]);
    },
  );

  it("has the published interval of the ARMD trial at its R2 and its 36 centres", () => {
    // Any 36 points with that R²: half of them at each end of the proxy, and residuals that sum to 0 at each.
    const slope = Math.sqrt(armd.R2trial);
    const rest = Math.sqrt(1 - armd.R2trial);
    const { twoStage } = trialLevelR2({
      summaries: Array.from({ length: 36 }, (_, k) => {
        const proxyEffect = k < 18 ? -1 : 1;
        return { proxyEffect, macroEffect: slope * proxyEffect + (k % 2 === 0 ? rest : -rest), n: 5 };
      }),
    });
    expect(relativeError(twoStage.estimate!, armd.R2trial)).toBeLessThanOrEqual(1e-12);
    expect(relativeError(twoStage.standardError!, armd.R2trialSE)).toBeLessThanOrEqual(1e-6);
    expect(relativeError(twoStage.interval.lower, armd.R2trialCI[0])).toBeLessThanOrEqual(1e-6);
    expect(relativeError(twoStage.interval.upper, armd.R2trialCI[1])).toBeLessThanOrEqual(1e-6);
  });

  it("has no bounds from three experiments, and no value where nothing varies", () => {
    const three = [1, 2, 4].map((x) => ({ proxyEffect: x, macroEffect: x * x, n: 10 }));
    expect(trialLevelR2({ summaries: three }).twoStage).toMatchObject({
      standardError: Infinity,
      interval: { lower: 0, upper: 1 },
      status: "unbounded",
    });
    const flat = [1, 2, 3, 4].map((x) => ({ proxyEffect: x, macroEffect: 0.5, n: 10 }));
    expect(trialLevelR2({ summaries: flat }).twoStage).toMatchObject({
      estimate: null,
      status: "undetermined",
    });
  });
});

describe("the denoised R2", () => {
  const random = createRandom(621);
  /** Experiments whose true effects have correlation rho, each estimated with the noise above. */
  const history = (experiments: number, rho: number, tau: number) =>
    Array.from({ length: experiments }, () => {
      const [u, v, e, f] = [random.normal(), random.normal(), random.normal(), random.normal()];
      const first = Math.sqrt(noise[0]![0]!);
      const share = noise[0]![1]! / first;
      return {
        proxyEffect: tau * u + first * e,
        macroEffect:
          tau * (rho * u + Math.sqrt(1 - rho ** 2) * v) +
          share * e +
          Math.sqrt(noise[1]![1]! - share ** 2) * f,
        covariance: noise,
      };
    });

  it("finds the true effects' R2 where the two-stage one finds the noise too", () => {
    const { denoised, twoStage } = trialLevelR2({ experiments: history(3000, 0.9, 0.012) });
    expect(Math.abs(denoised.estimate! - 0.81)).toBeLessThan(2.5 * denoised.standardError!);
    expect(twoStage.interval.upper).toBeLessThan(0.5);
  });

  it("covers the truth in about nineteen of twenty histories of 40 experiments", () => {
    const HISTORIES = 800;
    let covered = 0;
    let determined = 0;
    for (let i = 0; i < HISTORIES; i++) {
      const { denoised } = trialLevelR2({ experiments: history(40, 0.6, 0.03), scale: "difference" });
      if (denoised.status !== "ok") continue;
      determined++;
      if (denoised.interval.lower <= 0.36 && denoised.interval.upper >= 0.36) covered++;
    }
    expect(determined).toBe(HISTORIES);
    expect(covered / determined).toBeGreaterThan(0.92);
    expect(covered / determined).toBeLessThan(0.975);
  });

  it("has the level asked for and Fisher's method in every interval, known or not", () => {
    const summaries = [1, 2, 4, 3].map((x, k) => ({ proxyEffect: x, macroEffect: x + (k % 2), n: 100 }));
    const { denoised, twoStage } = trialLevelR2({ summaries, confidenceLevel: 0.8 });
    expect(denoised.interval).toMatchObject({ confidenceLevel: 0.8, method: "fisher-z", lower: 0, upper: 1 });
    expect(twoStage.interval.confidenceLevel).toBe(0.8);
    const same = Array.from({ length: 3 }, (_, k) => ({ proxyEffect: k, macroEffect: k, covariance: noise }));
    const three = trialLevelR2({ experiments: same, confidenceLevel: 0.8 });
    expect(three.denoised.interval).toMatchObject({ confidenceLevel: 0.8, method: "fisher-z" });
  });

  it("reaches down to 0 where the correlation may be of either sign", () => {
    const { denoised } = trialLevelR2({ experiments: history(30, 0, 0.05) });
    expect(denoised.interval.lower).toBe(0);
    expect(denoised.interval.upper).toBeGreaterThan(denoised.estimate!);
  });

  it("is undetermined where noise leaves no correlation inside ±1, and says why", () => {
    const experiments = [-2, -1, 0, 1, 2].map((x) => ({
      proxyEffect: x * 0.01,
      macroEffect: x * 0.001,
      covariance: noise,
    }));
    const { denoised, warnings } = trialLevelR2({ experiments });
    expect(denoised).toMatchObject({
      estimate: null,
      status: "undetermined",
      interval: { lower: 0, upper: 1 },
    });
    expect(warnings.map(({ code }) => code)).toContain("NOT_IDENTIFIED");
  });

  it("has no bounds where all experiments share one control", () => {
    const experiments = history(8, 0.9, 0.05).map((experiment) => ({
      ...experiment,
      cluster: "homepage",
      controlCovariance: noise.map((line) => line.map((entry) => entry / 2)),
    }));
    expect(trialLevelR2({ experiments }).denoised).toMatchObject({
      standardError: Infinity,
      status: "unbounded",
    });
  });
});
