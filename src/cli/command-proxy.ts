import type { Command } from "commander";
import { assessProxy, type AssessProxyInput } from "../proxy/assess-proxy.ts";
import { detectionSpeedup } from "../proxy/detection-speedup.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import { CliError } from "./cli-error.ts";
import { addExamples } from "./examples.ts";
import { addEffectOptions, effectsFrom, type EffectOptions, learnedEffects } from "./effect-options.ts";
import type { Io } from "./io.ts";
import { jointCountsOption, numberOption } from "./option-values.ts";
import { addOutputOptions, checkedOptions, print, type OutputOptions } from "./output.ts";
import { readJson } from "./read-json.ts";

interface ProxyOptions extends OutputOptions, EffectOptions {
  readonly control?: JointCounts;
  readonly treatment?: JointCounts;
  readonly microRate?: number;
  readonly macroRate?: number;
  readonly microLift?: number;
  readonly macroLift?: number;
  readonly nested?: boolean;
  readonly alpha?: number;
  readonly power?: number;
}

/** `microlift proxy`: whether a micro conversion may stand in for sales, before a test (rates) or after it (counts). */
export function addProxyCommand(program: Command, io: Io): void {
  const command = program
    .command("proxy")
    .summary("how much sooner a micro conversion decides, and how often it misleads")
    .description(
      "Judges a micro conversion as a proxy for the macro conversion: after a test from its joint counts, or before one\n" +
        "from rates and lifts. How true effects go together comes from past tests (JSON) or from what you believe (options).",
    )
    .argument("[file]", "input of assessProxy as JSON: control, treatment, effects; - for standard input")
    .option(
      "--control <neither,macroOnly,microOnly,both>",
      "joint counts of the control arm",
      jointCountsOption,
    )
    .option(
      "--treatment <neither,macroOnly,microOnly,both>",
      "joint counts of the treatment arm",
      jointCountsOption,
    )
    .option("--micro-rate <rate>", "before a test: rate of the micro conversion", numberOption)
    .option("--macro-rate <rate>", "before a test: rate of the macro conversion", numberOption)
    .option("--micro-lift <lift>", "before a test: lift of the micro conversion", numberOption)
    .option(
      "--macro-lift <lift>",
      "before a test: lift of the macro conversion that comes with it",
      numberOption,
    )
    .option("--nested", "every sale passes through the micro conversion")
    .option("--alpha <alpha>", "type I error", numberOption)
    .option("--power <power>", "before a test: probability of seeing the lift", numberOption);
  addExamples(addOutputOptions(addEffectOptions(command)), [
    "microlift proxy --past examples/past-experiments.json",
    "microlift proxy --control 19044,0,2140,122 --treatment 17413,0,3627,267 --tau-proxy 0.15 --elasticity 0.6 --direct-sd 0.1",
    "microlift proxy --micro-rate 0.1 --macro-rate 0.02 --micro-lift 0.1 --macro-lift 0.1 --nested",
  ]).action(async (file: string | undefined) => {
    const options = checkedOptions<ProxyOptions>(command, file);
    const { control, treatment, microRate, macroRate, microLift, macroLift, power } = options;
    const before = [microRate, macroRate, microLift, macroLift, power];
    if ((control !== undefined || treatment !== undefined) && before.some((value) => value !== undefined)) {
      command.error("error: counts are for after a test, rates and power for before one: give either");
    }
    if (
      options.past !== undefined &&
      file === undefined &&
      control === undefined &&
      before.every((value) => value === undefined)
    ) {
      return print(io, learnedEffects(io, options.past), options);
    }
    if (file !== undefined || control !== undefined || treatment !== undefined) {
      const input = inputFrom(io, file, options);
      return print(
        io,
        io.work("judging the proxy", () => assessProxy(input)),
        options,
      );
    }
    const rates = ratesFrom(io, options);
    await print(
      io,
      io.work("comparing proxy and sales", () => detectionSpeedup(rates)),
      options,
    );
  });
}

function inputFrom(io: Io, file: string | undefined, options: ProxyOptions): AssessProxyInput {
  if (file !== undefined) return readJson(io, file) as AssessProxyInput;
  const { control, treatment, alpha } = options;
  const effects = effectsFrom(io, options);
  if (control === undefined || treatment === undefined || effects === null) {
    throw new CliError(
      "a proxy is judged on --control, --treatment and what is believed of true effects; see --help",
    );
  }
  return { control, treatment, effects, ...(alpha === undefined ? {} : { alpha }) };
}

function ratesFrom(io: Io, options: ProxyOptions): Parameters<typeof detectionSpeedup>[0] {
  const { microRate, macroRate, microLift, macroLift, nested = false, alpha, power } = options;
  if (
    microRate === undefined ||
    macroRate === undefined ||
    microLift === undefined ||
    macroLift === undefined
  ) {
    throw new CliError(
      "proxy needs a file, or --control and --treatment, or --micro-rate, --macro-rate, --micro-lift and --macro-lift",
    );
  }
  const effects = effectsFrom(io, options);
  return {
    microRate,
    macroRate,
    microLift,
    macroLift,
    nested,
    ...(alpha === undefined ? {} : { alpha }),
    ...(power === undefined ? {} : { power }),
    ...(effects === null ? {} : { effects }),
  };
}
