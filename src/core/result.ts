import type { Warning } from "./warning.ts";

/**
 * What every result carries: what it is, how it was made, and what to mind. Results are plain objects that survive
 * `structuredClone`.
 */
export interface Result<Kind extends string = string> {
  /** What this is, so that reports and platforms can dispatch on it. */
  readonly kind: Kind;
  /** How it was made, such as `score` or `welch`. */
  readonly method: string;
  readonly warnings: readonly Warning[];
  /** What the reading depends on, in sentences; empty where nothing beyond the sampling itself is assumed. */
  readonly assumptions: readonly string[];
}
