import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { undeterminedEstimate } from "../core/whole-line.ts";
import { type BetaPrior, LARGEST_SHAPE } from "../models/beta-prior.ts";
import { betaBinomialLogPmf } from "../numerics/beta-binomial-tails.ts";
import { binomialLogPmf } from "../numerics/binomial-tails.ts";
import { type Box, maximizeInBox } from "../numerics/maximize-in-box.ts";
import { sumOf } from "../numerics/sum.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { betaBinomialLikelihood, DISPERSION, dispersionAt, LOG_ODDS } from "./beta-binomial-likelihood.ts";
import { type FittedParameter, fittedParameters } from "./fitted-parameter.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

export interface EmpiricalBetaPriorOptions {
  /** Units and conversions of past experiments or pages, at least two. */
  readonly pastRates: readonly Proportion[];
  /** Of the profile-likelihood intervals, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** How rates vary beyond sampling, by past rates. */
export interface EmpiricalBetaPrior extends Result<"empirical-beta-prior"> {
  /** How many rates it is fitted to. */
  readonly count: number;
  /** The Beta distribution of rates that makes the past likeliest; null where it has no finite precision. */
  readonly prior: BetaPrior | null;
  /**
   * The same mean with the least precision that the data do not rule out, the lower end of its interval: the prior to
   * use where past rates are few or all alike. Null only where nothing is determined.
   */
  readonly cautiousPrior: BetaPrior | null;
  /** alpha / (alpha + beta), with a profile-likelihood interval. */
  readonly mean: FittedParameter;
  /**
   * alpha + beta: how many units the prior counts for. Infinity (`unbounded`, without a standard error) where the rates
   * vary no more than chance has them vary.
   */
  readonly precision: FittedParameter;
  /** ln of the marginal likelihood, binomial coefficients included; null only where nothing is determined. */
  readonly logLikelihood: number | null;
  /** The same by the method of moments, for comparison; a precision of Infinity says that rates do not vary. */
  readonly moments: { readonly mean: number; readonly precision: number };
  readonly status: Status;
}

/** Log-odds of mean rates that are looked at. */
const FARTHEST = 60;
/** The smallest precision looked at: rates that are next to 0 or 1, each. */
const SMALLEST_PRECISION = 1e-4;

/**
 * Fits the Beta prior of a conversion rate to past rates, by marginal maximum likelihood.
 *
 * The conversions of each are binomial, and the true rates come from one Beta distribution, so that the counts are
 * beta-binomial. Use it for `compareBetaBinomial` and for shrinking rates; the past rates must be of the same kind as the
 * one to come, and all of them, not the published ones.
 *
 * @param options.pastRates - `{ n, conversions }`, at least two
 * @param options.confidenceLevel - of the intervals of mean and precision, in (0, 1); 0.95 unless said
 * @returns the prior, its mean and precision with standard errors and intervals, and the likelihood
 * @throws {DomainError} for fewer than two rates, a broken one, or a level outside (0, 1)
 * @example
 * ```ts
 * import { empiricalBetaPrior } from "microlift";
 * const pastRates = [31, 58, 42, 69, 25].map((conversions) => ({ n: 1000, conversions }));
 * const { prior, precision } = empiricalBetaPrior({ pastRates });
 * prior?.alpha; // 8.34
 * precision.interval.lower; // 32.9
 * ```
 * Griffiths (1973), Biometrics 29, 637–648; moments: Kleinman (1973), Journal of the American Statistical Association 68,
 * 46–54.
 */
export function empiricalBetaPrior(options: EmpiricalBetaPriorOptions): EmpiricalBetaPrior {
  checkObject("options", options);
  const { pastRates, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  if (!Array.isArray(pastRates) || pastRates.length < 2) {
    throw new DomainError("pastRates", pastRates, "must be a list of at least two rates");
  }
  const rates: readonly Proportion[] = pastRates;
  rates.forEach((rate, i) => checkProportion(`pastRates[${i}]`, rate));
  checkOpenUnit("confidenceLevel", confidenceLevel);

  const reason = whyUndetermined(rates);
  return reason === null ? fitted(rates, confidenceLevel) : undetermined(rates, confidenceLevel, reason);
}

function fitted(rates: readonly Proportion[], confidenceLevel: number): EmpiricalBetaPrior {
  const units = sumOf(rates.map(({ n }) => n));
  const sampling = rates.length / units;
  const likelihood = betaBinomialLikelihood(rates, sampling);
  const lowest = ln(sampling);
  const box: Box = {
    lower: [-FARTHEST, lowest],
    upper: [FARTHEST, ln(sampling + 1 / SMALLEST_PRECISION)],
  };
  const moments = momentsOf(rates);
  const start = [
    ln(moments.mean / (1 - moments.mean)),
    ln(sampling + 1 / Math.min(Math.max(moments.precision, 1), 1 / sampling)),
  ];
  const maximum = maximizeInBox(likelihood, start, box);
  const [mean, precision] = fittedParameters(
    likelihood,
    maximum,
    box,
    [
      {
        name: "mean",
        index: LOG_ODDS,
        value: (logOdds) => 1 / (1 + exp(-logOdds)),
        slope: (logOdds) => 1 / (1 + exp(-logOdds)) / (1 + exp(logOdds)),
        ends: [0, 1],
      },
      {
        name: "precision",
        index: DISPERSION,
        value: (coordinate) => 1 / dispersionAt(coordinate, sampling),
        slope: (coordinate) => exp(coordinate) / dispersionAt(coordinate, sampling) ** 2,
        ends: [Infinity, 0],
      },
    ],
    confidenceLevel,
  ) as [FittedParameter, FittedParameter];
  const logOdds = maximum.at[LOG_ODDS]!;
  const prior = betaAt(logOdds, precision.estimate!);
  return {
    kind: "empirical-beta-prior",
    method: "marginal-likelihood",
    count: rates.length,
    prior,
    cautiousPrior: betaAt(logOdds, precision.interval.lower),
    mean,
    precision,
    logLikelihood: logLikelihood(rates, mean.estimate!, prior),
    moments,
    status: prior === null ? "unbounded" : "ok",
    warnings: cautions(prior),
    assumptions: [
      "Units are independent of each other, and all units behind one past rate convert at that rate.",
      "The true rates are independent draws from one Beta distribution, as is the one to come.",
    ],
  };
}

/** Null where the shapes are no longer those of a distribution that a double tells from a point. */
function betaAt(logOdds: number, precision: number): BetaPrior | null {
  const alpha = precision / (1 + exp(-logOdds));
  const beta = precision / (1 + exp(logOdds));
  return alpha > 0 && beta > 0 && Math.max(alpha, beta) <= LARGEST_SHAPE ? { alpha, beta } : null;
}

function logLikelihood(rates: readonly Proportion[], mean: number, prior: BetaPrior | null): number {
  return sumOf(
    rates.map(({ n, conversions }) =>
      prior === null
        ? binomialLogPmf(conversions, n, mean)
        : betaBinomialLogPmf(conversions, n, prior.alpha, prior.beta),
    ),
  );
}

/** Kleinman (1973), with the rates weighted by their units. */
function momentsOf(rates: readonly Proportion[]): { mean: number; precision: number } {
  const units = sumOf(rates.map(({ n }) => n));
  const mean = sumOf(rates.map(({ conversions }) => conversions)) / units;
  const squares = sumOf(rates.map(({ n, conversions }) => n * (conversions / n - mean) ** 2));
  const excess = squares / (mean * (1 - mean)) - (rates.length - 1);
  const room = units - sumOf(rates.map(({ n }) => n * (n / units))) - (rates.length - 1);
  const correlation = Math.min(excess / room, 1);
  return { mean, precision: correlation > 0 ? 1 / correlation - 1 : Infinity };
}

function whyUndetermined(rates: readonly Proportion[]): string | null {
  if (rates.every(({ conversions }) => conversions === 0)) return "No unit converted in any of the rates";
  if (rates.every(({ n, conversions }) => conversions === n))
    return "Every unit converted in all of the rates";
  if (rates.every(({ n, conversions }) => conversions === 0 || conversions === n)) {
    return "Each of the rates is 0 or 1";
  }
  return null;
}

function undetermined(
  rates: readonly Proportion[],
  confidenceLevel: number,
  reason: string,
): EmpiricalBetaPrior {
  const units = sumOf(rates.map(({ n }) => n));
  const unknown = undeterminedEstimate("profile-likelihood", {
    alternative: "two-sided",
    confidenceLevel,
    tail: (1 - confidenceLevel) / 2,
  });
  return {
    kind: "empirical-beta-prior",
    method: "marginal-likelihood",
    count: rates.length,
    prior: null,
    cautiousPrior: null,
    mean: { name: "mean", ...unknown, interval: { ...unknown.interval, lower: 0, upper: 1 } },
    precision: { name: "precision", ...unknown, interval: { ...unknown.interval, lower: 0 } },
    logLikelihood: null,
    moments: { mean: sumOf(rates.map(({ conversions }) => conversions)) / units, precision: Infinity },
    status: "undetermined",
    warnings: [
      {
        code: "PRIOR_UNDETERMINED",
        message: `${reason}: no Beta distribution is the likeliest, and the past does not tell how rates vary.`,
      },
    ],
    assumptions: [],
  };
}

function cautions(prior: BetaPrior | null): Warning[] {
  if (prior !== null) return [];
  return [
    {
      code: "NO_OVERDISPERSION",
      message:
        "The rates vary no more than chance has them vary: as far as they tell all are equal, and the likeliest prior " +
        "is that one rate. Use cautiousPrior, the least precise that the data do not rule out.",
    },
  ];
}
