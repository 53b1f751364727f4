import type { SummaryContext, TableExpression } from "./summary-context.ts";
import type { SummaryLine } from "./summary-lines.ts";
import type { LiteralCell } from "./syntax.ts";

/** A table of the lines, for dialects that join it. */
export function lineTable(context: SummaryContext, lines: readonly SummaryLine[]): TableExpression[] {
  if (context.sql.syntax.besideEach !== undefined) return [];
  const rows = literalLines(context, lines).map(
    (cells) => `SELECT ${cells.map(([name, value]) => `${value} AS ${name}`).join(", ")}`,
  );
  return [{ name: "lines", query: rows.join("\nUNION ALL ") }];
}

/** Each row of a step, as `g`, beside each line, as `l`: what stands behind FROM. */
export function besideLines(context: SummaryContext, step: string, lines: readonly SummaryLine[]): string {
  const { sql } = context;
  const { besideEach } = sql.syntax;
  return besideEach === undefined
    ? `${sql.step(step)} AS g CROSS JOIN ${sql.step("lines")} AS l`
    : besideEach(sql.step(step), literalLines(context, lines));
}

/** The lines, each as a row of literals. */
function literalLines({ sql }: SummaryContext, lines: readonly SummaryLine[]): LiteralCell[][] {
  const { name: q, text } = sql;
  return lines.map(({ measure, metric, other, kind, role, attributionDays, scope }, i) => [
    [q("line"), String(i)],
    ...Object.entries({ measure, metric, other, kind, role, scope }).map(([column, value]): LiteralCell => [
      q(column),
      text(value),
    ]),
    [q("attribution_days"), sql.double(attributionDays === null ? "NULL" : String(attributionDays))],
  ]);
}
