import type { ExperimentPlan } from "./experiment-plan.ts";

/** The 64 bits that the hash starts with, in halves. */
const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;
/** The prime that it is multiplied by is 2⁴⁰ more than this. */
const PRIME_LOW = 0x1b3;

/**
 * A fingerprint of a document: 16 hexadecimal digits that change when any value in it does, and not when keys are
 * written in another order. It shows an accidental change, not a forged one.
 *
 * Fowler, Noll and Vo, FNV-1a with 64 bits.
 */
export function fingerprint(document: unknown): string {
  let [high, low] = [OFFSET_HIGH, OFFSET_LOW];
  const text = canonical(document);
  // Two bytes of each UTF-16 unit, the lower one first.
  for (let i = 0; i < 2 * text.length; i++) {
    const byte = (text.charCodeAt(i >> 1) >> (8 * (i & 1))) & 0xff;
    const mixed = (low ^ byte) >>> 0;
    const product = mixed * PRIME_LOW;
    // In halves, since BigInt takes several times as long: 2⁴⁰ moves the lower half by 8 bits into the upper one.
    high = (high * PRIME_LOW + Math.floor(product / 2 ** 32) + ((mixed << 8) >>> 0)) >>> 0;
    low = product >>> 0;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, "0")).join("");
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

/** The fingerprint of a plan, wherever its schema lies. */
export function planFingerprint(plan: ExperimentPlan): string {
  return fingerprint({ ...plan, $schema: undefined });
}
