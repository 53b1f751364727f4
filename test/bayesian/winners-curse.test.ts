import { describe, expect, it } from "vitest";
import type { EffectPrior } from "../../src/bayesian/effect-prior.ts";
import { effectMixture } from "../../src/bayesian/effect-mixture.ts";
import { mixtureLogTail } from "../../src/numerics/normal-mixture.ts";
import { winnersCurse } from "../../src/bayesian/winners-curse.ts";
import { typeSAndM } from "../../src/inference/type-s-and-m.ts";
import { integrate } from "../../src/numerics/integrate.ts";
import { relativeError } from "../support/relative-error.ts";

const PRIORS: readonly EffectPrior[] = [
  { family: "normal", mean: 0.01, standardDeviation: 0.03 },
  { family: "student-t", mean: 0, scale: 0.02, degreesOfFreedom: 3 },
  { family: "spike-and-normal", probabilityOfNoEffect: 0.8, mean: 0.02, standardDeviation: 0.06 },
  {
    family: "two-normals",
    mean: -0.01,
    narrowStandardDeviation: 0.004,
    wideStandardDeviation: 0.08,
    wideProbability: 0.15,
  },
];

describe("winnersCurse", () => {
  it.each([0.01, 0.1, -0.06, 1])("is type S and type M for one true effect, %f", (effect) => {
    const prior = { family: "normal", mean: effect, standardDeviation: 0 } as const;
    const curse = winnersCurse({ prior, standardError: 0.03 });
    const one = typeSAndM({ effect, standardError: 0.03 });
    expect(relativeError(curse.probabilitySignificant, one.power)).toBeLessThan(1e-13);
    expect(relativeError(curse.exaggerationRatio!, one.exaggerationRatio)).toBeLessThan(1e-12);
    expect(relativeError(curse.probabilityWrongSign!, one.typeS)).toBeLessThan(1e-12);
  });

  // By another way: shrunken effects averaged over the estimates that are significant, by quadrature.
  it.each(PRIORS)("is the average of shrunken effects over significant estimates: $family", (prior) => {
    const standardError = 0.02;
    const critical = 1.959963984540054 * standardError;
    const average = (f: (sign: number, found: ReturnType<typeof effectMixture>) => number): number =>
      [1, -1].reduce((sum, sign) => {
        const { value } = integrate(
          (x) => {
            const found = effectMixture(prior, { estimate: sign * x, standardError });
            return Math.exp(found.logEvidence) * f(sign, found);
          },
          critical,
          Infinity,
          { relativeTolerance: 1e-7 },
        );
        return sum + value;
      }, 0);
    const curse = winnersCurse({ prior, standardError });
    const probability = average(() => 1);
    expect(relativeError(curse.probabilitySignificant, probability)).toBeLessThan(1e-6);
    const gain = average((sign, { mean }) => sign * mean) / probability;
    expect(relativeError(curse.effectInDirection!, gain)).toBeLessThan(1e-6);
    const wrong =
      average((sign, found) => Math.exp(mixtureLogTail(found.components, 0, sign > 0 ? "lower" : "upper"))) /
      probability;
    expect(relativeError(curse.probabilityWrongSign!, wrong)).toBeLessThan(1e-6);
    const none =
      average((_, { components }) =>
        components.reduce(
          (sum, { logWeight, mean, standardDeviation }) =>
            mean === 0 && standardDeviation === 0 ? sum + Math.exp(logWeight) : sum,
          0,
        ),
      ) / probability;
    expect(relativeError(curse.falseDiscoveryProbability!, none)).toBeLessThan(1e-6);
  });

  it("splits into the two one-sided ones", () => {
    const prior = PRIORS[0]!;
    const both = winnersCurse({ prior, standardError: 0.02 });
    const [greater, less] = (["greater", "less"] as const).map((alternative) =>
      winnersCurse({ prior, standardError: 0.02, alpha: 0.025, alternative }),
    );
    const sum = greater!.probabilitySignificant + less!.probabilitySignificant;
    expect(relativeError(both.probabilitySignificant, sum)).toBeLessThan(1e-13);
  });

  it("says nothing of what never happens, and infinitely exaggerates what is nothing", () => {
    const far = { family: "normal", mean: -10, standardDeviation: 0.01 } as const;
    const never = winnersCurse({ prior: far, standardError: 0.01, alternative: "greater" });
    expect(never).toMatchObject({ probabilitySignificant: 0, estimateSize: null, status: "undetermined" });
    const nothing = {
      family: "spike-and-normal",
      probabilityOfNoEffect: 1,
      mean: 0,
      standardDeviation: 0,
    } as const;
    expect(winnersCurse({ prior: nothing, standardError: 0.01 })).toMatchObject({
      exaggerationRatio: Infinity,
      falseDiscoveryProbability: 1,
    });
  });
});
