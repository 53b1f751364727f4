import type { Domain } from "./domain.ts";

/** What is said of an axis: its title, a Vega expression that writes a tick, and where ticks are. */
export interface AxisText {
  readonly title: string;
  readonly labelExpr: string;
  readonly tickCount?: number;
  readonly values?: readonly number[];
  readonly grid?: boolean;
}

/** A field with numbers on an axis that shows the domain and no more; null for a place that has no axis. */
export function quantitative(field: string, domain: Domain, axis: AxisText | null): object {
  return { field, type: "quantitative", scale: { domain, nice: false, zero: false }, axis };
}

/** Places in pixels from the top. */
export function fromTop(height: number): object {
  return quantitative("y", [height, 0], null);
}
