// Early effects as a proxy of final ones, on real experiments: what past tests teach about a metric read after a week,
// what deciding by it would have done to the same tests, and how much of that rests on a few of them.
import { readFileSync } from "node:fs";
import {
  type BacktestExperiment,
  type EffectCovarianceEstimate,
  backtestProxy,
  estimateEffectCovariance,
  type ProxyBacktest,
} from "microlift";

const lines = readFileSync(new URL("asos-effects.csv", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));
const names = lines[0]!.split(",");
const rows = lines.slice(1).map((line) => {
  const cells = line.split(",");
  const cell = (name: string): string => cells[names.indexOf(name)]!;
  const arm = (name: string) => ({
    earlyN: Number(cell(`${name}EarlyN`)),
    earlyRate: Number(cell(`${name}EarlyConversions`)) / Number(cell(`${name}EarlyN`)),
    n: Number(cell(`${name}N`)),
    rate: Number(cell(`${name}Conversions`)) / Number(cell(`${name}N`)),
  });
  return {
    experiment: cell("experiment"),
    variant: cell("variant"),
    earlyDay: Number(cell("earlyDay")),
    finalDay: Number(cell("finalDay")),
    control: arm("control"),
    treatment: arm("treatment"),
  };
});
type Arm = (typeof rows)[number]["control"];

/** What is taken as known of the early units: the rate at which they have converted by the end. */
export type EarlyUnits = "as-all" | "not-since" | "all-conversions";

/**
 * Sampling covariance of the logs of an arm's early and final rate. The early units are among the final ones, and who
 * converted early has converted in the end: so the two rates have the covariance e (1 − p) / n, with e the early rate, n
 * the final units and p the final rate of the early units. That rate is not published. It lies between e and the rate
 * at which all conversions would be theirs; where it is that of all units, the covariance of the logs is the variance of
 * the final one.
 */
function covarianceOf({ earlyN, earlyRate, n, rate }: Arm, earlyUnits: EarlyUnits): number[][] {
  const theirs = {
    "as-all": rate,
    "not-since": earlyRate,
    "all-conversions": Math.min(0.99, (rate * n) / earlyN),
  }[earlyUnits];
  const shared = (1 - theirs) / (n * rate);
  return [
    [(1 - earlyRate) / (earlyN * earlyRate), shared],
    [shared, (1 - rate) / (n * rate)],
  ];
}

/** The experiments on the log-lift scale; those whose early effect is the final one are left out. */
export function asosExperiments(earlyUnits: EarlyUnits = "as-all"): BacktestExperiment[] {
  return rows
    .filter(({ earlyDay, finalDay }) => earlyDay < finalDay)
    .map(({ experiment, variant, earlyDay, finalDay, control, treatment }) => {
      const controlCovariance = covarianceOf(control, earlyUnits);
      const own = covarianceOf(treatment, earlyUnits);
      return {
        name: `${experiment} ${variant}`,
        // Variants of one experiment share its control.
        cluster: experiment,
        proxyEffect: Math.log(treatment.earlyRate / control.earlyRate),
        macroEffect: Math.log(treatment.rate / control.rate),
        covariance: controlCovariance.map((row, i) => row.map((value, j) => value + own[i]![j]!)),
        controlCovariance,
        decisionDay: earlyDay,
        matureDay: finalDay,
      };
    });
}

/** The three whose effects dwarf all others'. */
export const LARGE: readonly string[] = ["79f97f 1", "9b959e 1", "ee6ff7 1"];

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const range = (
  { lower, upper }: { lower: number; upper: number },
  show = (x: number) => x.toFixed(2),
): string => `${show(lower)} to ${show(upper)}`;

const experiments = asosExperiments();
export const learned: EffectCovarianceEstimate = estimateEffectCovariance({ experiments });
export const withoutLarge: EffectCovarianceEstimate = estimateEffectCovariance({
  experiments: experiments.filter(({ name }) => !LARGE.includes(name!)),
});
console.log(`${experiments.length} comparisons; the early effect is read after about a week.`);
console.log(
  `Correlation of true effects, early and final: ${learned.readings.rho.median.toFixed(2)} (${range(learned.readings.rho.interval)}).`,
);
console.log(
  `Without the three largest: ${withoutLarge.readings.rho.median.toFixed(2)} (${range(withoutLarge.readings.rho.interval)}): what is learned, three experiments teach.`,
);

export const backtest: ProxyBacktest = backtestProxy({ experiments });
const { coverage, logScoreGain } = backtest.validation;
console.log(
  `Foretold from the early effect and the other experiments, ${percent(coverage.estimate!)} of the final effects lie in their 95 % interval.`,
);
console.log(
  `Log density gained by the early effect: ${logScoreGain.estimate!.toFixed(2)} (${range(logScoreGain.interval)}).`,
);
console.log(`Days saved: ${backtest.daysSaved!.toFixed(0)} on average.`);
for (const { policy, ships, agreement, accuracy, gain } of backtest.policies) {
  console.log(
    `${policy.padEnd(18)} ships ${String(ships).padStart(2)}, agrees with the final sign ${percent(agreement.estimate!)}, ` +
      `is right about the true one ${percent(accuracy.estimate!)}, gains ${range(gain.interval, percent)} a test`,
  );
}
