import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import { type BacktestExperiment, daysToMaturity, replayedEstimates } from "./backtest-experiment.ts";
import { BACKTEST_POLICIES, type BacktestPolicyName } from "./backtest-policy.ts";
import { covariancePosterior, everyFourthNode } from "./covariance-posterior.ts";
import type { CovariancePrior } from "./covariance-prior.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { effectTable } from "./effect-table.ts";
import { groupedMean, groupedRatio, groupedShare, type Groups } from "./grouped-estimate.ts";
import { independentGroups } from "./independent-groups.ts";
import { nodesWithout } from "./nodes-without.ts";
import { DEFAULT_SHIP_THRESHOLD } from "./assisted-decision-rule.ts";
import { readCovariancePrior } from "./read-covariance-prior.ts";
import { type ReplayedExperiment, type ReplayOptions, replayExperiment } from "./replay-experiment.ts";

export interface BacktestProxyInput {
  /** Past experiments on one proxy, at least four, and three beside each cluster. */
  readonly experiments: readonly BacktestExperiment[];
  /** Scale of all effects; `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
  /** What is believed of the covariance before; what is left out is the default of `estimateEffectCovariance`. */
  readonly prior?: Partial<CovariancePrior> | undefined;
  /** Ship as surely as this by the assisted rule "assisted-sure", in (0, 1); 0.9 unless said. */
  readonly shipThreshold?: number | undefined;
  /** Of the two-sided tests, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Of every interval, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** How a policy would have done over the past experiments. */
export interface BacktestPolicy {
  readonly policy: BacktestPolicyName;
  /** Experiments whose change it ships. */
  readonly ships: number;
  /** Share of the experiments in which it ships exactly when the mature estimate is above 0: chance in that included. */
  readonly agreement: Estimate;
  /** Share in which it ships exactly when the true macro effect is above 0, each weighed by its probability. */
  readonly accuracy: Estimate;
  /** Share of its ships whose mature estimate is below 0; undetermined where it never ships. */
  readonly seenWrongShips: Estimate;
  /** Expected share of its ships whose true macro effect is below 0; null where it never ships. */
  readonly wrongShipShare: number | null;
  /** Macro effect gained per experiment, free of the chance that early and mature estimates share. */
  readonly gain: Estimate;
  /** Its gain over that of mature sales under the rule of the same kind; null for these themselves. */
  readonly gainKept: Estimate | null;
}

export interface ProxyBacktest extends Result<"proxy-backtest"> {
  readonly method: "leave-one-experiment-out";
  readonly scale: EffectScale;
  readonly experiments: number;
  /** Independent groups: experiments with their own control, and clusters. */
  readonly groups: number;
  readonly policies: readonly BacktestPolicy[];
  /** How well the mature estimate was foretold from the proxy and the other experiments. */
  readonly validation: {
    /** Share of the mature estimates within their prediction intervals. */
    readonly coverage: Estimate;
    /**
     * Mean gain in the log density of the mature estimate by the proxy: above 0 where it foretells, below where it
     * misleads.
     */
    readonly logScoreGain: Estimate;
  };
  /** Mean days from decision to mature sales, of the experiments that say; null where none does. */
  readonly daysSaved: number | null;
  /** One row an experiment, in the order given. */
  readonly replays: readonly ReplayedExperiment[];
}

/**
 * Replays past experiments: what the proxy alone, and proxy and early sales together, would have decided on the day of
 * the decision, against the mature effect.
 *
 * What an assisted decision knows is learned from the other experiments, those that share its control left out with it.
 * The mature effect is an estimate too: agreement with its sign counts its chance as truth, so that beside it stands the
 * `accuracy` by the true effect's probability given all. And early and mature estimates stand on the same units, which
 * flatters the proxy: gains are free of what their shared chance is expected to put in.
 *
 * @param input - experiments with the proxy as read early and the macro effect as read when mature
 * @returns each policy's agreement, accuracy, wrong ships and gain, how well the proxy foretold, and a row an experiment
 * @throws {DomainError} for broken or too few experiments, mixed scales, or early sales that cannot go with the rest
 * @example
 * ```ts
 * import { backtestProxy } from "microlift";
 * const effects = [[0.06, 0.05], [-0.02, 0.01], [0.03, 0.04], [0.09, 0.07], [-0.05, -0.06], [0, -0.03]] as const;
 * const { policies, validation } = backtestProxy({
 *   experiments: effects.map(([proxyEffect, macroEffect]) => ({
 *     proxyEffect,
 *     macroEffect,
 *     covariance: [[0.0004, 0.0003], [0.0003, 0.0009]],
 *     decisionDay: 4,
 *     matureDay: 49,
 *   })),
 * });
 * policies[0]!.agreement.estimate; // 0.8333333333
 * validation.coverage.estimate; // 1
 * ```
 * Source: derived for this library; Stein (1981) for the chance that decision and outcome share.
 */
export function backtestProxy(input: BacktestProxyInput): ProxyBacktest {
  checkObject("input", input);
  const { experiments, scale = "log-lift" } = input;
  const options: ReplayOptions = {
    alpha: input.alpha ?? DEFAULT_ALPHA,
    shipThreshold: input.shipThreshold ?? DEFAULT_SHIP_THRESHOLD,
    confidenceLevel: input.confidenceLevel ?? DEFAULT_CONFIDENCE_LEVEL,
  };
  for (const [field, value] of Object.entries(options)) checkOpenUnit(field, value);
  const table = effectTable("experiments", experiments, scale);
  const prior = readCovariancePrior("prior", input.prior, scale, experiments);
  const groups = independentGroups(table);
  checkEnoughLeft(experiments, groups);
  const replays: ReplayedExperiment[] = [];
  const seen = experiments.map((experiment, k) =>
    replayedEstimates(`experiments[${k}]`, experiment, table, k),
  );
  const days = experiments
    .map((experiment, k) => daysToMaturity(`experiments[${k}]`, experiment))
    .filter((saved) => saved !== null);
  const thin = everyFourthNode(covariancePosterior(table, prior));
  for (const { members } of groups) {
    const nodes = nodesWithout(thin, members);
    for (const k of members) {
      replays[k] = replayExperiment(experiments[k]!.name ?? null, nodes, seen[k]!, options);
    }
  }
  const { confidenceLevel } = options;
  const all = (): boolean => true;
  return {
    kind: "proxy-backtest",
    method: "leave-one-experiment-out",
    scale,
    experiments: experiments.length,
    groups: groups.length,
    policies: BACKTEST_POLICIES.map((policy) => policyResult(policy, groups, replays, confidenceLevel)),
    validation: {
      coverage: groupedShare(groups, all, (k) => isForetold(replays[k]!), confidenceLevel),
      logScoreGain: groupedMean(
        groups,
        replays.map(({ logScoreGain }) => logScoreGain),
        confidenceLevel,
      ),
    },
    daysSaved: days.length === 0 ? null : days.reduce((sum, saved) => sum + saved, 0) / days.length,
    replays,
    warnings: [],
    assumptions: [
      "True effects of the changes tested are normal, with a covariance learned from the other experiments.",
      "The sampling covariances given are right, those of early and mature estimates of the same units among them.",
      "The experiments replayed are like those to come.",
    ],
  };
}

/** Fewer than this teach nothing of a covariance. */
const FEWEST_LEFT = 3;

function checkEnoughLeft(experiments: readonly BacktestExperiment[], groups: Groups): void {
  const largest = groups.reduce((most, { members }) => Math.max(most, members.length), 0);
  if (experiments.length - largest < FEWEST_LEFT) {
    throw new DomainError(
      "experiments",
      experiments,
      `must leave at least ${FEWEST_LEFT} beside each experiment or cluster that is left out`,
    );
  }
}

function isForetold({ macroEffect, prediction: { interval } }: ReplayedExperiment): boolean {
  return macroEffect >= interval.lower && macroEffect <= interval.upper;
}

/** Sales under the rule of the same kind: any gain in sight, or one that is sure enough. */
const BENCHMARK: Readonly<Record<BacktestPolicyName, BacktestPolicyName | null>> = {
  "proxy-sign": "sales-sign",
  "assisted-mean": "sales-sign",
  "sales-sign": null,
  "proxy-significant": "sales-significant",
  "assisted-sure": "sales-significant",
  "sales-significant": null,
};

function policyResult(
  policy: BacktestPolicyName,
  groups: Groups,
  replays: readonly ReplayedExperiment[],
  confidenceLevel: number,
): BacktestPolicy {
  const ships = (k: number): boolean => replays[k]!.decisions[policy].ships;
  const gains = (name: BacktestPolicyName): number[] => replays.map(({ decisions }) => decisions[name].gain);
  const shipped = replays.filter((_, k) => ships(k));
  const benchmark = BENCHMARK[policy];
  return {
    policy,
    ships: shipped.length,
    agreement: groupedShare(
      groups,
      () => true,
      (k) => ships(k) === replays[k]!.macroEffect > 0,
      confidenceLevel,
    ),
    accuracy: groupedMean(
      groups,
      replays.map((replay, k) => (ships(k) ? replay.probabilityPositive : replay.probabilityNegative)),
      confidenceLevel,
    ),
    seenWrongShips: groupedShare(groups, ships, (k) => replays[k]!.macroEffect < 0, confidenceLevel),
    wrongShipShare:
      shipped.length === 0
        ? null
        : shipped.reduce((sum, { probabilityNegative }) => sum + probabilityNegative, 0) / shipped.length,
    gain: groupedMean(groups, gains(policy), confidenceLevel),
    gainKept:
      benchmark === null ? null : groupedRatio(groups, gains(policy), gains(benchmark), confidenceLevel),
  };
}
