import type { VegaLiteSpec } from "../../src/report/charts/vega-lite-spec.ts";

/** A claim held against a figure; all as they are printed. */
export interface Check {
  readonly claim: string;
  readonly figure: string;
  readonly limit: string;
  readonly within: boolean;
}

/** A line of a table, with the check that it shows, where it shows one. */
export interface Row {
  readonly cells: readonly string[];
  readonly check?: Check;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What the reader should know beside the figures: seeds, numbers of runs, how limits were made. */
  readonly note?: string;
}

export interface Chart {
  /** The name of its picture in docs/validation, without the extension. */
  readonly name: string;
  /** What it shows, for whoever cannot see it. */
  readonly alt: string;
  /** With its data inside, rounded to what can be seen. */
  readonly spec: VegaLiteSpec;
}

/** What a job found. It is kept as JSON, so that nothing in it is undefined, infinite or a function. */
export interface Outcome {
  /** The finding in a sentence or two; the page leads with it. */
  readonly finding: string;
  readonly tables: readonly Table[];
  readonly charts: readonly Chart[];
}

/** A part of `npm run validate`: the same outcome every time for the same code. */
export interface Job {
  /** Also the name of its file in jobs/. */
  readonly id: string;
  readonly title: string;
  readonly section: string;
  /** What is claimed and how it is measured, in plain words. */
  readonly about: string;
  /** What it costs on one idle core, roughly. */
  readonly seconds: number;
  /** Files and folders from the root that it reads while it runs; what it imports is known without. */
  readonly reads?: readonly string[];
  readonly run: (progress: (share: number) => void) => Outcome | Promise<Outcome>;
}

/** Every check of an outcome. */
export function checksOf(outcome: Outcome): Check[] {
  return outcome.tables.flatMap(({ rows }) =>
    rows.flatMap(({ check }) => (check === undefined ? [] : [check])),
  );
}
