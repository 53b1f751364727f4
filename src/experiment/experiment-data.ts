import * as z from "zod/mini";
import type { Alternative } from "../core/alternative.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import { experimentPlanSchema, type ExperimentPlan } from "./experiment-plan.ts";
import {
  duplicateFaults,
  metricFields,
  metricListFaults,
  report,
  type Fault,
  type MetricDefinition,
} from "./metric-definition.ts";
import {
  countSchema,
  nameSchema,
  nonNegativeSchema,
  openUnitSchema,
  positiveSchema,
  unitsSchema,
} from "./summary-schemas.ts";

/** What one arm showed in one metric: conversions of a proportion, or mean and variance of a mean. */
export interface MetricResult {
  readonly metric: string;
  /** Matured units, those whose attribution window is over; the arm's n unless said. */
  readonly n?: number;
  readonly conversions?: number;
  readonly mean?: number;
  /** Sample variance between units. */
  readonly variance?: number;
}

/** An arm's table of one micro conversion against the macro conversion. */
export interface ArmJointCounts extends JointCounts {
  /** Name of the micro metric. */
  readonly micro: string;
}

/** One arm as it was observed. */
export interface ArmData {
  readonly name: string;
  /** Units randomised into the arm; 0 is legal, and a sample-ratio mismatch. */
  readonly n: number;
  /** Planned share of the traffic, on any positive scale; from the plan's allocation, or equal, unless said. */
  readonly share?: number;
  readonly results: readonly MetricResult[];
  readonly jointCounts?: readonly ArmJointCounts[];
}

/** A test as it was observed, with its plan where there was one. */
export interface ExperimentData {
  readonly name: string;
  /** The plan it was run under; metrics, control and errors are taken from it unless said here. */
  readonly plan?: ExperimentPlan;
  readonly control?: string;
  readonly metrics?: readonly MetricDefinition[];
  readonly alpha?: number;
  readonly alternative?: Alternative;
  /** Planned units of the control arm, where no plan says so. */
  readonly plannedN?: number;
  /** Days since the first unit entered. */
  readonly days?: number;
  readonly arms: readonly ArmData[];
}

const metricResultSchema: z.ZodMiniType<MetricResult> = z.strictObject({
  metric: nameSchema,
  n: z.exactOptional(countSchema),
  conversions: z.exactOptional(countSchema),
  mean: z.exactOptional(z.number()),
  variance: z.exactOptional(nonNegativeSchema),
});

const armDataSchema: z.ZodMiniType<ArmData> = z.strictObject({
  name: nameSchema,
  n: countSchema,
  share: z.exactOptional(positiveSchema),
  results: z.array(metricResultSchema),
  jointCounts: z.exactOptional(
    z.array(
      z.strictObject({
        micro: nameSchema,
        neither: countSchema,
        macroOnly: countSchema,
        microOnly: countSchema,
        both: countSchema,
      }),
    ),
  ),
});

/** The schema of an observed test as it comes from a file; zod emits its JSON Schema. */
export const experimentDataSchema: z.ZodMiniType<ExperimentData> = z
  .strictObject({
    name: nameSchema,
    plan: z.exactOptional(experimentPlanSchema),
    control: z.exactOptional(nameSchema),
    metrics: z.exactOptional(z.array(z.strictObject(metricFields)).check(z.minLength(1))),
    alpha: z.exactOptional(openUnitSchema),
    alternative: z.exactOptional(z.enum(["two-sided", "greater", "less"])),
    plannedN: z.exactOptional(unitsSchema),
    days: z.exactOptional(nonNegativeSchema),
    arms: z.array(armDataSchema).check(z.minLength(2)),
  })
  .check(z.superRefine((data, context) => report(dataFaults(data), context)));

function dataFaults(data: ExperimentData): Fault[] {
  const faults = duplicateFaults(
    data.arms.map((arm) => arm.name),
    (i) => ["arms", i, "name"],
  );
  const metrics = data.metrics ?? data.plan?.metrics;
  const control = data.control ?? data.plan?.control;
  if (data.metrics !== undefined) faults.push(...metricListFaults(data.metrics));
  if (metrics === undefined) faults.push({ path: ["metrics"], message: "are needed where there is no plan" });
  if (control === undefined) faults.push({ path: ["control"], message: "is needed where there is no plan" });
  else if (!data.arms.some((arm) => arm.name === control)) {
    faults.push({ path: ["control"], message: `must name one of the arms, not "${control}"` });
  }
  if (metrics === undefined) return faults;
  return [...faults, ...data.arms.flatMap((arm, i) => armFaults(arm, metrics, ["arms", i]))];
}

function armFaults(
  arm: ArmData,
  metrics: readonly MetricDefinition[],
  at: readonly (string | number)[],
): Fault[] {
  const faults = duplicateFaults(
    arm.results.map((result) => result.metric),
    (i) => [...at, "results", i, "metric"],
  );
  arm.results.forEach((result, i) => {
    const metric = metrics.find((candidate) => candidate.name === result.metric);
    const found =
      metric === undefined
        ? [{ path: ["metric"], message: `must name one of the metrics, not "${result.metric}"` }]
        : resultFaults(result, metric, arm.n);
    faults.push(...found.map((fault) => ({ ...fault, path: [...at, "results", i, ...fault.path] })));
  });
  for (const metric of metrics) {
    if (!arm.results.some((result) => result.metric === metric.name)) {
      faults.push({ path: [...at, "results"], message: `must hold the metric "${metric.name}"` });
    }
  }
  return [...faults, ...jointFaults(arm, metrics, at)];
}

function resultFaults(result: MetricResult, metric: MetricDefinition, armN: number): Fault[] {
  const { n = armN, conversions, mean, variance } = result;
  const faults: Fault[] = [];
  if (n > armN) faults.push({ path: ["n"], message: `must be at most the arm's n = ${armN}` });
  if (metric.kind === "proportion") {
    if (conversions === undefined) {
      faults.push({ path: ["conversions"], message: `are needed: "${metric.name}" is a proportion` });
    } else if (conversions > n) {
      faults.push({ path: ["conversions"], message: `must be at most n = ${n}` });
    }
    if (mean !== undefined || variance !== undefined) {
      faults.push({ path: ["mean"], message: `does not belong to "${metric.name}", a proportion` });
    }
  } else {
    if (mean === undefined) faults.push({ path: ["mean"], message: `is needed: "${metric.name}" is a mean` });
    if (variance === undefined)
      faults.push({ path: ["variance"], message: `is needed: "${metric.name}" is a mean` });
    if (conversions !== undefined) {
      faults.push({ path: ["conversions"], message: `do not belong to "${metric.name}", a mean` });
    }
  }
  return faults;
}

function jointFaults(
  arm: ArmData,
  metrics: readonly MetricDefinition[],
  at: readonly (string | number)[],
): Fault[] {
  const tables = arm.jointCounts ?? [];
  const faults = duplicateFaults(
    tables.map((table) => table.micro),
    (i) => [...at, "jointCounts", i, "micro"],
  );
  const macro = metrics.find((metric) => metric.role === "macro");
  tables.forEach((table, i) => {
    const path = [...at, "jointCounts", i];
    const micro = metrics.find((metric) => metric.name === table.micro && metric.kind === "proportion");
    if (micro === undefined || macro?.kind !== "proportion") {
      faults.push({
        path: [...path, "micro"],
        message: "must name a proportion, beside a macro metric that is one",
      });
      return;
    }
    faults.push(...marginFaults(arm, table, micro.name, macro.name).map((message) => ({ path, message })));
    if (micro.nested === true && table.macroOnly > 0) {
      faults.push({
        path: [...path, "macroOnly"],
        message: `must be 0: "${micro.name}" is said to be nested`,
      });
    }
  });
  return faults;
}

// A table counts the units whose macro conversion is final. The proxy may have matured on more of them, and then its
// own counts hold the table's.
function marginFaults(arm: ArmData, table: ArmJointCounts, micro: string, macro: string): string[] {
  const n = table.neither + table.macroOnly + table.microOnly + table.both;
  return [
    { name: macro, counted: table.macroOnly + table.both, mayExceed: false },
    { name: micro, counted: table.microOnly + table.both, mayExceed: true },
  ].flatMap(({ name, counted, mayExceed }) => {
    const result = arm.results.find((candidate) => candidate.metric === name);
    if (result?.conversions === undefined) return [];
    const reported = result.n ?? arm.n;
    if (mayExceed && n < reported && counted <= result.conversions) return [];
    if (n !== reported) return [`must count as many units as "${name}": ${n} against ${reported}`];
    if (counted === result.conversions) return [];
    return [`must add up to "${name}": ${counted} conversions against ${result.conversions}`];
  });
}
