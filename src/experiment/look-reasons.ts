import type { AnalysisTerms } from "./analysis-terms.ts";
import type { DecisionReason } from "./decision-reason.ts";
import { pFigure, units } from "./figures.ts";
import type { MetricReadout } from "./read-metrics.ts";
import type { SequentialLook, SequentialReadout } from "./sequential-readout.ts";

// What a watched test says of its looks, in a decision's reasons.

/** Why a watched test goes on: where it stands, and when to look again. */
export function boundaryNotReached(
  { control }: AnalysisTerms,
  { name, adjustedPValue }: MetricReadout,
  sequential: SequentialReadout,
): DecisionReason {
  const { looks, nextLook } = sequential;
  const look = looks.at(-1)!;
  const p = adjustedPValue === null ? "" : ` (${pFigure(adjustedPValue)} over all looks)`;
  const boundary =
    look.boundary === Infinity ? "nothing stops the test yet" : `its boundary is ${look.boundary.toFixed(2)}`;
  const stands =
    look.z === null
      ? `Nothing can be told of "${name}" yet, for lack of variation in it.`
      : `At look ${looks.length} "${name}" is ${towards(sequential, look)} standard errors from 0, and ${boundary}${p}.`;
  const next = `${units(nextLook!.control)} final units of "${control.name}"`;
  const when =
    sequential.method === "group-sequential"
      ? `The next look is due at ${next}.`
      : `One may look again at any time; the test ends at ${next}.`;
  return { code: "BOUNDARY_NOT_REACHED", message: `${stands} ${when}` };
}

/** Why a test ends without hope. */
export function futilityReason(
  { watch }: AnalysisTerms,
  { name }: MetricReadout,
  sequential: SequentialReadout,
): DecisionReason {
  const { looks, stoppedAt } = sequential;
  const look = looks[stoppedAt! - 1]!;
  const binds = watch!.design!.futility!.binding;
  const rule = binds
    ? "The plan has it stop here."
    : "That is a recommendation: whoever goes on does not make false alarms more frequent.";
  return {
    code: "FUTILITY",
    message: `At look ${stoppedAt} "${name}" is ${towards(sequential, look)} standard errors from 0, at or below the boundary of futility, ${look.futility!.toFixed(2)}: the planned lift has become unlikely to show. ${rule}`,
  };
}

/** What a test saved that ended before its planned size; nothing for one that went to its end. */
export function stoppedEarly({ looks, stoppedAt, planned }: SequentialReadout): DecisionReason[] {
  const { entered } = looks[stoppedAt! - 1]!;
  const saved = planned.control + planned.treatment - entered.control - entered.treatment;
  if (saved <= 0) return [];
  const message = `Ending at look ${stoppedAt} saves ${units(saved)} of the planned units of the two arms.`;
  return [{ code: "STOPPED_EARLY", message }];
}

/** How far a look has come on the side, or the sides, that the test looks at. */
function towards({ alternative }: SequentialReadout, { z }: SequentialLook): string {
  const distance = { "two-sided": Math.abs(z!), greater: z!, less: 0 - z! }[alternative];
  return distance.toFixed(2);
}
