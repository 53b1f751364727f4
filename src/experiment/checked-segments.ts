import { checkObject, checkText } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { Arm } from "../inference/arm-family.ts";
import { checkSameCaps } from "../summaries/caps.ts";
import type { Mean } from "../summaries/mean.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { checkSummary, checkSummaryOrEmpty, summaryKind } from "./summary-kind.ts";

/** One segment of the units: both arms of one metric, of any kind. An arm may be empty: `{ n: 0 }` with no conversions. */
export interface Segment extends TwoArms<Arm> {
  readonly name: string;
}

const ARMS = ["control", "treatment"] as const;
/** What units or events of disjoint groups add up. */
const TOTALS = ["n", "conversions", "events"] as const;

/** Checks segments of one metric, and all units if given, and tells the kind of their summaries. */
export function checkedSegments(segments: readonly Segment[], overall: TwoArms<Arm> | undefined): MetricKind {
  if (!Array.isArray(segments) || segments.length === 0) {
    throw new DomainError("segments", segments, "must be a list of at least one segment");
  }
  const names = new Map<string, number>();
  segments.forEach((segment: Segment, i) => {
    checkObject(`segments[${i}]`, segment);
    const { name } = segment;
    checkText(`segments[${i}].name`, name);
    const earlier = names.get(name);
    if (earlier !== undefined) {
      throw new DomainError(`segments[${i}].name`, name, `must not be that of segments[${earlier}] too`);
    }
    names.set(name, i);
  });
  const arms = segments.flatMap(({ control, treatment }: Segment) => [control, treatment]);
  const fields = segments.flatMap((_, i) => ARMS.map((arm) => `segments[${i}].${arm}`));
  const kind = summaryKind(fields, arms);
  arms.forEach((arm, i) => checkSummaryOrEmpty(fields[i]!, arm, kind));
  if (kind === "mean") checkCaps(segments);
  for (const arm of ARMS) checkTotal(segments, arm);
  if (overall !== undefined) checkOverall(segments, overall, kind);
  return kind;
}

/** Capped elsewhere, an effect would differ by the caps. */
function checkCaps(segments: readonly Segment[]): void {
  const filled = segments.flatMap((segment, i) =>
    ARMS.filter((arm) => segment[arm].n > 0).map((arm) => ({
      field: `segments[${i}].${arm}.winsorized`,
      caps: (segment[arm] as Mean).winsorized,
    })),
  );
  for (const { field, caps } of filled) checkSameCaps(filled[0]!.field, filled[0]!.caps, field, caps);
}

/** So that all units together can still be counted. */
function checkTotal(segments: readonly Segment[], arm: "control" | "treatment"): void {
  for (const total of TOTALS) {
    if (!Number.isSafeInteger(sumOver(segments, arm, total))) {
      throw new DomainError(
        "segments",
        segments,
        `must have at most 2^53 - 1 as the ${arm}s' ${total} in all`,
      );
    }
  }
}

function checkOverall(segments: readonly Segment[], overall: TwoArms<Arm>, kind: MetricKind): void {
  checkObject("overall", overall);
  for (const arm of ARMS) {
    const field = `overall.${arm}`;
    checkSummary(field, overall[arm], kind);
    for (const total of TOTALS) {
      const all = valueOf(overall[arm], total);
      const sum = sumOver(segments, arm, total);
      if (all < sum) throw overlap(`${field}.${total}`, all, sum);
    }
    if (kind !== "proportion") continue;
    const without = (of: (total: "n" | "conversions") => number): number => of("n") - of("conversions");
    const all = without((total) => valueOf(overall[arm], total));
    const sum = without((total) => sumOver(segments, arm, total));
    if (all < sum) throw overlap(`${field}.n - ${field}.conversions`, all, sum);
  }
}

function overlap(field: string, value: number, sum: number): DomainError {
  return new DomainError(
    field,
    value,
    `must be at least the ${sum} of all segments together: no unit may be in two segments`,
  );
}

function sumOver(segments: readonly Segment[], arm: "control" | "treatment", total: string): number {
  return segments.reduce((sum, segment) => sum + valueOf(segment[arm], total), 0);
}

/** 0 where the summary has no such total. */
function valueOf(arm: Arm, total: string): number {
  return (arm as unknown as Record<string, number | undefined>)[total] ?? 0;
}
