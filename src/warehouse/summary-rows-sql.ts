import { followedValues } from "./exposure-day-tables.ts";
import { besideLines } from "./line-table.ts";
import type { SummaryContext } from "./summary-context.ts";
import { NUMBER_COLUMNS, type SummaryLine } from "./summary-lines.ts";

type NumberColumn = (typeof NUMBER_COLUMNS)[number];

const WHOLE_NUMBERS: ReadonlySet<NumberColumn> = /* @__PURE__ */ new Set<NumberColumn>([
  "n",
  "sum",
  "other_sum",
  "both",
]);

/** Columns of a row that a line `l` holds. */
const LINE_COLUMNS = ["measure", "metric", "other", "kind", "role", "attribution_days"] as const;

/** The columns of the result with the expressions behind them, in the order of `SummaryRow`; and where they come from. */
interface RowSource {
  readonly columns: readonly (readonly [column: string, expression: string])[];
  readonly from: string;
}

/** The query for the rows of a summary, in a stable order. */
export function summaryRowsSql(context: SummaryContext, lines: readonly SummaryLine[]): string {
  const { name: q } = context.sql;
  const line = `l.${q("line")}`;
  const order = ["experiment", "part", "segmentation", "segment", "day", "arm"].map((column) => q(column));
  const groups = groupRows(context, lines);
  if (followedValues(context).length === 0) {
    return `${selection(context, groups)}\nORDER BY ${order.join(", ")}, ${line}`;
  }
  const united = [groups, exposureDayRows(context, lines)].map(({ columns, from }) =>
    selection(context, { columns: [...columns, ["line", line]], from }),
  );
  return [
    `SELECT ${groups.columns.map(([column]) => `r.${q(column)} AS ${q(column)}`).join(", ")}`,
    `FROM (\n${united.join("\nUNION ALL\n")}\n) AS r`,
    `ORDER BY ${[...order, q("line")].map((column) => `r.${column}`).join(", ")}`,
  ].join("\n");
}

function selection({ sql: { name: q } }: SummaryContext, { columns, from }: RowSource): string {
  return `SELECT ${columns.map(([column, expression]) => `${expression} AS ${q(column)}`).join(",\n  ")}\n${from}`;
}

/** Each group beside the lines that are its. */
function groupRows(context: SummaryContext, lines: readonly SummaryLine[]): RowSource {
  const { sql, options, dayBases } = context;
  const { name: q, text } = sql;
  const { segmentations = [] } = options;
  const byEntry = dayBases.includes("day-of-entry");
  const cases = (branches: readonly string[], otherwise: string): string =>
    branches.length === 0 ? otherwise : `CASE ${branches.join(" ")} ELSE ${otherwise} END`;
  const segmentBranches = (value: (i: number) => string): string[] =>
    segmentations.map((_, i) => `WHEN g.${q(`any_segment${i}`)} = 0 THEN ${value(i)}`);
  const isDay = `g.${q("any_day")} = 0`;
  const part = cases(
    [...segmentBranches(() => text("segment")), ...(byEntry ? [`WHEN ${isDay} THEN ${text("day")}`] : [])],
    text("all"),
  );
  const segmentation = segmentBranches((i) => text(segmentations[i]!.name, `segmentations[${i}].name`));
  const number = (column: NumberColumn): string => {
    const branches = lines.flatMap(({ numbers }, i) =>
      numbers[column] === undefined ? [] : [`WHEN ${i} THEN ${numbers[column]}`],
    );
    return branches.length === 0
      ? nothing(context, column)
      : `CASE l.${q("line")}\n    ${branches.join("\n    ")}\n  END`;
  };
  const from = [
    `FROM ${besideLines(context, "groups", lines)}`,
    // Arms that are NULL within a group of arms are units that are in no arm.
    `WHERE (g.${q("any_arm")} = 1 AND l.${q("scope")} = ${text("experiment")})`,
    `  OR (g.${q("arm")} IS NOT NULL AND (l.${q("scope")} = ${text("part")} OR (l.${q("scope")} = ${text("arm")} AND ${part} = ${text("all")})))`,
  ];
  return {
    columns: [
      ["experiment", `g.${q("experiment")}`],
      ["part", part],
      ["segmentation", cases(segmentation, text(""))],
      [
        "segment",
        cases(
          segmentBranches((i) => `g.${q(`segment${i}`)}`),
          text(""),
        ),
      ],
      ["day", byEntry ? `CASE WHEN ${isDay} THEN g.${q("day")} END` : sql.integer("NULL")],
      ["arm", `COALESCE(g.${q("arm")}, ${text("")})`],
      ...lineColumns(context, `g.${q("arm")}`),
      ...NUMBER_COLUMNS.map((column) => [column, number(column)] as const),
    ],
    from: from.join("\n"),
  };
}

/** Each day of exposure, of an arm and of each proportion. */
function exposureDayRows(context: SummaryContext, lines: readonly SummaryLine[]): RowSource {
  const { sql, keys, experiment } = context;
  const { name: q, text } = sql;
  const number = (column: NumberColumn): string => {
    if (column === "n") return `g.${q("n")}`;
    if (column === "sum") return `CASE WHEN l.${q("measure")} <> ${text("arm")} THEN g.${q("sum")} END`;
    return nothing(context, column);
  };
  return {
    columns: [
      ["experiment", keys.length === 0 ? experiment : `g.${q("experiment")}`],
      ["part", text("exposure-day")],
      ["segmentation", text("")],
      ["segment", text("")],
      ["day", `g.${q("day")}`],
      ["arm", `g.${q("arm")}`],
      ...lineColumns(context, `g.${q("arm")}`),
      ...NUMBER_COLUMNS.map((column) => [column, number(column)] as const),
    ],
    from: `FROM ${besideLines(context, "exposure_days", lines)}\nWHERE l.${q("line")} = g.${q("line")}`,
  };
}

function lineColumns({ sql, options }: SummaryContext, arm: string): RowSource["columns"] {
  const { name: q, text } = sql;
  const isControl = `${arm} = ${text(options.control, "control")}`;
  const role = `CASE WHEN l.${q("measure")} <> ${text("arm")} THEN l.${q("role")} WHEN ${isControl} THEN ${text("control")} ELSE ${text("treatment")} END`;
  return LINE_COLUMNS.map((column) => [column, column === "role" ? role : `l.${q(column)}`]);
}

function nothing({ sql }: SummaryContext, column: NumberColumn): string {
  return WHOLE_NUMBERS.has(column) ? sql.integer("NULL") : sql.double("NULL");
}
