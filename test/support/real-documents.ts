import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ExperimentData } from "../../src/experiment/experiment-data.ts";

const FOLDER = resolve(import.meta.dirname, "../reference/documents");

/** Documents of real experiments, by their names: see test/reference/documents/README.md. */
export const REAL_DOCUMENTS = [
  "hillstrom",
  "udacity",
  "udacity-mature",
  "asos-group-sequential",
  "asos-always-valid",
] as const;

export type RealDocument = (typeof REAL_DOCUMENTS)[number];

/** A document of a real experiment, anew at each call. */
export function realDocument(name: RealDocument): ExperimentData & Required<Pick<ExperimentData, "plan">> {
  return JSON.parse(readFileSync(resolve(FOLDER, `${name}.json`), "utf8")) as never;
}

/** What others compute from a real document. */
export interface ReferenceFigures {
  readonly sampleRatio: number;
  readonly treatments: readonly {
    readonly name: string;
    readonly metrics: Readonly<Record<string, MetricFigures>>;
    /** Of the macro metric at each look of a watched test. */
    readonly zOfLooks: readonly number[];
    readonly funnel: readonly { readonly step: string; readonly logPart: number }[];
    readonly segments: readonly ({
      readonly name: string;
      readonly pooledLift: number;
    } & HomogeneityFigures)[];
    readonly days: readonly DaysFigures[];
  }[];
}

export interface MetricFigures {
  readonly statistic: number;
  readonly pValue: number;
  readonly lift: number;
  readonly interval: readonly [number, number];
  /** Guardrails only. */
  readonly worstCase?: number;
}

/** Mean of log lifts by inverse variances, and Cochran's Q around it. */
export interface HomogeneityFigures {
  readonly mean: number;
  readonly statistic: number;
  readonly pValue: number;
}

export interface DaysFigures extends HomogeneityFigures {
  readonly metric: string;
  readonly slope: number;
  readonly slopeError: number;
  readonly trendPValue: number;
}

/** Figures by SciPy and mpmath, for each real document. */
export function referenceFigures(): Readonly<Record<RealDocument, ReferenceFigures>> {
  return JSON.parse(readFileSync(resolve(FOLDER, "figures.json"), "utf8")) as never;
}
