import type { SqlDialect } from "../warehouse/sql-dialect.ts";
import type { TableName } from "../warehouse/summary-options.ts";

/** What values of a column are; engines have many types for each. */
export type ColumnKind = "text" | "number" | "timestamp" | "boolean" | "other";

export interface StoredColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** As the engine calls it. */
  readonly type: string;
}

/** Tables of rows in an engine that reads them and changes nothing. */
export interface RowStore {
  readonly dialect: SqlDialect;
  /** A table as messages call it: by its file where it is one. */
  readonly nameOf: (table: TableName) => string;
  readonly columns: (table: TableName) => Promise<readonly StoredColumn[]>;
  /** The rows of one statement; `tell` hears of the share that is done, where the engine knows. */
  readonly query: (sql: string, tell?: (share: number) => void) => Promise<readonly unknown[]>;
  readonly close: () => Promise<void>;
}
