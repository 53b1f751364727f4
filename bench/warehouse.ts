// `npm run bench:warehouse -- --events 100000000`: what the statement of `summarySql` costs in DuckDB on two threads,
// beside one that is written by hand, as ratios in one run. Rows are generated into temp/ once.
import { fork } from "node:child_process";
import { parseArgs } from "node:util";
import { generate, type Tables } from "./warehouse/generate.ts";
import type { Cost } from "./warehouse/run-statement.ts";

const { values: options } = parseArgs({
  options: {
    events: { type: "string", default: "10000000" },
    rounds: { type: "string", default: "3" },
    ids: { type: "string", default: "numbers" },
    skewed: { type: "boolean", default: false },
    experiments: { type: "string", default: "0" },
    statements: { type: "string", default: "by hand,usual,rich" },
  },
});

const LARGEST_RATIO = 1.5;
const LARGEST_PEAK = 8 * 2 ** 30;
const YARDSTICK = "by hand";

const tables = await generate({
  events: Number(options.events),
  ids: options.ids as "numbers" | "texts",
  isSkewed: options.skewed,
  experiments: Number(options.experiments),
});
const names = options.statements.split(",");
const costs = new Map<string, Cost[]>(names.map((name) => [name, []]));
for (let round = 0; round < Number(options.rounds); round++) {
  for (const name of names) costs.get(name)!.push(await costOf(tables, name));
}

const least = (name: string, figure: "seconds" | "cpuSeconds" | "peakBytes"): number =>
  Math.min(...costs.get(name)!.map((cost) => cost[figure]));
const lines = names.map((name) => {
  const ratio = (figure: "seconds" | "cpuSeconds" | "peakBytes"): string =>
    (least(name, figure) / least(YARDSTICK, figure)).toFixed(2);
  return [
    name,
    least(name, "seconds").toFixed(1),
    ratio("seconds"),
    least(name, "cpuSeconds").toFixed(1),
    ratio("cpuSeconds"),
    (least(name, "peakBytes") / 2 ** 30).toFixed(2),
    ratio("peakBytes"),
  ];
});
const table = [["statement", "seconds", "ratio", "CPU seconds", "ratio", "peak GiB", "ratio"], ...lines];
for (const cells of table) console.log(cells.map((cell) => cell.padEnd(12)).join(" "));

const faults = [
  ...(names.includes("usual")
    ? differences(costs.get(YARDSTICK)![0]!.rows, costs.get("usual")![0]!.rows)
    : []),
  ...(least("usual", "cpuSeconds") > LARGEST_RATIO * least(YARDSTICK, "cpuSeconds")
    ? [`more than ${LARGEST_RATIO} times the CPU time of the statement by hand`]
    : []),
  ...(least("usual", "peakBytes") > LARGEST_PEAK ? ["more than 8 GiB at the peak"] : []),
];
console.log(
  faults.length === 0 ? "The same counts from both, and within the limits." : `BEYOND: ${faults.join("; ")}`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

function costOf({ exposures, events }: Tables, name: string): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL("warehouse/run-statement.ts", import.meta.url), [exposures, events, name]);
    child.on("message", (cost) => resolve(cost as Cost));
    child.on("exit", (code) => reject(new Error(`"${name}" ended with ${code} and no answer`)));
  });
}

type Rows = Cost["rows"];

/** What the statement by hand and that of `summarySql` count differently. */
function differences(byHand: Rows, summaries: Rows): string[] {
  const cell = (arm: unknown, measure: string, metric: string, column: string): number => {
    const found = summaries.find(
      (row) =>
        row["part"] === "all" && row["arm"] === arm && row["measure"] === measure && row["metric"] === metric,
    );
    return Number(found?.[column]);
  };
  return byHand.flatMap((row) => {
    const arm = row["variant"];
    const pairs = {
      n: cell(arm, "result", "bought", "n"),
      bought: cell(arm, "result", "bought", "sum"),
      carted: cell(arm, "result", "carted", "sum"),
      both_of_them: cell(arm, "joint", "carted", "both"),
      orders: cell(arm, "result", "orders", "sum"),
      orders_variance: cell(arm, "result", "orders", "variance"),
      revenue: cell(arm, "result", "revenue", "mean"),
      revenue_variance: cell(arm, "result", "revenue", "variance"),
    };
    return Object.entries(pairs).flatMap(([column, ours]) => {
      const theirs = Number(row[column]);
      return Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs)
        ? []
        : [`${String(arm)}: ${column} is ${ours}, by hand ${theirs}`];
    });
  });
}
