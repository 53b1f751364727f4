import type { EffectTable } from "./effect-table.ts";

/** What one past experiment on a proxy found, by itself. */
export interface PastEffectPair {
  /** Null for an experiment without a name. */
  readonly name: string | null;
  readonly proxyEffect: number;
  readonly macroEffect: number;
  readonly proxyStandardError: number;
  readonly macroStandardError: number;
}

/** The rows of a table on one proxy, in their order, with the names of their experiments. */
export function pastEffects(
  { experiments, effects, covariances }: EffectTable,
  named: readonly { readonly name?: string | undefined }[],
): PastEffectPair[] {
  return Array.from({ length: experiments }, (_, k) => ({
    name: named[k]!.name ?? null,
    proxyEffect: effects[2 * k]!,
    macroEffect: effects[2 * k + 1]!,
    proxyStandardError: Math.sqrt(covariances[4 * k]!),
    macroStandardError: Math.sqrt(covariances[4 * k + 3]!),
  }));
}
