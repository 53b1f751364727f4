import type { ExperimentsNeeded } from "../proxy/experiments-needed.ts";
import type { TrialLevelR2 } from "../proxy/trial-level-r2.ts";
import { answers, type Block, details, lead, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { effectRow } from "./effect-text.ts";
import { amount, between, intervalName, units } from "./figures.ts";
import { DEFAULT_LABELS } from "./labels.ts";

const SHARE_ENDS = { lower: 0, upper: 1 };

/** How many past experiments a correlation takes. */
export function describeExperimentsNeeded(result: ExperimentsNeeded): Block[] {
  const { proxy, macro } = DEFAULT_LABELS;
  return [
    title("Past experiments needed"),
    lead(
      `At least ${units(result.experiments)} past experiments, before one knows how closely true changes of ${proxy} and ${macro} go together to the precision asked for.`,
    ),
    answers([
      [
        "Without noise",
        `If every experiment showed its true effects, ${units(result.noiseFree.experiments)} would do.`,
      ],
      ["Weak tests", "What a weak test adds is mostly chance, so the weaker they are, the more it takes."],
    ]),
    details([
      ["By Fisher's z", units(result.fisherZ.experiments)],
      ["Variance of the estimate, times experiments less 1", amount(result.unitVariance)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** How much of the differences in macro effects goes with proxy effects. */
export function describeTrialLevelR2(result: TrialLevelR2): Block[] {
  const { proxy, macro } = DEFAULT_LABELS;
  const { denoised, twoStage, twoStageUnweighted } = result;
  const row = (name: string, estimate: typeof denoised): string[] =>
    effectRow(name, estimate, amount, SHARE_ENDS);
  return [
    title("R² across experiments"),
    lead(
      denoised.estimate === null
        ? `Without the noise of the tests, how much of the differences in ${macro} goes with ${proxy} cannot be determined.`
        : `Over ${units(result.experiments)} experiments, effects on ${proxy} tell ${amount(denoised.estimate)} of the differences in effects on ${macro} (${intervalName(denoised.interval)}: ${between(denoised.interval, amount, SHARE_ENDS)}), noise taken out.`,
    ),
    section("With the noise, and without it"),
    table(
      ["R²", "Estimate", "Interval"],
      [
        row("Of true effects", denoised),
        row("Of estimates, by their units", twoStage),
        row("Of estimates, all alike", twoStageUnweighted),
      ],
    ),
    ...closing(result),
  ];
}
