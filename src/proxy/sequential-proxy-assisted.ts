import { checkCount, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { delayAssumptions } from "../models/conversion-delay.ts";
import { checkedDelay, type ReadingOptions } from "../models/metric-delay.ts";
import { normalCdf } from "../numerics/normal.ts";
import { checkRandom, createRandom, type Random } from "../numerics/random.ts";
import { assistedLook } from "./assisted-look.ts";
import { type AssistedDay, readDay } from "./assisted-day.ts";
import { cohortLook } from "./cohort-look.ts";
import { cohortReadings } from "./cohort-reading.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import {
  checkEffectCovariance,
  type EffectCovariance,
  effectNodes,
  effectScale,
  type EffectScale,
} from "./effect-covariance.ts";
import { checkExposureDays, type ExposureDay } from "./exposure-day.ts";
import { lookingErrors, type LookingRule } from "./looking-errors.ts";
import { DEFAULT_SHIP_THRESHOLD } from "./assisted-decision-rule.ts";
import { type LookingOutcome, lookingOutcome } from "./looking-outcome.ts";
import { checkSameScale, checkUnitCovariance, type UnitCovariance } from "./unit-covariance.ts";

/** An experiment by its days of exposure, and how sales come in. */
export interface SequentialProxyAssistedInput extends ReadingOptions {
  /** How true effects spread and go together; with a posterior, everything is averaged over it. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of the two estimates times n per arm, with a known correlation strictly between −1 and 1. */
  readonly sampling: UnitCovariance;
  /** The cohorts, a day of exposure each, the first day first; those to come have their planned `n` alone. */
  readonly days: readonly ExposureDay[];
  /** Days at the end of which one looks, increasing, 1 for the first; every day of exposure unless said. */
  readonly lookDays?: readonly number[] | undefined;
  /** Ship at the first look at which P(true macro effect > 0) exceeds this, in (0, 1); 0.9 unless said. */
  readonly shipThreshold?: number | undefined;
  /** Instead of `shipThreshold`: the share of changes without macro effect that may ship at any look, in (0, 1). */
  readonly falseShipRate?: number | undefined;
  /** Of the credible intervals; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** Simulated experiments, where the covariance has a posterior or the population is not normal; 10,000 unless said. */
  readonly draws?: number | undefined;
  /** Their random stream; `createRandom(1)` unless said. */
  readonly rng?: Random | undefined;
}

export interface SequentialProxyAssisted extends Result<"sequential-proxy-assisted">, LookingOutcome {
  readonly method: "mature-cohorts" | "all-cohorts";
  /** Scale of every effect here. */
  readonly scale: EffectScale;
  /** Posterior probability of a gain that ships; where a false-ship rate was asked for, the one that keeps it. */
  readonly shipThreshold: number;
  /** One row a look. */
  readonly looks: readonly AssistedDay[];
  /** The first look at which the rule ships; null where none has so far. */
  readonly firstShipDay: number | null;
}

/**
 * Decides about the macro metric day by day, from the micro conversions known by then and the sales seen by then, and
 * says how often looking every time goes wrong.
 *
 * Sales are read on mature cohorts only (`attributionDays`), or on all cohorts along a curve of their delay
 * (`conversionDelay`), which says more and assumes that the change does not alter the delay. Their estimate is corrected
 * for the chance by which the cohorts read differ from all others on the micro conversion. So the posterior mean of each
 * look stands on all that was known before, and the error rates of a known covariance need no simulation: the walk
 * moves as that of a macro metric with `macroEquivalentN` units. Over a posterior, or a population
 * that is not normal, they are simulated.
 *
 * The rule is "posterior mean over its root mean square error above the score of `shipThreshold`"; for a known
 * covariance that is P(true macro effect > 0) > shipThreshold. Looking again and again raises the false-ship rate;
 * `falseShipRate` sets the threshold that keeps it.
 *
 * @param input - effects, sampling, the days of exposure, how sales come in, and the rule
 * @returns a row a look, the first day on which the rule ships, and what the rule does over all looks
 * @throws {DomainError} for broken counts or covariances, a sampling correlation that is not known, different scales,
 *   or looks that do not increase
 * @example
 * ```ts
 * import { sequentialProxyAssisted, unitCovariance } from "microlift";
 * const day = { control: { n: 2000 }, treatment: { n: 2000 } };
 * const { lastLook, everyLook } = sequentialProxyAssisted({
 *   effects: { tauProxy: 0.05, tauMacro: 0.04, rho: 0.8 },
 *   sampling: unitCovariance({ microRate: 0.1, macroRate: 0.02, nested: true }),
 *   days: Array.from({ length: 14 }, () => day),
 *   attributionDays: 7,
 * });
 * lastLook.falseShipRate; // 0.039136839866
 * everyLook.falseShipRate; // 0.0750325471
 * ```
 * Source: derived for this library, on the recursion of Armitage, McPherson and Rowe (1969).
 */
export function sequentialProxyAssisted(input: SequentialProxyAssistedInput): SequentialProxyAssisted {
  checkObject("input", input);
  const { effects, sampling, days, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  const { draws = DEFAULT_DRAWS, rng = createRandom(1) } = input;
  checkEffectCovariance("effects", effects);
  checkSampling(sampling);
  checkSameScale(effects, sampling);
  checkExposureDays("days", days);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const lookDays = checkedLookDays(input.lookDays ?? days.map((_, i) => i + 1));
  checkDraws(draws, lookDays.length);
  checkRandom("rng", rng);
  const delay = checkedDelay(input);
  const rule = checkedRule(input);

  const scale = effectScale(effects);
  const nodes = effectNodes(effects);
  const readings = cohortReadings(delay, lookDays.at(-1)!, sampling, scale);
  const looks = lookDays.map((day) =>
    assistedLook(nodes, sampling, cohortLook(days, day, readings, sampling.correlation)),
  );
  const errors = lookingErrors(nodes, sampling, looks, rule, draws, rng);
  const setting = { nodes, sampling, days, readings, scale, confidenceLevel };
  const rows = looks.map((look, i) => readDay(setting, look, errors, i));
  return {
    kind: "sequential-proxy-assisted",
    method: "attributionDays" in delay ? "mature-cohorts" : "all-cohorts",
    scale,
    shipThreshold: "shipThreshold" in rule ? rule.shipThreshold : normalCdf(errors.criticalValue),
    looks: rows,
    firstShipDay: rows.find(({ ships }) => ships === true)?.day ?? null,
    ...lookingOutcome(nodes, looks, errors),
    warnings: warnings(rows),
    assumptions: [
      ...effectAssumptions(effects),
      ...delayAssumptions(delay),
      "The change has the same effects on the units of every day.",
      "Estimates are normal, which early looks with few conversions are only roughly.",
    ],
  };
}

const DEFAULT_DRAWS = 10_000;
/** So that the scores of all paths stay within some hundred megabytes. */
const MOST_SCORES = 2e7;
/** A look beyond every experiment. */
const LATEST_LOOK = 2000;

function checkSampling(sampling: UnitCovariance): void {
  checkUnitCovariance("sampling", sampling);
  const { correlation, correlationRange: range } = sampling;
  if (Math.abs(correlation) === 1) {
    throw new DomainError("sampling.correlation", correlation, "must lie strictly between -1 and 1");
  }
  if (range !== undefined && range.lower < range.upper) {
    throw new DomainError(
      "sampling.correlationRange",
      range,
      "must be a single point: day by day the correlation has to be known, from joint counts or a nested funnel",
    );
  }
}

function checkedLookDays(lookDays: readonly number[]): readonly number[] {
  if (!Array.isArray(lookDays) || lookDays.length === 0) {
    throw new DomainError("lookDays", lookDays, "must be a list of at least one day");
  }
  lookDays.forEach((day: number, i) => {
    checkCount(`lookDays[${i}]`, day, 1);
    if (day > LATEST_LOOK) {
      throw new DomainError(`lookDays[${i}]`, day, `must be at most ${LATEST_LOOK}`);
    }
    if (i > 0 && !(day > lookDays[i - 1])) {
      throw new DomainError(`lookDays[${i}]`, day, `must be above the one before, ${lookDays[i - 1]}`);
    }
  });
  return lookDays;
}

function checkDraws(draws: number, looks: number): void {
  checkCount("draws", draws, 100);
  if (draws * looks > MOST_SCORES) {
    throw new DomainError(
      "draws",
      draws,
      `must be at most ${Math.floor(MOST_SCORES / looks)} for ${looks} looks`,
    );
  }
}

function checkedRule({ shipThreshold, falseShipRate }: SequentialProxyAssistedInput): LookingRule {
  if (falseShipRate === undefined) {
    checkOpenUnit("shipThreshold", shipThreshold ?? DEFAULT_SHIP_THRESHOLD);
    return { shipThreshold: shipThreshold ?? DEFAULT_SHIP_THRESHOLD };
  }
  if (shipThreshold !== undefined) {
    throw new DomainError("shipThreshold", shipThreshold, "must be left out where falseShipRate is given");
  }
  checkOpenUnit("falseShipRate", falseShipRate);
  return { falseShipRate };
}

function warnings(rows: readonly AssistedDay[]): Warning[] {
  const found: Warning[] = [
    {
      code: "NO_TYPE_I_GUARANTEE",
      message:
        "This decides for gains, not against false alarms: everyLook.falseShipRate says how many changes without macro effect ship.",
    },
  ];
  if (
    rows.some(
      ({ posterior, macroEffect, nMacro }) => posterior !== null && macroEffect === null && nMacro > 0,
    )
  ) {
    found.push({
      code: "MACRO_TOO_FEW",
      message:
        "At some looks an arm has no macro conversion yet, so that no lift can be told: only the proxy speaks.",
    });
  }
  return found;
}
