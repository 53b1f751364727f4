import type { Warning } from "../core/warning.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { maturedN } from "./arm-results.ts";
import { conversionCautions } from "./conversion-cautions.ts";
import { countedRows } from "./counted-rows.ts";
import type { ExperimentData } from "./experiment-data.ts";
import { hasLearnedEffects } from "./metric-effects.ts";
import { sharingCautions } from "./multiplicity-policy.ts";

/** What to mind about a whole read-out. */
export function readoutCautions(data: ExperimentData, terms: AnalysisTerms): Warning[] {
  const warnings = sharingCautions(terms.multiplicity, terms.treatments.length);
  if (terms.plannedN(terms.control) === null) {
    warnings.push({
      code: "NO_PLANNED_N",
      message: "No planned number of units was given: the test is read as if this were its planned end.",
    });
  }
  const rows = countedRows(data);
  for (const metric of terms.metrics) {
    const { name, role, attributionDays = 0 } = metric;
    const decides = role === "macro" || role === "guardrail";
    if (!decides || attributionDays === 0 || rows.countOf("immature-units", name) !== null) continue;
    if (data.arms.some((arm) => maturedN(arm, metric) < arm.n)) continue;
    warnings.push({
      code: "MATURITY_ASSUMED",
      message: `Every unit is counted as final in "${name}"; give its results an n if the last ${attributionDays} days are still open.`,
    });
  }
  // Conversions that double their share between the looks take 5 % to 5.1 % (O'Brien–Fleming) or 5.4 % (Pocock).
  if (terms.watch?.method === "group-sequential" && terms.macro.conversionDelay !== undefined) {
    warnings.push({
      code: "LATE_CONVERSIONS",
      message: `The looks at "${terms.macro.name}" are counted by units, whose conversions are still coming in: early looks know less than their units would, and false alarms are a little more frequent than planned. attributionDays instead of conversionDelay avoids this.`,
    });
  }
  const unadjusted = (data.plan?.metrics ?? []).filter(
    ({ varianceReduction }) => varianceReduction !== undefined,
  );
  if (unadjusted.length > 0) {
    const names = unadjusted.map(({ name }) => `"${name}"`).join(", ");
    warnings.push({
      code: "VARIANCE_NOT_ADJUSTED",
      message: `The plan counts on a smaller variance of ${names}, and this reading does not adjust for covariates or strata: its power is less than planned. compareWithCovariates and compareStratified adjust.`,
    });
  }
  if (terms.rule.kind === "proxy-assisted") {
    const name = terms.rule.proxy;
    const proxy = terms.metrics.find((metric) => metric.name === name)!;
    if (!hasLearnedEffects(proxy)) {
      warnings.push({
        code: "ASSUMED_COVARIANCE",
        message: `The plan lets "${name}" help to decide, but how its effects go with sales was not learned from past tests, with a posterior: "${terms.macro.name}" decides alone.`,
      });
    }
  }
  for (const [name, effects] of terms.effects) {
    for (const { code, message } of effects?.cautions ?? []) {
      warnings.push({ code, message: `What past experiments teach of "${name}": ${message}` });
    }
  }
  return [...warnings, ...conversionCautions(terms.metrics)];
}
