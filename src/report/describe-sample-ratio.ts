import type { SampleRatioCheck } from "../inference/sample-ratio-mismatch.ts";
import { type Block, details, lead, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, finite, frequency, pValue } from "./figures.ts";

/** Whether the arms have the sizes that were planned. */
export function describeSampleRatio(result: SampleRatioCheck): Block[] {
  return [
    title("Sizes of the arms"),
    lead(sampleRatioSentence(result)),
    details([
      ["Units expected by arm", result.expectedCounts.map((count) => amount(count)).join(", ")],
      ["Chi-squared", finite(result.statistic)],
      ["Degrees of freedom", amount(result.degreesOfFreedom)],
      ["p-value", pValue(result.pValue, result.logPValue)],
      ["Alarm below", `p = ${amount(result.threshold)}`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** The finding in a sentence. */
export function sampleRatioSentence({ mismatch, pValue: p, logPValue }: SampleRatioCheck): string {
  const often = `${p === 0 ? "never" : `by chance ${frequency(p)}`} (${pValue(p, logPValue)})`;
  return mismatch
    ? `The arms do not have the planned sizes: such a split comes ${often}. Something in the assignment or the logging is broken, and no effect can be trusted.`
    : `The arms have the planned sizes: a split at least as uneven comes ${often}.`;
}
