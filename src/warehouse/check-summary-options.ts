import { checkObject, checkOneOf } from "../core/checks.ts";
import { SQL_DIALECTS } from "./sql-dialect.ts";
import type { SummarySqlOptions } from "./summary-options.ts";

/** Checks what a statement is to be written of. */
export function checkSummaryOptions(options: SummarySqlOptions): void {
  checkObject("options", options);
  checkOneOf("dialect", options.dialect, SQL_DIALECTS);
}
