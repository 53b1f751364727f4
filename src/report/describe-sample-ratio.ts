import type { SampleRatioCheck } from "../inference/sample-ratio-mismatch.ts";
import { type Block, details, lead, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, frequency, percent, pValue } from "./figures.ts";

/** Whether the arms have the sizes that were planned. */
export function describeSampleRatio(result: SampleRatioCheck): Block[] {
  return [
    title("Sizes of the arms"),
    lead(sampleRatioSentence(result)),
    details([
      ["Units expected by arm", result.expectedCounts.map((count) => amount(count)).join(", ")],
      ["Chi-squared", Number.isFinite(result.statistic) ? amount(result.statistic) : "without limit"],
      ["Degrees of freedom", amount(result.degreesOfFreedom)],
      ["p-value", pValue(result.pValue, result.logPValue)],
      ["Alarm below", `p = ${amount(result.threshold)}`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** The finding in a sentence. */
export function sampleRatioSentence({ mismatch, pValue: p, logPValue, threshold }: SampleRatioCheck): string {
  const often = `by chance ${p === 0 ? "never" : frequency(p)} (${pValue(p, logPValue)})`;
  return mismatch
    ? `The arms do not have the planned sizes: such a split comes ${often}. Something in the assignment or the logging is broken, and no effect can be trusted.`
    : `The arms have the planned sizes: a split at least as uneven comes ${often}, and only below ${percent(threshold)} is it a sign of a fault.`;
}
