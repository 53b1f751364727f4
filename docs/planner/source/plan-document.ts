import type { ExperimentPlan, PlannedMetric } from "../../../src/experiment/experiment-plan.ts";
import type { DomainError } from "../../../src/core/domain-error.ts";
import { type Field, type FieldName, FIELDS, type PlannerInput } from "./fields.ts";

/** The plan as a document, as `microlift plan` reads it. */
export function planDocument(input: PlannerInput): ExperimentPlan {
  const { name, treatments, totalUnitsPerDay, alpha, power, alternative, allocation } = input;
  return {
    name,
    control: "control",
    treatments:
      treatments === 1 ? ["treatment"] : Array.from({ length: treatments }, (_, i) => `treatment ${i + 1}`),
    totalUnitsPerDay,
    alpha,
    power,
    alternative,
    allocation,
    metrics: [macroMetric(input), { ...microMetric(input), nested: input.nested, ...effectsOf(input) }],
  };
}

interface EnteredMetric<Role extends "macro" | "proxy"> {
  readonly name: string;
  readonly role: Role;
  readonly kind: "proportion";
  readonly baseline: number;
  readonly lift: number;
}

/** Sales. */
export function macroMetric({
  macro: name,
  baseline,
  lift,
  attributionDays,
}: PlannerInput): EnteredMetric<"macro"> & { readonly attributionDays: number } {
  return { name, role: "macro", kind: "proportion", baseline, lift, attributionDays };
}

/** The micro conversion. */
export function microMetric({ micro, microRate, microLift }: PlannerInput): EnteredMetric<"proxy"> {
  return { name: micro, role: "proxy", kind: "proportion", baseline: microRate, lift: microLift };
}

function effectsOf(input: PlannerInput): Pick<PlannedMetric, "effects"> {
  const { effects, tauProxy, tauMacro, rho, elasticity, directEffectSd } = input;
  if (effects === "unknown") return {};
  return {
    effects: effects === "past" ? { tauProxy, tauMacro, rho } : { elasticity, tauProxy, directEffectSd },
  };
}

/** Fields of the page by their paths in the document, and by the names that the library's functions have for them. */
const FIELDS_AT: readonly (readonly [path: RegExp, name: FieldName])[] = [
  [/^plan\.metrics\[0\]\.name$/, "macro"],
  [/^plan\.metrics\[0\]\.baseline$|^macroRate$/, "baseline"],
  [/^plan\.metrics\[0\]\.lift$|^macroLift$/, "lift"],
  [/^plan\.metrics\[1\]\.name$/, "micro"],
  [/^plan\.metrics\[1\]\.baseline$|^microRate$/, "microRate"],
  [/^plan\.metrics\[1\]\.lift$|^microLift$/, "microLift"],
  [/tauProxy$/, "tauProxy"],
  [/tauMacro$/, "tauMacro"],
  [/rho$/, "rho"],
  [/elasticity$/, "elasticity"],
  [/directEffectSd$/, "directEffectSd"],
  [/^(plan\.)?alpha$/, "alpha"],
  [/^(plan\.)?power$/, "power"],
  [/^(plan\.)?allocation$/, "allocation"],
  [/^(plan\.)?totalUnitsPerDay$/, "totalUnitsPerDay"],
];

/** What a `DomainError` says of the page's fields; empty where it is about none of them. */
export function faultsOf({
  field,
  expected,
}: Pick<DomainError, "field" | "expected">): Map<FieldName, string> {
  // An error about a document goes on with the paths of further faults: `…; plan.power: must be above alpha = 0.5`.
  const [first, ...others] = expected.split(/; (?=plan\.)/);
  const faults = [[field, first!] as const, ...others.map(pathAndFault)];
  return new Map(
    faults.flatMap(([path, fault]): [FieldName, string][] => {
      const name = FIELDS_AT.find(([pattern]) => pattern.test(path))?.[1];
      return name === undefined ? [] : [[name, inUnitsOf(name, fault)]];
    }),
  );
}

/** `Rate of sales today must be above 0 % and below 100 %.` */
export function faultSentence(name: FieldName, fault: string): string {
  return `${FIELDS[name].label} ${fault}.`;
}

function pathAndFault(text: string): readonly [path: string, fault: string] {
  const end = text.indexOf(": ");
  return [text.slice(0, end), text.slice(end + 2)];
}

/** The library counts in shares, the page in per cent. */
function inUnitsOf(name: FieldName, fault: string): string {
  const field: Field = FIELDS[name];
  const isPercent = field.kind === "number" && field.inPercent === true;
  return isPercent && /\d/.test(fault) ? `${fault} (as shares: 0.02 is 2 %)` : fault;
}
