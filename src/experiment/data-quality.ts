/**
 * What is counted of the rows behind a document: all that were read, and those that were left out or changed. A row is
 * counted as left out once, by the first reason that applies.
 */
export type DataQualityCheck =
  | "exposures"
  | "events"
  | "metric-events"
  | "duplicate-exposures"
  | "units-in-several-arms"
  | "exposures-without-unit"
  | "exposures-without-arm"
  | "exposures-without-time"
  | "exposures-in-other-arms"
  | "exposures-after-reading"
  | "events-without-unit"
  | "events-without-time"
  | "events-of-others"
  | "events-before-exposure"
  | "events-after-reading"
  | "events-after-window"
  | "values-missing"
  | "values-capped"
  | "immature-units";

/** How many rows, or units, one check found. */
export interface DataQualityCount {
  readonly check: DataQualityCheck;
  readonly count: number;
  /** Of checks that are made for each metric. */
  readonly metric?: string;
}

/** One count in a read-out, with what became of what was counted. */
export interface DataQualityReadout {
  readonly check: DataQualityCheck;
  /** Null where it is counted over all metrics. */
  readonly metric: string | null;
  readonly count: number;
  /** Of all that could have been counted; null where the document does not say how many those are. */
  readonly share: number | null;
  readonly treatment: string;
}

/** All among which something is counted. */
type DataQualityWhole =
  | "exposures"
  | "events"
  /** Without those of units that are not in the test. */
  | "events-in-test"
  /** Of one metric. */
  | "metric-events"
  /** The events of one metric, or the rows of a wide table. */
  | "values"
  | "units"
  /** With those that are in several arms. */
  | "assigned-units";

interface CheckedRows {
  /** Null for what is itself all that was read. */
  readonly among: DataQualityWhole | null;
  /** Whether it is counted for each metric. */
  readonly isPerMetric?: true;
  /** What becomes of them, in one sentence. */
  readonly treatment: string;
}

const LEFT_OUT = "They are left out.";
const UNPLACED = "They are left out, since no event could be placed after them.";
const OTHER_ARMS = "They are left out, since the experiment does not name their arm.";
const OTHER_UNITS = "They are left out, since their units were never exposed.";

/** Every check in the order in which they are read, with its treatment. */
export const DATA_QUALITY: Readonly<Record<DataQualityCheck, CheckedRows>> = {
  exposures: { among: null, treatment: "All rows of exposure that were read." },
  events: { among: null, treatment: "All events that were read and belong to a metric." },
  "metric-events": {
    among: "events",
    isPerMetric: true,
    treatment: "All events of the metric that were read, whatever became of them.",
  },
  "duplicate-exposures": { among: "exposures", treatment: "The first exposure of a unit counts." },
  "units-in-several-arms": { among: "assigned-units", treatment: "They are left out of every arm." },
  "exposures-without-unit": { among: "exposures", treatment: LEFT_OUT },
  "exposures-without-arm": { among: "exposures", treatment: LEFT_OUT },
  "exposures-without-time": { among: "exposures", treatment: UNPLACED },
  "exposures-in-other-arms": { among: "exposures", treatment: OTHER_ARMS },
  "exposures-after-reading": { among: "exposures", treatment: LEFT_OUT },
  "events-without-unit": { among: "events", treatment: LEFT_OUT },
  "events-without-time": { among: "events", treatment: LEFT_OUT },
  "events-of-others": { among: "events", treatment: OTHER_UNITS },
  "events-before-exposure": { among: "events-in-test", treatment: LEFT_OUT },
  "events-after-reading": { among: "events", treatment: LEFT_OUT },
  "events-after-window": { among: "metric-events", isPerMetric: true, treatment: LEFT_OUT },
  "values-missing": { among: "values", isPerMetric: true, treatment: "They count as 0." },
  "values-capped": { among: "units", isPerMetric: true, treatment: "They count as the cap." },
  "immature-units": { among: "units", isPerMetric: true, treatment: "They are not in the n of the metric." },
};

/** All checks, in the order in which they are read. */
export const DATA_QUALITY_CHECKS: readonly DataQualityCheck[] = /* @__PURE__ */ Object.keys(
  DATA_QUALITY,
) as DataQualityCheck[];
