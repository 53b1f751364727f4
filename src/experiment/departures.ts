import type { Warning } from "../core/warning.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { isSpendingFunction } from "../sequential/spending.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { maturedN } from "./arm-results.ts";
import type { ExperimentData } from "./experiment-data.ts";
import { percent, units } from "./figures.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/** How the analysis differs from the plan it was run under: each difference in one sentence. */
export function departures(data: ExperimentData, terms: AnalysisTerms): Warning[] {
  const { plan } = data;
  if (plan === undefined) return [];
  const found: Warning[] = [];
  const compare = (what: string, planned: unknown, used: unknown): void => {
    if (used === undefined || JSON.stringify(used) === JSON.stringify(planned)) return;
    found.push({
      code: "DEPARTURE",
      message: `${what} was planned as ${show(planned)} and analysed as ${show(used)}.`,
    });
  };
  compare("alpha", plan.alpha ?? DEFAULT_ALPHA, data.alpha);
  compare("The alternative", plan.alternative ?? "two-sided", data.alternative);
  compare("The control", plan.control, data.control);
  for (const arm of terms.treatments) {
    const share = terms.share(arm) / terms.share(terms.control);
    const planned = plan.allocation ?? 1;
    if (Math.abs(share / planned - 1) <= ROUNDING) continue;
    compare(`The share of "${arm.name}" against the control`, planned, share);
  }
  const control = data.control ?? plan.control;
  const arms = data.arms.map((arm) => arm.name).filter((name) => name !== control);
  compare("The list of treatments", plan.treatments.toSorted(), arms.toSorted());
  found.push(
    ...fingerprintDepartures(data, terms),
    ...sizeDepartures(terms),
    ...lookDepartures(data, terms),
    ...segmentationDepartures(data),
  );
  if (data.metrics === undefined) return found;
  for (const used of data.metrics) {
    const planned = terms.plannedMetrics.get(used.name);
    if (planned === undefined) {
      found.push({ code: "DEPARTURE", message: `The metric "${used.name}" was not planned.` });
      continue;
    }
    for (const [field, fallback] of FIELDS) {
      compare(`The ${field} of "${used.name}"`, planned[field] ?? fallback, used[field] ?? fallback);
    }
  }
  const analysed = new Set(data.metrics.map(({ name }) => name));
  for (const { name } of plan.metrics) {
    if (!analysed.has(name)) {
      found.push({ code: "DEPARTURE", message: `The planned metric "${name}" is missing.` });
    }
  }
  return found;
}

/** Shares of 0.1 and 0.3 have a ratio of 3 but for the last digit. */
const ROUNDING = 1e-12;

/** Nobody looks at the very unit that was planned. */
const LOOK_TOLERANCE = 0.05;

function fingerprintDepartures({ registeredFingerprint }: ExperimentData, terms: AnalysisTerms): Warning[] {
  if (registeredFingerprint === undefined || registeredFingerprint === terms.fingerprint) return [];
  const message = `The plan was registered with the fingerprint ${registeredFingerprint} and has ${terms.fingerprint} now: it was changed since.`;
  return [{ code: "DEPARTURE", message }];
}

/** A test that is read once and goes on until it looks good finds effects that are not there. */
function sizeDepartures(terms: AnalysisTerms): Warning[] {
  const { watch, control, macro, planned: sizes } = terms;
  const planned = sizes!.n.control;
  const read = maturedN(control, macro);
  if (watch !== null || !(read > planned * (1 + LOOK_TOLERANCE))) return [];
  const message = `The test was to be read at ${units(planned)} units of "${control.name}" and is read at ${units(read)}: going on until an effect shows makes false alarms frequent.`;
  return [{ code: "DEPARTURE", message }];
}

/** Segmentations that nobody planned are a search for effects. */
function segmentationDepartures({ plan, segmentations = [] }: ExperimentData): Warning[] {
  const planned = plan?.segmentations ?? [];
  const used = segmentations.map(({ name }) => name);
  return [
    ...used
      .filter((name) => !planned.includes(name))
      .map((name) => `The segmentation "${name}" was not planned: what it shows is exploratory.`),
    ...planned
      .filter((name) => !used.includes(name))
      .map((name) => `The planned segmentation "${name}" is missing.`),
  ].map((message) => ({ code: "DEPARTURE", message }));
}

/** More looks than planned; and looks at other times, where boundaries have a shape and no spending function. */
function lookDepartures(data: ExperimentData, { watch, control, macro, plannedN }: AnalysisTerms): Warning[] {
  const design = watch?.design ?? null;
  if (design === null) return [];
  const said: string[] = [];
  const looks = [...(data.earlierLooks ?? []), data];
  if (looks.length > design.looks.length) {
    said.push(`${design.looks.length} looks were planned and ${looks.length} taken.`);
  }
  if (!isSpendingFunction(design.spending)) {
    design.looks.slice(0, looks.length).forEach(({ information }, k) => {
      const arm = looks[k]!.arms.find(({ name }) => name === control.name)!;
      const share = maturedN(arm, macro) / plannedN(control)!;
      if (Math.abs(share - information) <= LOOK_TOLERANCE) return;
      said.push(
        `Look ${k + 1} was planned at ${percent(information)} of the units and taken at ${percent(share)}.`,
      );
    });
  }
  return said.map((message) => ({ code: "DEPARTURE", message }));
}

const FIELDS: readonly (readonly [keyof MetricDefinition, unknown])[] = [
  ["role", null],
  ["kind", null],
  ["attributionDays", 0],
  ["conversionDelay", null],
  ["improvesWhen", "increase"],
  ["margin", null],
  ["worthwhileLift", null],
  ["conversion", null],
  ["previousStep", null],
  ["prior", null],
  ["effectPrior", null],
  ["nested", false],
  ["effects", null],
];

function show(value: unknown): string {
  return value === null ? "none" : JSON.stringify(value);
}
