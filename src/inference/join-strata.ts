import { DomainError } from "../core/domain-error.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { sumOf } from "../numerics/sum.ts";
import type { Confidence } from "../core/confidence.ts";
import { stratifiedCautions } from "./stratified-cautions.ts";
import type {
  Homogeneity,
  StratifiedArm,
  StratifiedComparison,
  StratumEffect,
} from "./stratified-comparison.ts";
import type { StratifiedEffects } from "./stratified-effects.ts";
import type { NamedStratum } from "./stratum.ts";
import { tableHomogeneity } from "./table-homogeneity.ts";
import { undeterminedEstimate } from "../core/whole-line.ts";

type OwnEffects = Pick<StratumEffect, "difference" | "lift" | "oddsRatio">;

/** What a method does, and what differs between proportions and means. */
export interface StrataJoin<Arm> {
  readonly method: string;
  readonly assumptions: readonly string[];
  /** Units that an arm needs for its stratum to be used. */
  readonly fewestUnits: number;
  /** The joint effects; `shares` are those of the strata in all units. */
  effects(
    strata: readonly NamedStratum<Arm>[],
    shares: readonly number[],
    confidence: Confidence,
  ): StratifiedEffects;
  ownEffects(stratum: NamedStratum<Arm>, confidence: Confidence): OwnEffects;
  homogeneity(strata: readonly NamedStratum<Arm>[]): Homogeneity;
  level(arm: Arm): number;
}

/** Joins the strata that have units enough in both arms. */
export function joinStrata<Arm extends { readonly n: number }>(
  strata: readonly NamedStratum<Arm>[],
  confidence: Confidence,
  join: StrataJoin<Arm>,
): StratifiedComparison {
  const { fewestUnits } = join;
  const isUsed = ({ control, treatment }: NamedStratum<Arm>): boolean =>
    Math.min(control.n, treatment.n) >= fewestUnits;
  const used = strata.filter(isUsed);
  if (used.length === 0) {
    throw new DomainError(
      "strata",
      strata,
      `must hold a stratum with both arms of at least n = ${fewestUnits}`,
    );
  }
  const controls = used.map((stratum) => stratum.control);
  const treatments = used.map((stratum) => stratum.treatment);
  const units = sumOf([...controls, ...treatments].map(({ n }) => n));
  const shares = used.map((stratum) => (stratum.control.n + stratum.treatment.n) / units);
  const { controlMean, treatmentMean, weights, warnings, ...effects } = join.effects(
    used,
    shares,
    confidence,
  );
  const control = joinedArm(controls, controlMean, join);
  const treatment = joinedArm(treatments, treatmentMean, join);
  const weightOf = new Map(used.map((stratum, i) => [stratum, weights === null ? null : weights[i]!]));
  const sharesTest =
    used.length > 1
      ? tableHomogeneity(used.map((stratum) => [stratum.control.n, stratum.treatment.n]))
      : null;
  return {
    kind: "stratified-comparison",
    method: join.method,
    alternative: confidence.alternative,
    confidenceLevel: confidence.confidenceLevel,
    control,
    treatment,
    ...effects,
    strata: strata.map((stratum) => {
      const weight = weightOf.get(stratum);
      const own =
        weight === undefined ? noEffects(stratum, confidence) : join.ownEffects(stratum, confidence);
      return {
        name: stratum.name,
        controlN: stratum.control.n,
        treatmentN: stratum.treatment.n,
        weight: weight === undefined ? 0 : weight,
        isUsed: weight !== undefined,
        difference: own.difference,
        lift: own.lift,
        oddsRatio: own.oddsRatio,
      };
    }),
    homogeneity: join.homogeneity(used),
    shares: sharesTest,
    warnings: [
      ...warnings,
      ...stratifiedCautions({
        leftOut: strata.filter((stratum) => !isUsed(stratum)).map(({ name }) => name),
        fewestUnits,
        control,
        treatment,
        difference: effects.difference.estimate,
        shares: sharesTest,
      }),
    ],
    assumptions: [INDEPENDENT_UNITS, ...join.assumptions],
  };
}

function joinedArm<Arm extends { readonly n: number }>(
  arms: readonly Arm[],
  mean: number | null,
  { level }: StrataJoin<Arm>,
): StratifiedArm {
  const n = sumOf(arms.map((arm) => arm.n));
  return { n, mean, crudeMean: sumOf(arms.map((arm) => (arm.n / n) * level(arm))) };
}

function noEffects(stratum: NamedStratum<object>, confidence: Confidence): OwnEffects {
  const unknown = undeterminedEstimate("none", confidence);
  return {
    difference: unknown,
    lift: unknown,
    oddsRatio: "conversions" in stratum.control ? unknown : null,
  };
}
