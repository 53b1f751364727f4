import { checkCount, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { Arm } from "../inference/arm-family.ts";
import { ratioArm } from "../models/ratio-levels.ts";
import { checkEventCount, type Count } from "../summaries/count.ts";
import { checkMean, type Mean } from "../summaries/mean.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { checkRatio, type Ratio } from "../summaries/ratio.ts";

/** The field by which each kind of summary is known. */
const MARKS: Readonly<Record<MetricKind, string>> = {
  proportion: "conversions",
  mean: "mean",
  ratio: "numerator",
  count: "events",
};
const KINDS = /* @__PURE__ */ Object.keys(MARKS) as readonly MetricKind[];

/** Which kind of summaries these are: that of the first which tells, since one of an empty arm may not. */
export function summaryKind(fields: readonly string[], arms: readonly Arm[]): MetricKind {
  arms.forEach((arm, i) => checkObject(fields[i]!, arm));
  for (const arm of arms) {
    const kind = KINDS.find((each) => MARKS[each] in arm);
    if (kind !== undefined) return kind;
  }
  throw new DomainError(
    `${fields[0]}.conversions`,
    undefined,
    "must be there, or the fields of a mean, a ratio or a count",
  );
}

/** Checks a summary of a kind. */
export function checkSummary(field: string, arm: Arm, kind: MetricKind): void {
  checkObject(field, arm);
  const mark = MARKS[kind];
  if (!(mark in arm)) {
    throw new DomainError(`${field}.${mark}`, undefined, `must be there, as all are of the kind ${kind}`);
  }
  switch (kind) {
    case "proportion":
      return checkProportion(field, arm as Proportion);
    case "mean":
      return checkMean(field, arm as Mean);
    case "ratio":
      checkRatio(field, arm as Ratio);
      // What is too small to divide by is named here, where its path is known.
      ratioArm(field, arm as Ratio);
      return;
    case "count":
      return checkEventCount(field, arm as Count);
  }
}

/** The same where an arm may be empty: then n = 0 is all it says. */
export function checkSummaryOrEmpty(field: string, arm: Arm, kind: MetricKind): void {
  checkObject(field, arm);
  if (arm.n !== 0) return checkSummary(field, arm, kind);
  for (const [total, value] of Object.entries(arm)) {
    if (total !== "conversions" && total !== "events") continue;
    checkCount(`${field}.${total}`, value as number);
    if (value !== 0) throw new DomainError(`${field}.${total}`, value, "must be 0 where n = 0");
  }
}
