import type { Mean } from "../summaries/mean.ts";
import { type Levels, meanError } from "../models/levels.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** What dilution starts from: the triggered units by arm, compared, and all untriggered units. */
export interface DilutionInput {
  readonly triggered: Levels;
  /** Triggered units over all units, in both arms together. */
  readonly triggerRate: number;
  /** Units of both arms, triggered or not. */
  readonly n: number;
  readonly untriggered: Mean;
}

/**
 * The levels of both arms over all units, where untriggered units have one mean u in both: r·m + (1 − r)·u for each arm's
 * triggered mean m and the trigger rate r. The difference is r times the triggered one.
 *
 * By the delta method, with m₁, m₂, u and r independent: r is binomial, and the means are those of the units given who
 * was triggered. u and r are common to both levels, which are correlated by them.
 */
export function dilutedLevels({ triggered, triggerRate, n, untriggered }: DilutionInput): Levels {
  const rest = 1 - triggerRate;
  const rateError = Math.sqrt((triggerRate / n) * rest);
  const untriggeredError = rest * meanError(untriggered);
  const controlPull = (triggered.control - untriggered.mean) * rateError;
  const treatmentPull = (triggered.treatment - untriggered.mean) * rateError;
  const controlError = hypot(triggerRate * triggered.controlError, untriggeredError, controlPull);
  const treatmentError = hypot(triggerRate * triggered.treatmentError, untriggeredError, treatmentPull);
  const base = rest * untriggered.mean;
  return {
    control: triggerRate * triggered.control + base,
    treatment: triggerRate * triggered.treatment + base,
    difference: triggerRate * triggered.difference,
    controlError,
    treatmentError,
    correlation:
      controlError > 0 && treatmentError > 0
        ? Math.min(
            1,
            (untriggeredError / controlError) * (untriggeredError / treatmentError) +
              (controlPull / controlError) * (treatmentPull / treatmentError),
          )
        : 0,
    // Without an error of the triggered difference that of the rate tells nothing about whether it is 0.
    standardError:
      triggered.standardError > 0
        ? hypot(triggerRate * triggered.standardError, triggered.difference * rateError)
        : 0,
    degreesOfFreedom: triggered.degreesOfFreedom,
  };
}
