import { checkFinite, checkObject, checkOneOf, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { checkEffectSize } from "./check-magnitude.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** How a lift of the micro conversion is thought to reach the macro one. */
export type TransmissionModel =
  "full" | "diluted" | "saturating-exponential" | "saturating-hyperbolic" | "power";

/** A micro lift, and how it is thought to pass on. */
export type TransmitLiftInput =
  | (TransmissionInput & { readonly model?: "full" | undefined })
  | (TransmissionInput & {
      readonly model: "diluted";
      /** Quality of the additional micro converters against the average one: 1 as good, 0 curiosity, below 0 harmful. */
      readonly dilution: number;
      /** Lift of the macro metric that does not pass through the micro conversion; 0 unless said. */
      readonly directLift?: number | undefined;
    })
  | (TransmissionInput & {
      readonly model: "saturating-exponential" | "saturating-hyperbolic";
      /** The lift of the macro metric that is never passed, above 0. */
      readonly maxLift: number;
    })
  | {
      readonly model: "power";
      /** Lift of the micro conversion, above −1. */
      readonly microLift: number;
      /** Exponent: the macro rate goes with the micro rate to this power. */
      readonly exponent: number;
    };

/** A micro lift, and how much of it passes on while it is small. */
export interface TransmissionInput {
  /** Lift of the micro conversion, above −1. */
  readonly microLift: number;
  /** Macro lift per micro lift where the lift is small: 1 where every sale passes through the micro conversion. */
  readonly elasticity: number;
}

/** The macro lift that a micro lift implies under a named model. */
export interface LiftTransmission extends Result<"lift-transmission"> {
  readonly method: TransmissionModel;
  readonly microLift: number;
  readonly macroLift: number;
}

/**
 * The macro lift that a lift of the micro conversion implies, under a model of transmission that the caller names.
 *
 * `full` (every micro converter goes on to buy as often as before) is the one with a theory behind it; the saturating
 * models and the power are conventions, not estimated laws, and so are never a default.
 *
 * @param input - the micro lift (above −1), the elasticity, and the parameters of the model
 * @returns the macro lift, with the assumption behind it in a sentence
 * @throws {DomainError} for a parameter outside its range, a loss under a saturating model (a ceiling on gains says
 *   nothing about losses), or parameters that imply a macro lift below −1
 * @example
 * ```ts
 * import { transmitLift } from "microlift";
 * transmitLift({ microLift: 0.2, elasticity: 0.75 }).macroLift; // 0.15000000000000002
 * transmitLift({ model: "saturating-hyperbolic", microLift: 0.2, elasticity: 0.75, maxLift: 0.05 }).macroLift; // 0.0375
 * ```
 */
export function transmitLift(input: TransmitLiftInput): LiftTransmission {
  checkObject("input", input);
  const model = input.model ?? "full";
  checkOneOf("model", model, Object.keys(ASSUMPTIONS) as TransmissionModel[]);
  checkFinite("microLift", input.microLift);
  if (input.microLift <= -1) throw new DomainError("microLift", input.microLift, "must be above -1");
  const macroLift = transmit(input);
  if (!(macroLift >= -1 && macroLift < Infinity)) {
    throw new DomainError(
      "microLift",
      input.microLift,
      `must imply a finite macro lift of at least -1, not ${macroLift}`,
    );
  }
  return {
    kind: "lift-transmission",
    method: model,
    microLift: input.microLift,
    macroLift,
    warnings: [],
    assumptions: [ASSUMPTIONS[model]],
  };
}

function transmit(input: TransmitLiftInput): number {
  if (input.model === "power") {
    checkEffectSize("exponent", input.exponent);
    return expm1(input.exponent * log1p(input.microLift));
  }
  checkEffectSize("elasticity", input.elasticity);
  const passed = input.elasticity * input.microLift;
  switch (input.model) {
    case "diluted":
      checkEffectSize("dilution", input.dilution);
      checkFinite("directLift", input.directLift ?? 0);
      return passed * input.dilution + (input.directLift ?? 0);
    case "saturating-exponential":
      checkSaturation(input, passed);
      return -input.maxLift * expm1(-passed / input.maxLift);
    case "saturating-hyperbolic":
      checkSaturation(input, passed);
      return passed / (1 + passed / input.maxLift);
    default:
      return passed;
  }
}

function checkSaturation(input: { microLift: number; maxLift: number }, passed: number): void {
  checkPositive("maxLift", input.maxLift);
  if (passed < 0) {
    throw new DomainError(
      "microLift",
      input.microLift,
      "must not imply a loss, since a ceiling on gains says nothing about losses",
    );
  }
}

const ASSUMPTIONS: Readonly<Record<TransmissionModel, string>> = {
  full: "Additional micro converters go on to buy as often as the others did, and the change does nothing else to sales.",
  diluted:
    "Additional micro converters buy at a fixed share of the others' rate, and the change moves other sales by the direct lift.",
  "saturating-exponential":
    "The macro lift approaches a ceiling exponentially: a convention chosen by the caller, not an estimated law.",
  "saturating-hyperbolic":
    "The macro lift approaches a ceiling hyperbolically: a convention chosen by the caller, not an estimated law.",
  power:
    "The macro rate goes with a power of the micro rate: a convention chosen by the caller, not an estimated law.",
};
