import type { Estimate } from "../core/estimate.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { liftInterval } from "../inference/lift-interval.ts";
import { signedDevianceRoot } from "../models/signed-deviance-root.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { type JointCounts, jointN, macroProportion, microProportion } from "../summaries/joint-counts.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { CellScores } from "./cell-covariance.ts";
import { amongConverters, amongOthers, pooledTable } from "./pooled-table.ts";
import {
  type ArmTables,
  type EstimateScale,
  FISHER,
  LOG_COMPLEMENT,
  pooledScores,
  scoreCovariance,
  scoredEstimate,
} from "./scored-estimate.ts";
import { contrastEstimate, rateDifference, shareEstimate } from "./share-estimate.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** How closely micro and macro conversion go together between the units of both arms. */
export interface IndividualAssociation {
  /** Correlation of the two conversions (Matthews' coefficient). */
  readonly phi: Estimate;
  /** What one conversion tells about the other; never below 0. */
  readonly mutualInformation: { readonly nats: number; readonly bits: number };
  /** Share of the uncertainty about the macro conversion that the micro one takes away, from 0 to 1. */
  readonly uncertaintyCoefficient: number | null;
  /** 1 − exp(−2 × information): the likelihood-reduction factor of Alonso and Molenberghs. */
  readonly informationR2: Estimate;
  /** The same over the most that a conversion of this rate allows, from 0 to 1. */
  readonly informationR2OfMaximum: number | null;
  /** Share of the micro converters that convert in full. */
  readonly macroGivenMicro: Estimate;
  /** Share of all others that do. */
  readonly macroGivenNoMicro: Estimate;
  /** The first of these shares less the second. */
  readonly riskDifference: Estimate;
  /** The first of these shares over the second. */
  readonly relativeRisk: Estimate;
  /** Share of the macro conversions that would be missing if micro converters converted like all others. */
  readonly attributableFraction: Estimate;
  /** Share of the macro converters that did the micro conversion. */
  readonly sensitivity: Estimate;
  /** Share of the units without macro conversion that did without the micro one too. */
  readonly specificity: Estimate;
  /** Sensitivity + specificity − 1. */
  readonly youden: Estimate;
}

/** Describes the pooled table of both arms. */
export function individualAssociation(tables: ArmTables, confidenceLevel: number): IndividualAssociation {
  const table = pooledTable(tables);
  const n = jointN(table);
  const micro = rateOf(microProportion(table));
  const macro = rateOf(macroProportion(table));
  const [converters, others] = [amongConverters(table), amongOthers(table)];
  const q0 = rateOf(others);
  const [buyers, rest] = [
    { n: table.macroOnly + table.both, conversions: table.both },
    { n: table.neither + table.microOnly, conversions: table.neither },
  ];
  const [sensitivity, specificity] = [rateOf(buyers), rateOf(rest)];
  const estimate = (value: number, scores: CellScores, scale: EstimateScale, lowest: number): Estimate => {
    const own = pooledScores(tables, scores);
    const range = { lower: lowest, upper: 1 };
    return Number.isFinite(value)
      ? scoredEstimate(value, scoreCovariance(tables, own, own), scale, range, confidenceLevel)
      : scoredEstimate(null, 0, scale, range, confidenceLevel);
  };

  const phi = correlationOf(table);
  // A conversion that everybody or nobody did tells nothing about the other.
  const root = others.n === 0 || converters.n === 0 ? 0 : signedDevianceRoot(others, converters);
  const nats = root ** 2 / (2 * n);
  const entropy = -(macro * ln(macro) + (1 - macro) * log1p(-macro));
  return {
    phi: estimate(phi, phiScores(phi, micro, macro), FISHER, -1),
    mutualInformation: { nats, bits: nats / Math.LN2 },
    uncertaintyCoefficient: entropy > 0 ? Math.min(1, nats / entropy) : null,
    informationR2: informationR2(root, n, confidenceLevel),
    informationR2OfMaximum: entropy > 0 ? Math.min(1, expm1(-2 * nats) / expm1(-2 * entropy)) : null,
    macroGivenMicro: shareEstimate(converters, confidenceLevel),
    macroGivenNoMicro: shareEstimate(others, confidenceLevel),
    riskDifference: contrastEstimate(others, converters, confidenceLevel),
    relativeRisk: relativeRisk(others, converters, confidenceLevel),
    attributableFraction: estimate(
      1 - q0 / macro,
      {
        neither: q0 / (1 - micro) / macro,
        macroOnly: (q0 - 1) / (1 - micro) / macro + q0 / macro ** 2,
        microOnly: 0,
        both: q0 / macro ** 2,
      },
      LOG_COMPLEMENT,
      -Infinity,
    ),
    sensitivity: shareEstimate(buyers, confidenceLevel),
    specificity: shareEstimate(rest, confidenceLevel),
    youden: estimate(
      sensitivity + specificity - 1,
      {
        neither: (1 - specificity) / (1 - macro),
        macroOnly: -sensitivity / macro,
        microOnly: -specificity / (1 - macro),
        both: (1 - sensitivity) / macro,
      },
      FISHER,
      -1,
    ),
  };
}

/**
 * The geometric mean of the differences that each conversion makes to the other: so it is ±1 to the last digit where one
 * conversion is the other, or its opposite.
 */
function correlationOf(table: JointCounts): number {
  const ofMacro = rateDifference(amongOthers(table), amongConverters(table));
  const ofMicro = rateDifference(
    { n: table.neither + table.microOnly, conversions: table.microOnly },
    { n: table.macroOnly + table.both, conversions: table.both },
  );
  // Products of counts beyond 2^53 are rounded, which may carry it past 1.
  return Math.sign(ofMacro) * Math.min(1, Math.sqrt(ofMacro * ofMicro));
}

function rateOf({ n, conversions }: Proportion): number {
  return conversions / n;
}

/** A correlation moves by the product of the standardised values, less half their squares' share of it. */
function phiScores(phi: number, micro: number, macro: number): CellScores {
  const score = (s: number, y: number): number => {
    const zs = (s - micro) / Math.sqrt(micro * (1 - micro));
    const zy = (y - macro) / Math.sqrt(macro * (1 - macro));
    return zs * zy - 0.5 * phi * (zs * zs + zy * zy);
  };
  return { neither: score(0, 0), macroOnly: score(0, 1), microOnly: score(1, 0), both: score(1, 1) };
}

/** √G² is near normal around the root of its noncentrality, whose limits give those of 1 − exp(−G²/n). */
function informationR2(root: number, n: number, confidenceLevel: number): Estimate {
  const z = normalUpperQuantile((1 - confidenceLevel) / 2);
  const size = Math.abs(root);
  const at = (value: number): number => -expm1(-(value ** 2) / n);
  const interval = {
    lower: at(Math.max(0, size - z)),
    upper: at(size + z),
    confidenceLevel,
    method: "signed-root",
    dualToTest: false,
    excluded: null,
  };
  return makeEstimate(at(size), (2 * size * exp(-(size ** 2) / n)) / n, interval, "two-sided");
}

/** q₁/q₀ with Koopman's interval. */
function relativeRisk(others: Proportion, converters: Proportion, confidenceLevel: number): Estimate {
  if (others.n === 0 || converters.n === 0 || others.conversions + converters.conversions === 0) {
    const all = { lower: 0, upper: Infinity, confidenceLevel, method: "koopman", dualToTest: false };
    return makeEstimate(null, null, { ...all, excluded: null }, "two-sided");
  }
  const ratio = rateOf(converters) / rateOf(others);
  const error = Math.sqrt(
    (1 - rateOf(converters)) / converters.conversions + (1 - rateOf(others)) / others.conversions,
  );
  const lift = liftInterval({ control: others, treatment: converters, confidenceLevel });
  return makeEstimate(
    ratio,
    ratio > 0 && error < Infinity ? ratio * error : null,
    { ...lift, lower: 1 + lift.lower, upper: 1 + lift.upper, dualToTest: false },
    "two-sided",
  );
}
