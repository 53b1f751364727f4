import type { Warning } from "../core/warning.ts";
import type { DataQualityCheck, DataQualityReadout } from "./data-quality.ts";
import { percent, units } from "./figures.ts";

/** People change their cookie or device; from so many units on, assignment or identification is at fault. */
const BROKEN_ASSIGNMENT = 0.01;
/** Lost in one arm alone, as many as this pass for an effect of the size that tests look for. */
const LOST_EXPOSURES = 0.01;
/** Clocks an hour apart put 7 % of the events before the exposure, where half of them come within ten hours of it. */
const EARLY_EVENTS = 0.05;
/** Counted as 0, they take about as much from a level: as much as the effects that tests look for. */
const MISSING_VALUES = 0.01;

/** What to mind about the rows behind a document, the gravest first. */
export function dataQualityCautions(counts: readonly DataQualityReadout[]): Warning[] {
  const each = (check: DataQualityCheck, cautions: (found: DataQualityReadout) => Warning[]): Warning[] =>
    counts.filter((count) => count.check === check).flatMap(cautions);
  return [
    ...each("units-in-several-arms", severalArms),
    ...incompleteExposures(counts),
    ...each("events-before-exposure", earlyEvents),
    ...each("metric-events", noEvents),
    ...each("values-missing", missingValues),
  ];
}

function severalArms({ count, share }: DataQualityReadout): Warning[] {
  if (count === 0) return [];
  const said = `Units in several arms: ${figure(count, share)}, left out of every arm.`;
  const message =
    share! < BROKEN_ASSIGNMENT
      ? `${said} So few may come of cookies or devices that change.`
      : `${said} Assignment or identification is broken: both arms lose units that differ from those that stay. Mend it before you believe an effect.`;
  return [{ code: "UNITS_IN_SEVERAL_ARMS", message }];
}

/** Exposures that lack something, all together: none of them is left out twice. */
function incompleteExposures(counts: readonly DataQualityReadout[]): Warning[] {
  const lacking = counts.filter(({ check }) => INCOMPLETE.has(check));
  const count = lacking.reduce((sum, found) => sum + found.count, 0);
  // All of them are held against all exposures: where these are not known, no share is.
  const share = lacking.some((found) => found.share === null)
    ? null
    : lacking.reduce((sum, found) => sum + found.share!, 0);
  if (!isAbove(count, share, LOST_EXPOSURES)) return [];
  const message = `Exposures without a unit, an arm or a time: ${figure(count, share)}, left out. Arms that lose them unequally can no longer be compared: find out where they are lost.`;
  return [{ code: "INCOMPLETE_EXPOSURES", message }];
}

const INCOMPLETE: ReadonlySet<DataQualityCheck> = /* @__PURE__ */ new Set<DataQualityCheck>([
  "exposures-without-unit",
  "exposures-without-arm",
  "exposures-without-time",
]);

function earlyEvents({ count, share }: DataQualityReadout): Warning[] {
  if (!isAbove(count, share, EARLY_EVENTS)) return [];
  const message = `Events before the exposure of their unit: ${figure(count, share)}, left out. That is usual where events reach back before the test. Where they do not, the clocks or time zones of exposures and events differ: an hour's shift shows here, and loses conversions.`;
  return [{ code: "EVENTS_BEFORE_EXPOSURE", message }];
}

function noEvents({ count, metric }: DataQualityReadout): Warning[] {
  if (count > 0) return [];
  const message = `Nobody ever did "${metric}": is the name of its event right?`;
  return [{ code: "METRIC_WITHOUT_EVENTS", message }];
}

function missingValues({ count, share, metric }: DataQualityReadout): Warning[] {
  if (!isAbove(count, share, MISSING_VALUES)) return [];
  const message = `Values of "${metric}" that are missing or not finite: ${figure(count, share)}. They count as 0, which takes about as much from its level: find out whether one arm has more of them.`;
  return [{ code: "VALUES_MISSING", message }];
}

/** Whether more than a share was found; what may be any share counts as more. */
function isAbove(count: number, share: number | null, limit: number): boolean {
  return count > 0 && (share === null || share > limit);
}

function figure(count: number, share: number | null): string {
  return share === null ? units(count) : `${units(count)} (${percent(share)})`;
}
