import { sortWithOrder } from "../numerics/sort-with-order.ts";
import { hommel } from "./hommel.ts";
import type { PValueScale } from "./p-value-scale.ts";

/**
 * How p-values of several tests are adjusted. The last two control the false discovery rate, the others but `none` the
 * family-wise error rate.
 */
export type AdjustmentMethod =
  | "none"
  | "bonferroni"
  | "sidak"
  | "holm"
  | "hochberg"
  | "hommel"
  | "benjamini-hochberg"
  | "benjamini-yekutieli";

export const ADJUSTMENT_METHODS: readonly AdjustmentMethod[] = [
  "none",
  "bonferroni",
  "sidak",
  "holm",
  "hochberg",
  "hommel",
  "benjamini-hochberg",
  "benjamini-yekutieli",
];

/** Adjusts p-values, or their logs, in the order given. */
export function adjustOn(
  scale: PValueScale,
  values: readonly number[],
  method: AdjustmentMethod,
  weights?: readonly number[],
): number[] {
  const { one, times, someBelow } = scale;
  const m = values.length;
  switch (method) {
    case "none":
      return [...values];
    case "sidak":
      return values.map((p, i) => Math.min(one, someBelow(p, weights ? 1 / weights[i]! : m)));
  }
  // Each p-value over its weight, so that all tests are alike: m times it where the weights are equal.
  const { sorted, order } = sortWithOrder(weights ? values.map((p, i) => times(p, 1 / weights[i]!)) : values);
  const shares = weights ? remaining(weights, order) : null;
  const adjusted = adjustSorted(scale, sorted, method, shares);
  const placed = new Float64Array(m);
  for (let rank = 0; rank < m; rank++) placed[order[rank]!] = Math.min(one, adjusted[rank]!);
  return values.map((_, i) => placed[i]!);
}

/** `sorted` ascends. `shares`: the weight of each rank and those above it, where `sorted` is over weights. */
function adjustSorted(
  { times }: PValueScale,
  sorted: Float64Array,
  method: Exclude<AdjustmentMethod, "none" | "sidak">,
  shares: Float64Array | null,
): Float64Array {
  const total = shares ? 1 : sorted.length;
  switch (method) {
    case "bonferroni":
      return sorted.map((p) => times(p, total));
    case "holm":
      return stepDown(sorted.map((p, rank) => times(p, shares ? shares[rank]! : total - rank)));
    case "hochberg":
      return stepUp(sorted.map((p, rank) => times(p, total - rank)));
    case "hommel":
      return hommel(sorted, times);
    case "benjamini-hochberg":
      return stepUp(sorted.map((p, rank) => times(p, total / (rank + 1))));
    case "benjamini-yekutieli": {
      const harmonic = sorted.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0);
      return stepUp(sorted.map((p, rank) => times(p, harmonic * (total / (rank + 1)))));
    }
  }
}

/** Running maximum from the smallest p-value up. */
function stepDown(values: Float64Array): Float64Array {
  let running = -Infinity;
  return values.map((value) => (running = Math.max(running, value)));
}

/** Running minimum from the largest p-value down, in place. */
function stepUp(values: Float64Array): Float64Array {
  let running = Infinity;
  for (let rank = values.length - 1; rank >= 0; rank--) {
    running = Math.min(running, values[rank]!);
    values[rank] = running;
  }
  return values;
}

/** What the weights at and above each rank add up to. */
function remaining(weights: readonly number[], order: Uint32Array): Float64Array {
  const shares = new Float64Array(order.length);
  let sum = 0;
  for (let rank = order.length - 1; rank >= 0; rank--) {
    sum += weights[order[rank]!]!;
    shares[rank] = sum;
  }
  return shares;
}
