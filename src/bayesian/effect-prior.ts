import { checkBetween, checkObject, checkOneOf, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { NormalPrior } from "./normal-prior.ts";

/** A normal distribution of true effects; a standard deviation of 0 says that all are equal. */
export interface NormalEffects extends NormalPrior {
  readonly family: "normal";
}

/** Student's t, scaled and shifted: most effects are small, and a few are far larger. */
export interface StudentTEffects {
  readonly family: "student-t";
  readonly mean: number;
  /** Not the standard deviation, which is infinite up to two degrees of freedom. */
  readonly scale: number;
  /** From 1 up; Infinity is the normal distribution. */
  readonly degreesOfFreedom: number;
}

/** A share of changes without any effect, and a normal distribution of the effects of the others. */
export interface SpikeAndNormalEffects {
  readonly family: "spike-and-normal";
  /** Share of changes whose effect is exactly 0, in [0, 1]. */
  readonly probabilityOfNoEffect: number;
  readonly mean: number;
  readonly standardDeviation: number;
}

/** Two normal distributions around one mean: changes that matter little, and changes that matter. */
export interface TwoNormalsEffects {
  readonly family: "two-normals";
  readonly mean: number;
  readonly narrowStandardDeviation: number;
  /** At least the narrow one. */
  readonly wideStandardDeviation: number;
  /** Share of the wide one, in [0, 1]. */
  readonly wideProbability: number;
}

/** How true effects are distributed over the changes one tests: a prior for the effect of the next one. */
export type EffectPrior = NormalEffects | StudentTEffects | SpikeAndNormalEffects | TwoNormalsEffects;

/** The family of a prior on effects. */
export type EffectFamily = EffectPrior["family"];

export const EFFECT_FAMILIES: readonly EffectFamily[] = [
  "normal",
  "student-t",
  "spike-and-normal",
  "two-normals",
];

/** Squares of numbers within these ends, and of their ratios, are still doubles. */
const LARGEST = 1e50;
const SMALLEST = 1e-50;

/** An effect, or the mean of many. */
export function checkEffect(field: string, value: number): void {
  checkBetween(field, value, -LARGEST, LARGEST);
}

/** The standard error of an effect. */
export function checkEffectError(field: string, value: number): void {
  checkBetween(field, value, SMALLEST, LARGEST);
}

/** A spread of true effects; 0 says that there is none. */
function checkSpread(field: string, value: number): void {
  if (value !== 0) checkEffectError(field, value);
}

/** Refuses what is no distribution of effects. */
export function checkEffectPrior(field: string, effects: EffectPrior): void {
  checkObject(field, effects);
  checkOneOf(`${field}.family`, effects.family, EFFECT_FAMILIES);
  checkEffect(`${field}.mean`, effects.mean);
  switch (effects.family) {
    case "normal":
      checkSpread(`${field}.standardDeviation`, effects.standardDeviation);
      break;
    case "student-t":
      checkSpread(`${field}.scale`, effects.scale);
      if (!(typeof effects.degreesOfFreedom === "number" && effects.degreesOfFreedom >= 1)) {
        throw new DomainError(`${field}.degreesOfFreedom`, effects.degreesOfFreedom, "must be at least 1");
      }
      break;
    case "spike-and-normal":
      checkProbability(`${field}.probabilityOfNoEffect`, effects.probabilityOfNoEffect);
      checkSpread(`${field}.standardDeviation`, effects.standardDeviation);
      break;
    case "two-normals":
      checkTwoNormals(field, effects);
  }
}

function checkTwoNormals(field: string, effects: TwoNormalsEffects): void {
  const { narrowStandardDeviation, wideStandardDeviation, wideProbability } = effects;
  checkSpread(`${field}.narrowStandardDeviation`, narrowStandardDeviation);
  checkSpread(`${field}.wideStandardDeviation`, wideStandardDeviation);
  checkProbability(`${field}.wideProbability`, wideProbability);
  if (wideStandardDeviation < narrowStandardDeviation) {
    throw new DomainError(
      `${field}.wideStandardDeviation`,
      wideStandardDeviation,
      `must be at least narrowStandardDeviation = ${narrowStandardDeviation}`,
    );
  }
}
