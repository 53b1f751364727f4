import type { SampleRatioBySegment } from "../inference/sample-ratio-by-segment.ts";
import type { SampleRatioCheck } from "../inference/sample-ratio-mismatch.ts";
import type { SequentialSampleRatioCheck } from "../inference/sequential-sample-ratio.ts";
import { answers, type Block, details, lead, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, finite, frequency, pFigure, pValue, units } from "./figures.ts";
import { quoted } from "./labels.ts";

/** Whether the arms have the sizes that were planned. */
export function describeSampleRatio(result: SampleRatioCheck): Block[] {
  return [
    title("Sizes of the arms"),
    lead(sampleRatioSentence(result)),
    details([
      ["Units expected by arm", amounts(result.expectedCounts)],
      [result.method === "g" ? "G" : "Chi-squared", finite(result.statistic)],
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
    ? `The arms are not split as planned: such a split comes ${often}. Something in the assignment or the logging is broken, and no effect can be trusted.`
    : `The arms are split as planned: a split at least as uneven comes ${often}.`;
}

/** In which segments the arms have the sizes that were planned. */
export function describeSampleRatioBySegment(result: SampleRatioBySegment): Block[] {
  const { overall, segments, homogeneity, worst } = result;
  const broken = segments.filter(({ mismatch }) => mismatch).map(({ name }) => quoted(name));
  return [
    title("Sizes of the arms by segment"),
    lead(
      worst === null
        ? `No segment has sizes that chance would not explain. ${sampleRatioSentence(overall)}`
        : `The sizes are broken in ${broken.join(", ")}${broken.length > 1 ? `, and most of all in ${quoted(worst)}` : ""}: look there for the fault.`,
    ),
    answers([
      ["All together", sampleRatioSentence(overall)],
      [
        "Split alike",
        homogeneity === null
          ? null
          : `If all segments were split alike, they would differ this much by chance ${frequency(homogeneity.pValue)} (${pValue(homogeneity.pValue, homogeneity.logPValue)}).`,
      ],
    ]),
    table(
      ["Segment", "Units by arm", "Expected", "p", "Adjusted p"],
      segments.map(({ name, observed, check, adjustedPValue, adjustedLogPValue }) => [
        name,
        amounts(observed),
        check === null ? "none" : amounts(check.expectedCounts),
        check === null ? "none" : pFigure(check.pValue, check.logPValue),
        adjustedPValue === null ? "none" : pFigure(adjustedPValue, adjustedLogPValue!),
      ]),
    ),
    details([
      ["Alarm below", `p = ${amount(result.threshold)}`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** Whether the arms have the sizes that were planned, however often one looks. */
export function describeSequentialSampleRatio(result: SequentialSampleRatioCheck): Block[] {
  const { mismatch, pValue: p, logPValue, bayesFactor } = result;
  const figure = pValue(p, logPValue);
  return [
    title("Sizes of the arms while units arrive"),
    lead(
      mismatch
        ? `The arms do not have the planned sizes (always-valid ${figure}). Something in the assignment or the logging is broken, and no effect can be trusted.`
        : `So far the arms have the planned sizes (always-valid ${figure}). One may look again at any time.`,
    ),
    details([
      ["Units", units(result.units)],
      ["Units expected by arm", amounts(result.expectedCounts)],
      ["Bayes factor against the plan", finite(bayesFactor)],
      ["Alarm below", `p = ${amount(result.threshold)}`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

function amounts(counts: readonly number[]): string {
  return counts.map((count) => amount(count)).join(", ");
}
