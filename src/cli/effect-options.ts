import { basename } from "node:path";
import type { Command } from "commander";
import type { EffectCovariance } from "../proxy/effect-covariance.ts";
import { elicitEffectCovariance } from "../proxy/elicit-effect-covariance.ts";
import {
  estimateEffectCovariance,
  type EffectCovarianceEstimate,
  type EstimateEffectCovarianceInput,
} from "../proxy/estimate-effect-covariance.ts";
import { CliError } from "./cli-error.ts";
import type { Io } from "./io.ts";
import { numberOption } from "./option-values.ts";
import { nameOf, readJson } from "./read-json.ts";

/** How true effects on micro and macro conversion go together: learned from a file of past tests, or as flags give it. */
export interface EffectOptions {
  readonly past?: string;
  readonly tauProxy?: number;
  readonly tauMacro?: number;
  readonly rho?: number;
  readonly elasticity?: number;
  readonly directSd?: number;
}

export function addEffectOptions(command: Command): Command {
  return command
    .option(
      "--past <file>",
      "learn how true effects go together from past tests: JSON, a list of { control, treatment } joint counts or { proxyEffect, macroEffect, covariance }",
    )
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

/** Learns the effect covariance from a file: a list of past experiments, or the whole input with scale and prior. */
export function learnedEffects(io: Io, file: string): EffectCovarianceEstimate {
  const past = readJson(io, file);
  const input = (Array.isArray(past) ? { experiments: past } : past) as EstimateEffectCovarianceInput;
  const many = Array.isArray(past) ? `${past.length} past tests` : "past tests";
  return io.work(`learning from ${many} in ${basename(nameOf(file))}`, () => estimateEffectCovariance(input));
}

/** The effect covariance that the flags describe; null where they say nothing. */
export function effectsFrom(io: Io, options: EffectOptions): EffectCovariance | null {
  const { past, tauProxy, tauMacro, rho, elasticity, directSd } = options;
  const areBeliefs = [tauProxy, tauMacro, rho, elasticity, directSd].some((value) => value !== undefined);
  if (past !== undefined) {
    if (areBeliefs) throw new CliError("true effects are learned from --past or believed: give either");
    return learnedEffects(io, past);
  }
  if (!areBeliefs) return null;
  if (tauProxy !== undefined && tauMacro !== undefined && rho !== undefined)
    return { tauProxy, tauMacro, rho };
  if (tauProxy !== undefined && elasticity !== undefined && directSd !== undefined) {
    return elicitEffectCovariance({ elasticity, tauProxy, directEffectSd: directSd });
  }
  throw new CliError(
    "true effects need --tau-proxy with either --tau-macro and --rho, or --elasticity and --direct-sd",
  );
}
