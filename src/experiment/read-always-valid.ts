import { type AlwaysValidPValue, alwaysValidPValue } from "../sequential/always-valid-p-value.ts";
import type { MixtureMethod } from "../sequential/mixture-method.ts";
import type { SequenceEstimate } from "../sequential/sequence-estimate.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import type { MacroLook } from "./macro-looks.ts";
import { monitoringLevel } from "./watched-test.ts";
import type { SequentialEffect, SequentialReadout } from "./sequential-readout.ts";

/** Reads the macro metric by its always-valid p-value, look by look. */
export function readAlwaysValid(
  { watch, planned: sizes }: AnalysisTerms,
  seen: readonly MacroLook[],
  planned: TwoArms<number>,
): SequentialReadout {
  const method = watch!.method as MixtureMethod;
  const { alpha, alternative } = monitoringLevel(sizes!.levels);
  const tests: AlwaysValidPValue[] = [];
  for (const { arms } of seen) {
    const tuning = { method, alternative, confidenceLevel: 1 - alpha, tightestN: planned.control };
    tests.push(alwaysValidPValue({ ...arms, ...tuning, previous: tests.at(-1) }));
  }
  const now = tests.at(-1)!;
  const rejectedAt = tests.findIndex(({ pValue }) => pValue < alpha);
  const { matured } = seen.at(-1)!;
  const isAtEnd = matured.control >= planned.control && matured.treatment >= planned.treatment;
  return {
    kind: "sequential-readout",
    method,
    alpha,
    alternative,
    decision: rejectedAt >= 0 ? "reject" : isAtEnd ? "accept" : "continue",
    stoppedAt: rejectedAt >= 0 ? rejectedAt + 1 : isAtEnd ? tests.length : null,
    pValue: now.pValue,
    logPValue: now.logPValue,
    difference: running(now.difference),
    lift: running(now.lift),
    planned,
    looks: seen.map((look, k) => {
      const { statistic, criticalValue, pValue } = tests[k]!;
      const { entered, matured: final } = look;
      return { entered, matured: final, z: statistic, boundary: criticalValue, futility: null, pValue };
    }),
    nextLook: rejectedAt >= 0 || isAtEnd ? null : planned,
    warnings: now.warnings,
    assumptions: now.assumptions,
  };
}

function running({ estimate, running: interval, status }: SequenceEstimate): SequentialEffect {
  return { estimate, interval, status };
}
