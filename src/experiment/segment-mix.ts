import { normalLogPValue, normalPValue } from "../inference/normal-p-value.ts";
import type { SegmentMix } from "./segment-analysis.ts";
import type { SegmentLevels } from "./segment-levels.ts";

/**
 * The part of the crude difference that comes from arms with different mixes of segments: with the shares a of the
 * segments in each arm, Σ (a₂ − a₁) g, where g is a segment's level in both arms, each weighed by the other arm's size.
 * That is the crude difference less the post-stratified one, exactly.
 *
 * H0: both arms are drawn from one mix. Then its variance is that of g between units over each arm's size.
 *
 * @returns null where g is the same everywhere, so that no mix matters
 */
export function segmentMix(levels: readonly SegmentLevels[]): SegmentMix | null {
  let controlTotal = 0;
  let treatmentTotal = 0;
  for (const { controlAmount, treatmentAmount } of levels) {
    controlTotal += controlAmount;
    treatmentTotal += treatmentAmount;
  }
  const total = controlTotal + treatmentTotal;
  const common = levels.map(
    ({ control, treatment }) => (treatmentTotal / total) * control + (controlTotal / total) * treatment,
  );
  let difference = 0;
  let centre = 0;
  levels.forEach(({ controlAmount, treatmentAmount }, k) => {
    difference += (treatmentAmount / treatmentTotal - controlAmount / controlTotal) * common[k]!;
    centre += ((controlAmount + treatmentAmount) / total) * common[k]!;
  });
  let variance = 0;
  levels.forEach(({ controlSquares, treatmentSquares }, k) => {
    const deviation = common[k]! - centre;
    variance += (deviation / controlTotal) ** 2 * controlSquares;
    variance += (deviation / treatmentTotal) ** 2 * treatmentSquares;
  });
  const standardError = Math.sqrt(variance);
  const statistic = difference / standardError;
  if (!Number.isFinite(statistic)) return null;
  return {
    difference,
    standardError,
    pValue: normalPValue(statistic, "two-sided"),
    logPValue: normalLogPValue(statistic, "two-sided"),
  };
}
