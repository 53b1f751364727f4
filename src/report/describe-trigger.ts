import type { TriggeredComparison } from "../inference/compare-triggered.ts";
import { answers, type Block } from "./block.ts";
import { effectSentence } from "./effect-text.ts";
import { change, LIFT_ENDS, percent, pValue } from "./figures.ts";
import { capital } from "./labels.ts";

/** What a comparison of triggered units says of these units alone, and of the two checks beside it. */
export function triggeredBlocks(result: TriggeredComparison): Block[] {
  const { triggered, triggerRates, placebo, triggerRate } = result;
  return [
    answers([
      ["Among the triggered", capital(effectSentence(triggered.lift, change, LIFT_ENDS))],
      ["Triggered", `${percent(triggerRate)} of all units; the figures above are diluted to all of them.`],
      ["Same trigger in both arms", checked(triggerRates)],
      ["No effect on the others", checked(placebo)],
    ]),
  ];
}

/** A check is passed where its p-value is no reason to doubt it, and the reader sees that p-value. */
function checked({ pValue: p, logPValue }: TriggeredComparison["placebo" | "triggerRates"]): string {
  return p === null ? "Cannot be checked." : `Checked: ${pValue(p, logPValue!)}.`;
}
