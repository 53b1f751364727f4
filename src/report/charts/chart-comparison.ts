import type { AnyComparison } from "../comparison-reading.ts";
import { readComparison } from "../comparison-reading.ts";
import { effectSentence } from "../effect-text.ts";
import { change, intervalName, LIFT_ENDS, span } from "../figures.ts";
import { capital } from "../labels.ts";
import { headline } from "../describe-comparison.ts";
import { forest } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** The effect of one comparison with its interval: as a lift, or as a difference where the lift cannot be determined. */
export function chartComparison(result: AnyComparison): VegaLiteSpec {
  const reading = readComparison(result);
  const { lift, difference } = result;
  const isLift = lift.estimate !== null;
  const effect = isLift ? lift : difference;
  const { format, ends } = isLift ? { format: change, ends: LIFT_ENDS } : reading.difference;
  return forest(
    {
      finding: headline(result, reading),
      detail: `${isLift ? "Lift" : "Difference"} of the treatment against the control, with its ${intervalName(effect.interval)}`,
      description: `${isLift ? "Lift" : "Difference"}: ${capital(effectSentence(effect, format, ends))}`,
    },
    [
      {
        name: "Treatment",
        figures: span(effect.interval, format, ends),
        estimate: effect.estimate,
        interval: effect.interval,
      },
    ],
    { title: isLift ? "Lift" : "Difference", format: isLift ? "+.3~%" : "+.3~g" },
  );
}
