import type { Alternative } from "../core/alternative.ts";
import type { PlannedAdjustment } from "../planning/test-design.ts";
import { lookedFor } from "./closing.ts";
import { amount, percent, units } from "./figures.ts";

/** Whatever a result of planning repeats of its design. */
interface Design {
  readonly alpha: number | null;
  readonly alternative?: Alternative;
  readonly treatments: number;
  readonly adjustment: PlannedAdjustment;
  readonly varianceFactor: number;
  readonly method: string;
  readonly targetPower?: number;
}

const ADJUSTED: Readonly<Record<PlannedAdjustment, string>> = {
  bonferroni: "Bonferroni (or Holm)",
  dunnett: "Dunnett",
  none: "each at the whole of alpha",
};

/** The design in rows of a table. */
export function designDetails({
  alpha,
  alternative,
  treatments,
  adjustment,
  varianceFactor,
  method,
  targetPower,
}: Design): [string, string | null][] {
  return [
    ["Treatments", treatments === 1 ? null : units(treatments)],
    ["False alarms shared out by", treatments === 1 ? null : ADJUSTED[adjustment]],
    [
      "Against no covariate and no clusters",
      varianceFactor === 1 ? null : `${amount(varianceFactor)} times as many units`,
    ],
    ["Power asked for", targetPower === undefined ? null : percent(targetPower)],
    ["False alarms allowed (alpha)", alpha === null ? null : percent(alpha)],
    ["The test looks for", alternative === undefined ? null : lookedFor(alternative)],
    ["Method", method],
  ];
}
