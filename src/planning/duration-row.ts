import type { MetricRole } from "../core/metric-role.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { delayCurve } from "../models/delay-curve.ts";
import { observedShare } from "../models/observed-share.ts";
import { outOfReach } from "../models/out-of-reach.ts";
import { type Traffic, unitsBy } from "../models/traffic.ts";
import { wholeUnits } from "../models/whole-units.ts";
import { type CalendarDays, calendarDays } from "./calendar-days.ts";
import { type Enrolment, enrolmentFor } from "./enrolment.ts";
import { unreachable } from "./planning-cautions.ts";
import { type Sizes, sizesOf } from "./sizes.ts";
import type { MetricTest, TableMetric } from "./table-metric.ts";
import type { TestDesign } from "./test-design.ts";

/** What a metric would tell if it were read on a day. */
export interface PowerByDay {
  readonly day: number;
  /** Units of the control arm that are read: on mature cohorts only those who entered early enough. */
  readonly n: number;
  /** Expected share of their conversions that have come in. */
  readonly observedShare: number;
  /** Probability of detecting the planned effect; 0 while there is nothing to test. */
  readonly power: number;
}

/** How long one metric takes. */
export interface DurationRow extends Sizes, CalendarDays, Enrolment {
  readonly name: string;
  readonly role: MetricRole;
  readonly kind: TableMetric["kind"];
  /** The test that is planned. */
  readonly method: MetricTest["method"];
  readonly difference: number;
  /** Null where the metric has no baseline, or none above 0. */
  readonly lift: number | null;
  /** `unbounded` where the power is never reached: then the days are Infinity, and a warning says why. */
  readonly status: Status;
  readonly powerByDay: readonly PowerByDay[];
  readonly warnings: readonly Warning[];
}

/** What all rows share. */
export interface TableTerms {
  readonly design: TestDesign;
  readonly power: number;
  readonly traffic: Traffic;
  readonly powerAtDays: readonly number[];
}

export function durationRow(
  test: MetricTest,
  { design, power, traffic, powerAtDays }: TableTerms,
): DurationRow {
  const { name, role, kind, method, difference, lift, delay, factor } = test;
  const { allocation } = design;
  const unitsAt = (share: number): number =>
    test.testAt(share, allocation).requiredUnits(design, power) * factor;
  const mature = unitsAt(1);
  const sizes = sizesOf(wholeUnits(mature), wholeUnits(mature * allocation), design.treatments);
  const enrolment = enrolmentFor(delay, traffic, (share) =>
    share === 1 ? sizes.control : sizes.control + (unitsAt(share) - mature),
  );
  const days = enrolment.enrolmentDays + enrolment.attributionDays;
  const isReached = days < Infinity;
  const reason = mature < Infinity ? outOfReach(traffic, mature) : unreachable(difference, design);
  return {
    name,
    role,
    kind,
    method,
    difference,
    lift,
    status: isReached ? "ok" : "unbounded",
    ...sizes,
    ...calendarDays(days, traffic),
    ...enrolment,
    powerByDay: powerAtDays.map((day) => powerByDay(day, test, design, traffic)),
    warnings: [...(isReached ? [] : [reason]), ...test.cautions(sizes)],
  };
}

function powerByDay(day: number, test: MetricTest, design: TestDesign, traffic: Traffic): PowerByDay {
  const { delay, factor } = test;
  const isMature = "attributionDays" in delay;
  const n = unitsBy(traffic, isMature ? Math.max(0, day - delay.attributionDays) : day);
  const share = isMature ? 1 : observedShare(delayCurve(delay), traffic, day);
  const power =
    n > 0 && share > 0 ? test.testAt(share, design.allocation).nearTailPower(design, n / factor) : 0;
  return { day, n, observedShare: share, power };
}
