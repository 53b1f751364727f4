import * as microlift from "../index.ts";

export type PublicFunction = (...args: unknown[]) => unknown;

// Functions whose first argument is a list: for them a bare list is that argument, not the list of arguments.
const TAKE_A_LIST = new Set([
  "adjustLogPValues",
  "adjustPValues",
  "mergeCounts",
  "mergeMeans",
  "mergeMoments",
  "mergeProportions",
  "mergeQuantileSketches",
  "mergeRatios",
  "quantileSketch",
  "quantileSummary",
]);

/** Every public function by its name: `compareProportions`, `beta.sf`. */
export function publicFunctions(): Map<string, PublicFunction> {
  const found = new Map<string, PublicFunction>();
  for (const [name, value] of Object.entries(microlift)) {
    if (typeof value === "function" && /^[a-z]/.test(name)) found.set(name, value as PublicFunction);
    if (typeof value !== "object" || value === null) continue;
    for (const [part, member] of Object.entries(value)) {
      if (typeof member === "function") found.set(`${name}.${part}`, member as PublicFunction);
    }
  }
  return found;
}

/** The arguments of a function from JSON: a list holds them in their order, and anything else is the only one. */
export function argumentsFrom(name: string, input: unknown): unknown[] {
  if (!Array.isArray(input)) return [input];
  return TAKE_A_LIST.has(name) && !Array.isArray(input[0]) ? [input] : input;
}
