import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BLANK_ROW } from "../support/blank-row.ts";
import { cli } from "../support/command-line.ts";

const hillstrom = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../examples/hillstrom-data.json"), "utf8"),
) as object;

const arm = (name: string, conversions: number) => ({
  name,
  n: 1000,
  results: [{ metric: "sale", conversions }],
});
const small = (name: string, conversions: number) => ({
  name,
  control: "old",
  metrics: [{ name: "sale", role: "macro", kind: "proportion" }],
  arms: [arm("old", 20), arm("new", conversions)],
});

const stream = (args: readonly string[], lines: readonly unknown[]) =>
  cli(
    ["analyze", ...args],
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  );

const answersIn = (out: string): object[] =>
  out === ""
    ? []
    : out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as object);

describe("microlift analyze --ndjson", () => {
  it("prints for each document what --json prints, on one line", async () => {
    const documents = [hillstrom, small("a", 30), small("b", 40)];
    const { code, out, err } = await stream(["--ndjson", "-"], documents);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const one = (document: object) => cli(["analyze", "-", "--json"], JSON.stringify(document));
    const alone = await Promise.all(documents.map(async (document) => JSON.parse((await one(document)).out)));
    expect(answersIn(out)).toEqual(alone);
  });

  it("answers a faulty line with its number, its name and what is wrong, and goes on", async () => {
    const lines = [small("a", 30), "", small("b", 4000), "{", "null", small("c", 30)];
    const { code, out, err } = await stream(["--ndjson", "-"], lines);
    expect(code).toBe(1);
    expect(answersIn(out)).toMatchObject([
      { kind: "experiment-readout", name: "a" },
      {
        line: 3,
        name: "b",
        error: {
          name: "DomainError",
          field: "data.arms[1].results[0].conversions",
          value: 4000,
          expected: "must be at most n = 1000",
        },
      },
      { line: 4, error: { field: "data", expected: expect.stringContaining("must be JSON") } },
      { line: 5, error: { field: "data" } },
      { kind: "experiment-readout", name: "c" },
    ]);
    expect(err).toBe(
      "microlift: 3 of 5 experiments could not be read; the first is line 3: " +
        "data.arms[1].results[0].conversions = 4000, must be at most n = 1000\n",
    );
  });

  it("has nothing to say of nothing", async () => {
    expect(await stream(["--ndjson", "-"], ["", " ", ""])).toMatchObject({ code: 0, out: "", err: "" });
  });

  it("says how many it has analyzed", async () => {
    const said: string[] = [];
    const input = [small("a", 30), small("b", 4000), small("c", 30)]
      .map((line) => JSON.stringify(line))
      .join("\n");
    await cli(["analyze", "--ndjson", "-"], input, { work: (_, task) => task((what) => said.push(what)) });
    expect(said).toEqual([
      "analyzing experiments: 1",
      "analyzing experiments: 2, 1 of them faulty",
      "analyzing experiments: 3, 1 of them faulty",
    ]);
  });

  it.each([
    [["--ndjson"], "needs one file, or - for standard input"],
    [["--ndjson", "-", "--html", "page.html"], "'--html <file>'"],
    [["--ndjson", "-", "--markdown", "-"], "'--markdown <file>'"],
    [["--ndjson", "--control", "1/2", "--treatment", "1/2"], "'--control <conversions/n>'"],
  ])("refuses %j with exit code 2", async (args, message) => {
    const { code, out, err } = await stream(args, []);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  it("says in one line that there is no such file", async () => {
    const { code, err } = await cli(["analyze", "--ndjson", "nowhere.ndjson"]);
    expect(code).toBe(1);
    expect(err).toBe("microlift: cannot read nowhere.ndjson\n");
  });
});

/** The rows of an experiment as a warehouse exports them: whole numbers as texts. */
function rowsOf(experiment: string, conversions: number): object[] {
  const row = { ...BLANK_ROW, experiment };
  const rowsOfArm = (name: string, role: string, sold: number): object[] => [
    { ...row, arm: name, measure: "arm", role, n: "1000" },
    {
      ...row,
      arm: name,
      measure: "result",
      metric: "sale",
      kind: "proportion",
      role: "macro",
      n: "1000",
      sum: sold,
    },
  ];
  return [...rowsOfArm("old", "control", 20), ...rowsOfArm("new", "treatment", conversions)];
}

describe("microlift analyze --ndjson of summary rows", () => {
  it("prints one read-out per experiment, the same as of its document", async () => {
    const { code, out } = await stream(["--ndjson", "-"], [...rowsOf("a", 30), "", ...rowsOf("b", 40)]);
    const documents = await stream(["--ndjson", "-"], [small("a", 30), small("b", 40)]);
    expect(code).toBe(0);
    expect(out).toBe(documents.out);
  });

  it("takes a null that an export left out for what it is", async () => {
    const withoutNulls = rowsOf("a", 30).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    );
    const { out } = await stream(["--ndjson", "-"], withoutNulls);
    expect(out).toBe((await stream(["--ndjson", "-"], rowsOf("a", 30))).out);
  });

  it("takes what rows cannot know from --config, and the name from the rows", async () => {
    const metric = { name: "sale", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.5 };
    const plan = { name: "Every test", control: "old", treatments: ["new"], metrics: [metric] };
    const measures = [{ metric: "sale", event: "order" }];
    const source = { exposures: { table: "exposures" }, events: { table: "events", event: "name" } };
    const rows = { source, unit: "user", arm: "variant", experiment: "test", time: "at", measures };
    const files: Readonly<Record<string, string>> = {
      "-": rowsOf("a", 30)
        .map((row) => JSON.stringify(row))
        .join("\n"),
      "tests.json": JSON.stringify({ name: "Tests", plan, rows }),
    };
    const read = (path: string): string => files[path]!;
    async function* lines(): AsyncGenerator<Uint8Array> {
      for (const line of files["-"]!.split("\n")) yield new TextEncoder().encode(line);
    }
    const { code, out } = await cli(["analyze", "--ndjson", "-", "--config", "tests.json"], "", {
      read,
      lines,
    });
    expect(code).toBe(0);
    expect(answersIn(out)).toMatchObject([{ name: "a", plannedN: expect.any(Number) }]);
    const wrong = await cli(["analyze", "--ndjson", "-", "--config", "tests.json"], "", {
      lines,
      read: () => JSON.stringify({ plan, rows: { ...rows, measure: [] } }),
    });
    expect(wrong).toMatchObject({ code: 1, out: "" });
    expect(wrong.err).toContain("tests.json: rows.measure = [], is not a known field here");
  });

  it("refuses rows that come back later, once for each time", async () => {
    const late = rowsOf("a", 30).slice(2);
    const rows = [...rowsOf("a", 30), ...rowsOf("b", 40), ...late, small("c", 30), ...late];
    const { code, out } = await stream(["--ndjson", "-"], rows);
    expect(code).toBe(1);
    const expected = expect.stringMatching(/began at line 1 and .* sort the rows \(ORDER BY experiment\)/);
    expect(answersIn(out)).toMatchObject([
      { name: "a", kind: "experiment-readout" },
      { name: "b", kind: "experiment-readout" },
      { line: 9, name: "a", error: { field: "experiment", expected } },
      { name: "c", kind: "experiment-readout" },
      { line: 12, name: "a", error: { field: "experiment", expected } },
    ]);
  });

  it("reads no experiment of which a row may be missing", async () => {
    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => rowsOf(name, 30));
    const within = [...a!.slice(0, 2), "{", ...a!.slice(2)];
    const { out } = await stream(["--ndjson", "-"], [...within, ...b!, "{", ...c!, ...d!, '{"experiment']);
    expect(answersIn(out)).toMatchObject([
      { line: 3, name: "a", error: { field: "data" } },
      { line: 10, name: "b", error: { field: "data" } },
      { line: 10, name: "c", error: { field: "data" } },
      { line: 19, name: "d", error: { field: "data" } },
    ]);
  });

  it("names the experiment whose rows are wrong, and goes on", async () => {
    const [first, ...rest] = rowsOf("a", 30);
    const { code, out } = await stream(
      ["--ndjson", "-"],
      [{ ...first, n: "many" }, ...rest, ...rowsOf("b", 4000), ...rowsOf("c", 30)],
    );
    expect(code).toBe(1);
    expect(answersIn(out)).toMatchObject([
      { line: 1, name: "a", error: { field: "rows[0].n", value: "many" } },
      { line: 5, name: "b", error: { field: "data.arms[1].results[0].conversions" } },
      { name: "c", kind: "experiment-readout" },
    ]);
  });
});
