import { basename } from "node:path";
import { type Command, Option } from "commander";
import { type Alternative, ALTERNATIVES } from "../core/alternative.ts";
import type { ExperimentPlan, PlannedMetric } from "../experiment/experiment-plan.ts";
import { planExperiment } from "../experiment/plan-experiment.ts";
import type { PlannedMonitoring } from "../experiment/planned-monitoring.ts";
import { CliError } from "./cli-error.ts";
import { addExamples } from "./examples.ts";
import { addEffectOptions, effectsFrom, type EffectOptions } from "./effect-options.ts";
import type { Io } from "./io.ts";
import { numberOption } from "./option-values.ts";
import { addOutputOptions, checkedOptions, print, type OutputOptions } from "./output.ts";
import { nameOf, readJson } from "./read-json.ts";
import { refuseOtherDocument } from "./refuse-other-document.ts";

interface PlanOptions extends OutputOptions, EffectOptions {
  readonly baseline?: number;
  readonly lift?: number;
  readonly microRate?: number;
  readonly microLift?: number;
  readonly nested?: boolean;
  readonly totalUnitsPerDay?: number;
  readonly treatments: number;
  readonly allocation?: number;
  readonly alpha?: number;
  readonly power?: number;
  readonly alternative?: Alternative;
  readonly attributionDays?: number;
  readonly looks?: number;
  readonly anyTime?: boolean;
  readonly name: string;
}

/** `microlift plan`: units and days for a test, from a plan document or from flags. */
export function addPlanCommand(program: Command, io: Io): void {
  const command = program
    .command("plan")
    .summary("how many units and days a test needs, for sales and for a micro conversion")
    .description(
      "Works out a plan: from a JSON document, or from the rates and lifts given as options. A lift of 5 % is 0.05.",
    )
    .argument("[file]", "plan document as JSON; - for standard input")
    .option("--baseline <rate>", "rate of the macro conversion (the sale) in the control arm", numberOption)
    .option("--lift <lift>", "lift of the macro conversion that the test shall see", numberOption)
    .option("--micro-rate <rate>", "rate of the micro conversion in the control arm", numberOption)
    .option("--micro-lift <lift>", "lift of the micro conversion that comes with it", numberOption)
    .option("--nested", "every sale passes through the micro conversion")
    .option("--total-units-per-day <n>", "units that enter the test per day, all arms together", numberOption)
    .option("--treatments <k>", "number of treatments beside the control", numberOption, 1)
    .option("--allocation <ratio>", "n of each treatment over n of control", numberOption)
    .option("--alpha <alpha>", "type I error", numberOption)
    .option("--power <power>", "probability of seeing the lift", numberOption)
    .addOption(new Option("--alternative <side>", "what the test looks for").choices(ALTERNATIVES))
    .option("--attribution-days <days>", "days until a sale counts as final", numberOption)
    .option(
      "--looks <k>",
      "planned looks, at each of which the test may stop (group-sequential)",
      numberOption,
    )
    .option("--any-time", "look at any time, with an always-valid p-value")
    .option("--name <name>", "name of the test", "Test");
  addExamples(addOutputOptions(addEffectOptions(command)), [
    "microlift plan examples/hillstrom-plan.json --markdown plan.md",
    "microlift plan --baseline 0.02 --lift 0.1 --total-units-per-day 4000 --looks 4",
    "microlift plan --baseline 0.02 --lift 0.1 --micro-rate 0.1 --micro-lift 0.1 --nested --tau-proxy 0.05 --elasticity 0.8 --direct-sd 0.02",
  ]).action(async (file: string | undefined) => {
    const options = checkedOptions<PlanOptions>(command, file);
    const document = file === undefined ? planFrom(io, options) : readJson(io, file);
    refuseOtherDocument("plan", document, file);
    const what = `planning ${file === undefined ? options.name : basename(nameOf(file))}`;
    const result = io.work(what, () => planExperiment(document as ExperimentPlan));
    await print(io, result, options);
  });
}

function planFrom(io: Io, options: PlanOptions): ExperimentPlan {
  const {
    baseline,
    lift,
    alpha,
    power,
    alternative,
    allocation,
    totalUnitsPerDay,
    attributionDays,
    treatments,
  } = options;
  if (baseline === undefined || lift === undefined) {
    throw new CliError("plan needs a document, or --baseline and --lift; see microlift plan --help");
  }
  if (!(Number.isInteger(treatments) && treatments >= 1 && treatments <= 100)) {
    throw new CliError(`--treatments = ${treatments}, must be a whole number from 1 to 100`);
  }
  const sales: PlannedMetric = {
    name: "macro conversion",
    role: "macro",
    kind: "proportion",
    baseline,
    lift,
    ...defined({ attributionDays }),
  };
  return {
    name: options.name,
    control: "control",
    treatments:
      treatments === 1 ? ["treatment"] : Array.from({ length: treatments }, (_, i) => `treatment ${i + 1}`),
    metrics: [sales, ...proxyFrom(io, options)],
    ...defined({
      alpha,
      power,
      alternative,
      allocation,
      totalUnitsPerDay,
      monitoring: monitoringFrom(options),
    }),
  };
}

function monitoringFrom({ looks, anyTime }: PlanOptions): PlannedMonitoring | undefined {
  if (looks !== undefined && anyTime === true) {
    throw new CliError("--looks and --any-time are two ways to look; give one of them");
  }
  if (anyTime === true) return { method: "normal-mixture" };
  return looks === undefined ? undefined : { method: "group-sequential", looks };
}

function proxyFrom(io: Io, options: PlanOptions): PlannedMetric[] {
  const { microRate, microLift, nested } = options;
  const effects = effectsFrom(io, options);
  if (microRate === undefined && microLift === undefined && nested === undefined && effects === null)
    return [];
  if (microRate === undefined || microLift === undefined) {
    throw new CliError("a micro conversion needs both --micro-rate and --micro-lift");
  }
  return [
    {
      name: "micro conversion",
      role: "proxy",
      kind: "proportion",
      baseline: microRate,
      lift: microLift,
      ...defined({ nested, effects: effects ?? undefined }),
    },
  ];
}

/** The entries that were given: an option left out is no field, rather than a field that is undefined. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
