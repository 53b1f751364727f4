import { DomainError } from "../core/domain-error.ts";
import { type ExperimentDefinition, parseSummaryRows } from "../warehouse/parse-summary-rows.ts";
import type { SummaryRow } from "../warehouse/summary-row.ts";
import { parseLine } from "./parse-line.ts";

/** A data document of a stream. */
export interface StreamedDocument {
  /** Where it stands, begins, or has its fault; from 1. */
  readonly line: number;
  /** The experiment, where it is known. */
  readonly name: string | undefined;
  /** Throws for a document that cannot be read. */
  readonly read: () => unknown;
}

/** Rows of one experiment that stand together. */
interface OpenGroup {
  readonly line: number;
  readonly experiment: string;
  readonly rows: object[];
  fault: Fault | null;
}

interface Fault {
  readonly line: number;
  readonly error: unknown;
}

// BigQuery, Snowflake and Spark leave nulls out where they write rows as JSON.
const NULLS = {
  day: null,
  attribution_days: null,
  n: null,
  sum: null,
  other_sum: null,
  both: null,
  mean: null,
  variance: null,
  other_mean: null,
  other_variance: null,
  covariance: null,
} as const satisfies Partial<SummaryRow>;

/**
 * The data documents of a stream, one at a time: each line is one, or a row of one as `summarySql` returns them, where all
 * rows of an experiment stand together. Of experiments that have passed only the names are kept.
 *
 * @param definition - what rows cannot know of their experiment
 */
export async function* streamedDocuments(
  lines: AsyncIterable<Uint8Array>,
  definition: ExperimentDefinition,
): AsyncGenerator<StreamedDocument> {
  const firstLines = new Map<string, number>();
  let line = 0;
  let open: OpenGroup | null = null;
  let broken: Fault | null = null;
  for await (const bytes of lines) {
    line += 1;
    let value: unknown;
    try {
      value = parseLine(bytes, "data");
    } catch (error) {
      // Whose row it is nobody knows: it may be one of the experiment before it, and one of that behind it.
      broken = { line, error };
      if (open === null) yield faulty(broken, undefined);
      else open.fault ??= broken;
      continue;
    }
    if (value === undefined) continue;
    if (open !== null && !(isRow(value) && value.experiment === open.experiment)) {
      yield documentOf(open, definition);
      open = null;
    }
    if (isRow(value)) {
      open ??= openGroup(value.experiment, line, firstLines, broken);
      open.rows.push({ ...NULLS, ...value });
    } else {
      yield { line, name: nameIn(value), read: () => value };
    }
    broken = null;
  }
  if (open !== null) yield documentOf(open, definition);
}

function isRow(value: unknown): value is { readonly experiment: string } {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "measure")) return false;
  return typeof (value as { experiment?: unknown }).experiment === "string";
}

function openGroup(
  experiment: string,
  line: number,
  firstLines: Map<string, number>,
  broken: Fault | null,
): OpenGroup {
  const before = firstLines.get(experiment);
  if (before === undefined) {
    firstLines.set(experiment, line);
    return { line, experiment, rows: [], fault: broken };
  }
  const expected =
    `must stand with its other rows, which began at line ${before} and are read without these: ` +
    "sort the rows (ORDER BY experiment)";
  return {
    line,
    experiment,
    rows: [],
    fault: { line, error: new DomainError("experiment", experiment, expected) },
  };
}

function documentOf(
  { line, experiment, rows, fault }: OpenGroup,
  definition: ExperimentDefinition,
): StreamedDocument {
  if (fault !== null) return faulty(fault, experiment);
  const read = (): unknown => parseSummaryRows(rows, { ...definition, name: experiment });
  return { line, name: experiment, read };
}

function faulty({ line, error }: Fault, name: string | undefined): StreamedDocument {
  const read = (): never => {
    throw error;
  };
  return { line, name, read };
}

function nameIn(document: unknown): string | undefined {
  const { name } = (document ?? {}) as { name?: unknown };
  return typeof name === "string" ? name : undefined;
}
