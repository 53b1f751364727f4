import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseFragment } from "parse5";
import { beforeAll, describe, expect, it } from "vitest";
import { drawChart } from "../support/draw-chart.ts";
import { type Cell, executeNotebook, hasJupyter, type Notebook, type Output } from "../support/jupyter.ts";

// What a reader of examples/notebook.ipynb sees is what its cells give, run by a Jupyter client with Deno's kernel.

const path = resolve(import.meta.dirname, "../../examples/notebook.ipynb");
const VEGA_LITE = "application/vnd.vegalite.v5+json";

const committed = JSON.parse(readFileSync(path, "utf8")) as Notebook;
const codeCells = committed.cells.filter(({ cell_type }) => cell_type === "code");
const outputs = codeCells.flatMap((cell) => cell.outputs!);

/** A text that a notebook keeps in one piece or by lines. */
const whole = (text: unknown): string => (Array.isArray(text) ? text.join("") : String(text));
const formats = (type: string): unknown[] =>
  outputs.flatMap(({ data }) => (data !== undefined && type in data ? [data[type]] : []));

describe.skipIf(!hasJupyter())("the notebook of the examples", () => {
  let executed: readonly Cell[];

  beforeAll(() => {
    executed = executeNotebook(path).cells;
  });

  it("has the cells that were committed", () => {
    expect(executed.map(({ source }) => source)).toEqual(committed.cells.map(({ source }) => source));
  });

  it.each(committed.cells.map((cell, i) => [cell["id"], i] as const))(
    "gives at %s what was committed",
    (_, i) => {
      expect(executed[i]!.outputs).toEqual(committed.cells[i]!.outputs);
    },
  );
});

describe("the outputs of the notebook", () => {
  it("are of cells that ran in their order, without an error", () => {
    expect(codeCells.map((cell) => cell["execution_count"])).toEqual(codeCells.map((_, i) => i + 1));
    expect(outputs.filter(({ output_type }: Output) => output_type === "error")).toEqual([]);
  });

  it("hold charts that Vega-Lite compiles without complaint", async () => {
    const charts = formats(VEGA_LITE);
    expect(charts).not.toEqual([]);
    for (const chart of charts) expect((await drawChart(chart as never)).complaints).toEqual([]);
  });

  it("hold pictures among the words, and no script", () => {
    const pages = formats("text/html").map(whole);
    expect(pages.filter((html) => html.includes('<img alt="'))).not.toEqual([]);
    for (const html of pages) {
      expect(parseFragment(html).childNodes).not.toEqual([]);
      expect(html).not.toMatch(/<script|<link|\son\w+=|(?:src|href)="(?!data:image\/svg\+xml,)/i);
    }
  });
});
