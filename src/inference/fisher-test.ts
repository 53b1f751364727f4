import type { Alternative } from "../core/alternative.ts";
import { LOG_TIE_TOLERANCE } from "../models/equally-likely.ts";
import { tableMargins } from "../models/table-margins.ts";
import {
  downwardPath,
  hypergeometricLogLowerTail,
  hypergeometricLogPmf,
  hypergeometricLogUpperTail,
  hypergeometricMode,
  type HypergeometricParameters,
  hypergeometricSupport,
  upwardPath,
} from "../numerics/hypergeometric-tails.ts";
import { log1mexp } from "../numerics/log1mexp.ts";
import { outwardSums } from "../numerics/outward-sums.ts";
import { smallestTrue } from "../numerics/smallest-true.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { LoggedPValue } from "./logged-p-value.ts";
import type { TwoSidedRule } from "./two-sided-rule.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Two log probabilities closer than this, relative to their size, are equal but for rounding. */
const ROUNDING = 1e-11;

/**
 * Fisher's exact test of two rates: given all conversions, those of the treatment are hypergeometric under H0.
 *
 * One-sided p-values are P(X >= x₂) for `greater` and P(X <= x₂) for `less`. Two-sided by minimum likelihood, as R's
 * `fisher.test`, or central, which the conditional interval of the odds ratio inverts.
 *
 * The mid-p version counts the observed outcome by one half. By minimum likelihood it also halves what is exactly as
 * likely on the other side: half of P(as extreme) plus P(more extreme), Lancaster's definition for any statistic. Arms of
 * equal size, where every outcome has such a tie, then get the same value by both rules (unless they convert alike, where
 * the central one is 1); with the tie left whole they would not.
 *
 * Costs tens of microseconds, whatever the counts.
 *
 * Fisher (1935); Lancaster (1961); Fagerland, Lydersen and Laake (2017), chapter 4.
 */
export function fisherPValues(
  control: Proportion,
  treatment: Proportion,
  alternative: Alternative,
  midP: boolean,
  twoSided: TwoSidedRule = "minimum-likelihood",
): LoggedPValue {
  const outcome = {
    k: treatment.conversions,
    table: tableMargins({ control, treatment }),
    share: midP ? 0.5 : 1,
  };
  const logPValue = Math.min(0, logOf(outcome, alternative, twoSided));
  return { pValue: exp(logPValue), logPValue };
}

interface Outcome {
  /** Conversions of the treatment. */
  readonly k: number;
  readonly table: HypergeometricParameters;
  /** How much of its own probability counts. */
  readonly share: number;
}

function logOf(outcome: Outcome, alternative: Alternative, twoSided: TwoSidedRule): number {
  if (alternative !== "two-sided") return logTail(outcome, alternative);
  if (twoSided === "minimum-likelihood") return logNoLikelier(outcome);
  return Math.LN2 + Math.min(logTail(outcome, "greater"), logTail(outcome, "less"));
}

/** ln P(X beyond k) with the share of P(X = k); what leads over the mode is a complement. */
function logTail({ k, table, share }: Outcome, alternative: "greater" | "less"): number {
  const mode = hypergeometricMode(table);
  const leadsOutward = alternative === "greater" ? k >= mode : k < mode;
  const path = (alternative === "greater") === leadsOutward ? upwardPath(k, table) : downwardPath(k, table);
  const left = leadsOutward ? 1 - share : share;
  const log = Math.min(0, hypergeometricLogPmf(k, table) + ln(outwardSums(path).total - left));
  return leadsOutward ? log : log1mexp(log);
}

/** ln P(an outcome no likelier than k), with the share of k and of its tie. */
function logNoLikelier({ k, table, share }: Outcome): number {
  const { lowest, highest } = hypergeometricSupport(table);
  const logObserved = hypergeometricLogPmf(k, table);
  const { below, above } = nearestNoLikelier(k, table, logObserved + LOG_TIE_TOLERANCE);
  const relative = (log: number): number => exp(log - logObserved);
  let total = 0;
  if (below + 1 >= above) {
    total = relative(0);
  } else {
    if (below >= lowest) total += relative(hypergeometricLogLowerTail(below, table));
    if (above <= highest) total += relative(hypergeometricLogUpperTail(above, table));
  }
  const left = share < 1 ? (1 - share) * (1 + ties(k, table, logObserved)) : 0;
  return logObserved + ln(total - left);
}

/** How many other outcomes, 0 or 1, are exactly as likely as k. */
function ties(k: number, table: HypergeometricParameters, logObserved: number): number {
  const rounding = ROUNDING * Math.max(1, -logObserved);
  const { lowest, highest } = hypergeometricSupport(table);
  const { below, above } = nearestNoLikelier(k, table, logObserved + rounding);
  const other = above === k ? below : above;
  const isTied =
    other >= lowest && other <= highest && hypergeometricLogPmf(other, table) >= logObserved - rounding;
  return isTied ? 1 : 0;
}

/** The outcomes below the mode, and from the mode up, that lie nearest to it with a log probability up to a limit. */
function nearestNoLikelier(
  k: number,
  table: HypergeometricParameters,
  limit: number,
): { readonly below: number; readonly above: number } {
  const { lowest, highest } = hypergeometricSupport(table);
  const mode = hypergeometricMode(table);
  const isLikelier = (j: number): boolean => hypergeometricLogPmf(j, table) > limit;
  const mirrored = 2 * mode - k;
  const above = smallestTrue((j) => !isLikelier(j), Math.max(k, mirrored), mode, highest + 1);
  const below = smallestTrue(isLikelier, Math.min(k, mirrored), lowest, mode) - 1;
  return { below, above };
}
