import type { Command } from "commander";
import type { EffectCovariance } from "../proxy/effect-covariance.ts";
import { elicitEffectCovariance } from "../proxy/elicit-effect-covariance.ts";
import { CliError } from "./cli-error.ts";
import { numberOption } from "./option-values.ts";

/** How true effects on micro and macro conversion go together, as flags give it. */
export interface EffectOptions {
  readonly tauProxy?: number;
  readonly tauMacro?: number;
  readonly rho?: number;
  readonly elasticity?: number;
  readonly directSd?: number;
}

export function addEffectOptions(command: Command): Command {
  return command
    .option("--tau-proxy <sd>", "standard deviation of true lifts of the micro conversion", numberOption)
    .option("--tau-macro <sd>", "the same for the macro conversion (with --rho)", numberOption)
    .option("--rho <r>", "correlation of the true lifts, over past changes", numberOption)
    .option("--elasticity <e>", "share of the micro lift that reaches sales (with --direct-sd)", numberOption)
    .option(
      "--direct-sd <sd>",
      "what changes do to sales past the micro conversion, as a lift",
      numberOption,
    );
}

/** The effect covariance that the flags describe; null where they say nothing. */
export function effectsFrom(options: EffectOptions): EffectCovariance | null {
  const { tauProxy, tauMacro, rho, elasticity, directSd } = options;
  if ([tauProxy, tauMacro, rho, elasticity, directSd].every((value) => value === undefined)) return null;
  if (tauProxy !== undefined && tauMacro !== undefined && rho !== undefined)
    return { tauProxy, tauMacro, rho };
  if (tauProxy !== undefined && elasticity !== undefined && directSd !== undefined) {
    return elicitEffectCovariance({ elasticity, tauProxy, directEffectSd: directSd });
  }
  throw new CliError(
    "true effects need --tau-proxy with either --tau-macro and --rho, or --elasticity and --direct-sd",
  );
}
