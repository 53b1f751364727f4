import type { Interval } from "../core/interval.ts";
import { wholeUnits } from "../models/whole-units.ts";
import { analyzeGroupSequential } from "../sequential/analyze-group-sequential.ts";
import { armsScale } from "../sequential/arms-scale.ts";
import type { GroupSequentialAnalysis } from "../sequential/group-sequential-analysis.ts";
import type { GroupSequentialDesign } from "../sequential/group-sequential-design.ts";
import { SMALLEST_STEP } from "../sequential/information-rates.ts";
import { isSpendingFunction } from "../sequential/spending.ts";
import { unitInformation } from "../sequential/unit-information.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import type { MacroLook } from "./macro-looks.ts";
import type { SequentialEffect, SequentialReadout } from "./sequential-readout.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Reads the macro metric at the boundaries of a group-sequential plan, at the looks that were really taken. */
export function readGroupSequential(
  { watch }: AnalysisTerms,
  seen: readonly MacroLook[],
  planned: TwoArms<number>,
): SequentialReadout {
  const design = watch!.design!;
  const counted = countedLooks(design, seen, planned);
  const looks = counted.looks.map(({ arms }) => arms);
  const analysis = analyzeGroupSequential({ design, looks, planned });
  const at = (analysis.stoppedAt ?? looks.length) - 1;
  const { conclusion } = analysis;
  const scale = armsScale(looks[at]!);
  const { repeatedIntervals, repeatedPValue } = analysis.looks[at]!;
  const effect = (name: "difference" | "lift"): SequentialEffect =>
    conclusion?.effects[name] ?? withInterval(scale[name].estimate, repeatedIntervals[name]!);
  const pValue = conclusion === null ? repeatedPValue : conclusion.pValue;
  return {
    kind: "sequential-readout",
    method: "group-sequential",
    alpha: design.alpha,
    alternative: design.alternative,
    decision: analysis.decision,
    stoppedAt: analysis.stoppedAt,
    pValue,
    logPValue: conclusion?.logPValue ?? (pValue === null ? null : ln(pValue)),
    difference: effect("difference"),
    lift: effect("lift"),
    planned,
    looks: counted.looks.map(({ entered, matured }, k) => {
      const { z, efficacy: boundary, futility, repeatedPValue: soFar } = analysis.looks[k]!;
      return { entered, matured, z, boundary, futility, pValue: k === at ? pValue : soFar };
    }),
    nextLook: nextLook(design, analysis, planned),
    warnings: [...analysis.warnings, ...counted.warnings],
    assumptions: [...analysis.assumptions, ALL_LOOKS],
  };
}

const ALL_LOOKS = "Every look so far is listed: a look that is left out makes false alarms more frequent.";

/**
 * The looks that the design has: each knows more than the one before, and none follows the one with all of the
 * information, or the last that a design without a spending function has.
 */
function countedLooks(
  design: GroupSequentialDesign,
  seen: readonly MacroLook[],
  planned: TwoArms<number>,
): Pick<SequentialReadout, "warnings"> & { readonly looks: readonly MacroLook[] } {
  const most = isSpendingFunction(design.spending) ? Infinity : design.looks.length;
  const looks: MacroLook[] = [];
  let before = 0;
  for (const look of seen) {
    if (looks.length === most || before >= 1) {
      const message = `Look ${looks.length} was the last of the design; what was seen after it is no part of the test.`;
      return { looks, warnings: [{ code: "LOOKS_AFTER_END", message }] };
    }
    const information = unitInformation(look.matured, planned);
    if (information < before + SMALLEST_STEP) continue;
    looks.push(look);
    before = information;
  }
  return { looks, warnings: [] };
}

function withInterval(estimate: number | null, interval: Interval): SequentialEffect {
  if (estimate === null) return { estimate, interval, status: "undetermined" };
  const isUnbounded = [estimate, interval.lower, interval.upper].some((end) => Math.abs(end) === Infinity);
  return { estimate, interval, status: isUnbounded ? "unbounded" : "ok" };
}

/** The planned look of the next number, as the boundaries have it; the end where that has been passed. */
function nextLook(
  design: GroupSequentialDesign,
  { decision, looks }: GroupSequentialAnalysis,
  planned: TwoArms<number>,
): SequentialReadout["nextLook"] {
  if (decision !== "continue") return null;
  const soonest = looks.at(-1)!.information + SMALLEST_STEP;
  const ahead = design.looks.slice(looks.length).find(({ information }) => information >= soonest);
  const share = ahead?.information ?? 1;
  return { control: wholeUnits(planned.control * share), treatment: wholeUnits(planned.treatment * share) };
}
