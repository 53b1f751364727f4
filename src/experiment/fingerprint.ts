import type { ExperimentPlan } from "./experiment-plan.ts";

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * A fingerprint of a document: 16 hexadecimal digits that change when any value in it does, and not when keys are
 * written in another order. It shows an accidental change, not a forged one.
 *
 * Fowler, Noll and Vo, FNV-1a with 64 bits.
 */
export function fingerprint(document: unknown): string {
  let hash = OFFSET;
  for (const byte of bytes(canonical(document))) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(16, "0");
}

/** JSON with the keys of every object in order, and without the ones that are undefined. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`);
  return `{${entries.join(",")}}`;
}

/** The two bytes of each UTF-16 unit. */
function bytes(text: string): number[] {
  return Array.from({ length: 2 * text.length }, (_, i) => (text.charCodeAt(i >> 1) >> (8 * (i & 1))) & 0xff);
}

/** The fingerprint of a plan, wherever its schema lies. */
export function planFingerprint(plan: ExperimentPlan): string {
  return fingerprint({ ...plan, $schema: undefined });
}
