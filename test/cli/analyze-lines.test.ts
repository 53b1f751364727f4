import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
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
    [["--ndjson"], "needs a file, or - for standard input"],
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
