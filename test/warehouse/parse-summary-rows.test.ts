import { describe, expect, it } from "vitest";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import { parseSummaryRows } from "../../src/warehouse/parse-summary-rows.ts";
import type { SummaryRow } from "../../src/warehouse/summary-row.ts";
import { BLANK_ROW } from "../support/blank-row.ts";

/** An arm, or what entered it on one day: its units, those of them whose order is final, and what both showed. */
function armRows(arm: string, n: number, final: number, where: Partial<SummaryRow> = {}): SummaryRow[] {
  const own = { ...BLANK_ROW, ...where, arm };
  const role = arm === "A" ? "control" : "treatment";
  return [
    { ...own, role, n },
    {
      ...own,
      measure: "result",
      metric: "order",
      kind: "proportion",
      role: "macro",
      attribution_days: 7,
      n: final,
      sum: final / 5,
    },
    {
      ...own,
      measure: "result",
      metric: "visits",
      kind: "count",
      role: "secondary",
      n,
      sum: 2 * n,
      variance: 1.5,
    },
  ];
}

describe("parseSummaryRows", () => {
  it("keeps every metric on a day on which only some are final, so that the series can be read", () => {
    const day = (k: number, final: number): SummaryRow[] =>
      ["A", "B"].flatMap((arm) => armRows(arm, 100, final, { part: "day", day: 20_000 + k }));
    const document = parseSummaryRows([
      ...["A", "B"].flatMap((arm) => armRows(arm, 300, 200)),
      ...day(0, 100),
      ...day(1, 100),
      ...day(2, 0),
    ]);
    expect(document.dailySeries![0]!.days.map(({ day: k, arms }) => [k, arms[0]!.results[0]!.n])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, 0],
    ]);
    expect(analyzeExperiment(document).treatments[0]!.name).toBe("B");
  });
});
