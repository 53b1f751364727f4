import type { SummarySqlOptions } from "../summary-options.ts";

/** Where the rows of an experiment lie, as `summarySql` takes it. */
export type LocatedRows = Required<Pick<SummarySqlOptions, "source" | "unit" | "arm" | "time">>;
