import { checkBetween, checkObject, checkOneOf, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { studentTMixture } from "../numerics/student-t-mixture.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** A share of changes without any effect on either metric; the effects of the others are jointly normal. */
export interface SpikePopulation {
  readonly family: "spike-and-normal";
  /** Share of changes whose effects are exactly 0, in [0, 1). */
  readonly probabilityOfNoEffect: number;
}

/** Student's t in both metrics at once: most changes do little, and a few do far more. */
export interface StudentTPopulation {
  readonly family: "student-t";
  /** Above 2; Infinity is the normal distribution. */
  readonly degreesOfFreedom: number;
}

/** Two normal distributions around one mean: changes that matter little, and changes that matter. */
export interface TwoNormalsPopulation {
  readonly family: "two-normals";
  /** Share of the wide one, in [0, 1]. */
  readonly wideProbability: number;
  /** Standard deviation of the wide one in those of the narrow one, at or above 1. */
  readonly spreadRatio: number;
}

/** Any number of normal distributions of one shape and different sizes. */
export interface ScaleMixturePopulation {
  readonly family: "scale-mixture";
  /** Weights are shares, in proportion; spreads are in proportion too, and a spread of 0 is a change without effect. */
  readonly components: readonly { readonly weight: number; readonly spread: number }[];
}

/**
 * The shape of the distribution of true effects, whose covariance the effect covariance says: `normal`, or one that has
 * the same covariance and other tails.
 */
export type EffectPopulation =
  | { readonly family: "normal" }
  | SpikePopulation
  | StudentTPopulation
  | TwoNormalsPopulation
  | ScaleMixturePopulation;

const FAMILIES: readonly EffectPopulation["family"][] = [
  "normal",
  "spike-and-normal",
  "student-t",
  "two-normals",
  "scale-mixture",
];

/** Squares of ratios of spreads up to this stay doubles. */
export const LARGEST_RATIO = 1e30;

/**
 * Checks a population where it enters a public function.
 *
 * @throws {DomainError} for an unknown family, or parameters that leave no distribution with a covariance
 */
export function checkEffectPopulation(field: string, population: EffectPopulation): void {
  checkObject(field, population);
  checkOneOf(`${field}.family`, population.family, FAMILIES);
  switch (population.family) {
    case "normal":
      return;
    case "spike-and-normal": {
      const { probabilityOfNoEffect } = population;
      checkProbability(`${field}.probabilityOfNoEffect`, probabilityOfNoEffect);
      if (probabilityOfNoEffect === 1) {
        throw new DomainError(`${field}.probabilityOfNoEffect`, probabilityOfNoEffect, "must be below 1");
      }
      return;
    }
    case "student-t": {
      const { degreesOfFreedom } = population;
      if (!(typeof degreesOfFreedom === "number" && degreesOfFreedom > 2)) {
        throw new DomainError(
          `${field}.degreesOfFreedom`,
          degreesOfFreedom,
          "must be above 2, since there is no covariance otherwise",
        );
      }
      return;
    }
    case "two-normals":
      checkProbability(`${field}.wideProbability`, population.wideProbability);
      checkBetween(`${field}.spreadRatio`, population.spreadRatio, 1, LARGEST_RATIO);
      return;
    case "scale-mixture":
      checkScaleMixture(`${field}.components`, population.components);
  }
}

function checkScaleMixture(field: string, components: ScaleMixturePopulation["components"]): void {
  if (!Array.isArray(components)) throw new DomainError(field, components, "must be a list of components");
  let moving = 0;
  components.forEach((component: ScaleMixturePopulation["components"][number], i) => {
    checkObject(`${field}[${i}]`, component);
    checkBetween(`${field}[${i}].weight`, component.weight, 0, LARGEST_RATIO);
    if (component.spread !== 0) {
      checkBetween(`${field}[${i}].spread`, component.spread, 1 / LARGEST_RATIO, LARGEST_RATIO);
      moving += component.weight;
    }
  });
  if (!(moving > 0)) {
    throw new DomainError(field, components, "must hold a component with a weight and a spread above 0");
  }
}

/** One normal distribution of a population, in units of the whole. */
export interface PopulationComponent {
  /** Share of the changes. */
  readonly weight: number;
  /** Its standard deviations over those of the whole population; 0 for changes without any effect. */
  readonly spread: number;
  /** Its means over those of the whole: 0 for changes without any effect, so that the others' are the larger. */
  readonly meanShare: number;
}

/** −ln of the relative error that a mixture for Student's t may have: all digits, and what a sum over nodes needs. */
const FULL_DIGITS = 33;
const DIGITS_OF_A_SUM = 16;
/** Where t has so little left that the mean size of an effect does not change in a double. */
const NEGLIGIBLE = 1e-15;
/** Estimates up to so many standard deviations out are told apart at any degrees of freedom. */
const LEAST_REACH = 100;
/** From here on Student's t is the normal distribution to seven digits of its density and more. */
const NORMAL_FROM = 1e9;

/**
 * The normal distributions whose mixture a population is; undefined for the normal distribution itself.
 *
 * @param isAveraged - whether the result is summed over many nodes, which leaves no use for the last digits
 */
export function populationComponents(
  population: EffectPopulation | undefined,
  isAveraged: boolean,
): readonly PopulationComponent[] | undefined {
  if (population === undefined) return undefined;
  switch (population.family) {
    case "normal":
      return undefined;
    case "spike-and-normal": {
      const none = population.probabilityOfNoEffect;
      return scaled([
        { weight: none, spread: 0 },
        { weight: 1 - none, spread: 1 },
      ]);
    }
    case "student-t":
      return studentT(population.degreesOfFreedom, isAveraged ? DIGITS_OF_A_SUM : FULL_DIGITS);
    case "two-normals": {
      const { wideProbability, spreadRatio } = population;
      return scaled([
        { weight: 1 - wideProbability, spread: 1 },
        { weight: wideProbability, spread: spreadRatio },
      ]);
    }
    case "scale-mixture":
      return scaled(population.components);
  }
}

/** Components of weight sum 1 and mean square spread 1; undefined where all that is left is one normal distribution. */
function scaled(
  components: ScaleMixturePopulation["components"],
): readonly PopulationComponent[] | undefined {
  const possible = components.filter(({ weight }) => weight > 0);
  const total = possible.reduce((sum, { weight }) => sum + weight, 0);
  const moving = possible.reduce((sum, { weight, spread }) => (spread > 0 ? sum + weight : sum), 0) / total;
  const largest = possible.reduce((most, { spread }) => Math.max(most, spread), 0);
  const meanSquare = possible.reduce(
    (sum, { weight, spread }) => sum + (weight / total) * (spread / largest) ** 2,
    0,
  );
  const own = possible.map(({ weight, spread }) => ({
    weight: weight / total,
    spread: spread / largest / Math.sqrt(meanSquare),
    meanShare: spread > 0 ? 1 / moving : 0,
  }));
  return own.every(({ spread }) => spread === 1) ? undefined : own;
}

/** A t variable is normal with precision W, a gamma variable; its variance is df/(df − 2) of the square of its scale. */
function studentT(degreesOfFreedom: number, digits: number): readonly PopulationComponent[] | undefined {
  if (degreesOfFreedom >= NORMAL_FROM) return undefined;
  const reach = Math.max(LEAST_REACH, pow(NEGLIGIBLE, -1 / (degreesOfFreedom - 1)));
  const { logPrecisions, logWeights } = studentTMixture(degreesOfFreedom, reach, digits);
  const scale = Math.sqrt((degreesOfFreedom - 2) / degreesOfFreedom);
  return logPrecisions.map((logPrecision, k) => ({
    weight: exp(logWeights[k]!),
    spread: scale * exp(-0.5 * logPrecision),
    meanShare: 1,
  }));
}
