import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { terminal } from "../../src/cli/io.ts";
import { argumentsFrom } from "../../src/cli/public-functions.ts";
import { fromJson } from "../../src/core/json.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { cli, type Run } from "../support/command-line.ts";

const examples = resolve(import.meta.dirname, "../../examples");

describe("microlift plan", () => {
  it("plans from a document, as text, and writes the same as Markdown", async () => {
    const { code, out, err, files } = await cli([
      "plan",
      join(examples, "hillstrom-plan.json"),
      "--markdown",
      "plan.md",
    ]);
    expect(code).toBe(0);
    expect(out).toContain("Men's e-mail");
    expect(err).toBe("Written as Markdown to plan.md\n");
    expect(files.get("plan.md")).toMatch(/^#+ /m);
  });

  it.each([
    [["--looks", "4"], "group-sequential"],
    [["--any-time"], "normal-mixture"],
  ])("plans a test that is watched: %s", async (flags, method) => {
    const { code, out } = await cli(["plan", "--baseline", "0.02", "--lift", "0.1", ...flags, "--json"]);
    expect(code).toBe(0);
    const plan = fromJson(out) as { monitoring: { method: string }; n: { control: number } };
    expect(plan.monitoring.method).toBe(method);
    expect(plan.n.control).toBeGreaterThan(80_682);
  });

  it("plans from flags, with a proxy and what is believed of it", async () => {
    const flags = [
      "--baseline",
      "0.02",
      "--lift",
      "0.1",
      "--total-units-per-day",
      "4000",
      "--micro-rate",
      "0.1",
      "--micro-lift",
      "0.1",
      "--nested",
    ];
    const beliefs = ["--tau-proxy", "0.05", "--elasticity", "0.8", "--direct-sd", "0.02"];
    const { code, out } = await cli(["plan", ...flags, ...beliefs, "--json"]);
    expect(code).toBe(0);
    const plan = fromJson(out) as {
      n: { control: number };
      proxies: { detection: { decision: { status: string } } }[];
    };
    expect(plan.n.control).toBe(80_682);
    expect(plan.proxies[0]?.detection.decision.status).toBe("ok");
  });

  it.each([
    [["plan"], "needs a document, or --baseline and --lift"],
    [
      ["plan", "--baseline", "0.02", "--lift", "0.1", "--micro-rate", "0.1"],
      "needs both --micro-rate and --micro-lift",
    ],
    [["plan", "--baseline", "0.02", "--lift", "90"], "metrics[0].lift"],
    [["plan", "--baseline", "2", "--lift", "0.1"], "metrics[0].baseline"],
    [["plan", "--baseline", "0.02", "--lift", "0.1", "--treatments", "1.5"], "--treatments = 1.5"],
    [["plan", "--baseline", "0.02", "--lift", "0.1", "--tau-proxy", "1"], "true effects need"],
    [["plan", "--baseline", "0.02", "--lift", "0.1", "--looks", "5", "--any-time"], "give one of them"],
    [["plan", "--baseline", "0.02", "--lift", "0.1", "--looks", "70"], "monitoring.looks"],
    [["plan", "nowhere.json"], "cannot read nowhere.json"],
  ])("answers %j with exit code 1 and one line", async (args, message) => {
    const { code, out, err } = await cli(args);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toContain(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("microlift analyze", () => {
  it("reads a document, and two arms given as flags", async () => {
    expect((await cli(["analyze", join(examples, "hillstrom-data.json")])).out).toContain("Men's e-mail");
    const { code, out } = await cli([
      "analyze",
      "--control",
      "122/21306",
      "--treatment",
      "267/21307",
      "--planned-n",
      "20000",
      "--json",
    ]);
    expect(code).toBe(0);
    expect(fromJson(out)).toMatchObject({
      kind: "experiment-readout",
      treatments: [{ decision: { action: "ship" } }],
    });
  });

  it("takes standard input, and says what is wrong with it", async () => {
    const document = readFileSync(join(examples, "hillstrom-data.json"), "utf8");
    expect((await cli(["analyze", "-"], document)).code).toBe(0);
    const broken = await cli(["analyze", "-"], "{");
    expect(broken.code).toBe(1);
    expect(broken.err).toContain("standard input must be JSON");
    const empty = await cli(["analyze", "-"], "{}");
    expect(empty.code).toBe(1);
    expect(empty.err).toContain("data.name");
  });
});

describe("microlift proxy", () => {
  it("judges joint counts after a test, and rates before one", async () => {
    const counts = ["--control", "19044,0,2140,122", "--treatment", "17413,0,3627,267"];
    const after = await cli([
      "proxy",
      ...counts,
      "--tau-proxy",
      "0.1",
      "--elasticity",
      "0.8",
      "--direct-sd",
      "0.05",
      "--json",
    ]);
    expect(fromJson(after.out)).toMatchObject({ kind: "proxy-assessment", light: "amber" });
    const before = await cli([
      "proxy",
      "--micro-rate",
      "0.1",
      "--macro-rate",
      "0.02",
      "--micro-lift",
      "0.1",
      "--macro-lift",
      "0.1",
    ]);
    expect(before.code).toBe(0);
    expect(before.out).toMatch(/decid/i);
  });

  it("learns from past tests how true effects go together, and judges by it", async () => {
    const past = join(examples, "past-experiments.json");
    const learned = await cli(["proxy", "--past", past, "--json"]);
    expect(fromJson(learned.out)).toMatchObject({ kind: "effect-covariance-estimate", experiments: 40 });
    const counts = ["--control", "18000,0,1600,400", "--treatment", "17900,0,1670,430"];
    const judged = await cli(["proxy", "--past", past, ...counts, "--json"]);
    expect(fromJson(judged.out)).toMatchObject({
      kind: "proxy-assessment",
      assisted: { overPosterior: { probabilityGainsMore: expect.any(Number) as number } },
    });
    expect((await cli(["proxy", "--past", past, ...counts, "--rho", "0.5"])).err).toContain("give either");
  });

  it("says what is missing", async () => {
    expect(await cli(["proxy"])).toMatchObject({ code: 1, out: "" });
    expect((await cli(["proxy", "--control", "1,2,3,4"])).err).toContain("--treatment");
  });
});

describe("microlift call", () => {
  const call = (name: string, input: unknown): Promise<Run> => cli(["call", name], JSON.stringify(input));

  it("gives the very numbers of the library", async () => {
    const input = { control: { n: 1000, conversions: 30 }, treatment: { n: 1000, conversions: 45 } };
    expect(fromJson((await call("compareProportions", input)).out)).toEqual(
      structuredClone(compareProportions(input)),
    );
  });

  it("spreads a list over the arguments, and leaves a list alone where a list is the argument", async () => {
    expect(Number((await call("beta.sf", [0.3, 2, 5])).out)).toBeCloseTo(0.420175, 6);
    expect(fromJson((await call("adjustPValues", [0.01, 0.04])).out)).toEqual([0.02, 0.04]);
    expect(fromJson((await call("adjustPValues", [[0.01, 0.04], "bonferroni"])).out)).toEqual([0.02, 0.08]);
    expect(
      fromJson(
        (
          await call("mergeProportions", [
            { n: 1, conversions: 1 },
            { n: 2, conversions: 0 },
          ])
        ).out,
      ),
    ).toEqual({ n: 3, conversions: 1 });
  });

  it("knows every function whose first argument is a list", () => {
    const api = readFileSync(resolve(import.meta.dirname, "../../docs/api/microlift.api.md"), "utf8");
    const names = [...api.matchAll(/^export function (\w+)(?:<.*>)?\(\w+: readonly .*?\[\][,)]/gm)];
    expect(names.length).toBeGreaterThan(5);
    for (const [, name] of names) expect(argumentsFrom(name!, [1, 2])).toEqual([[1, 2]]);
  });

  it("waits for a function that takes its time", async () => {
    const input = { control: { n: 1000, conversions: 30 }, treatment: { n: 1000, conversions: 45 } };
    expect((await call("toHtml", compareProportions(input))).out).toContain("<!doctype html>");
  });

  it("carries infinities both ways", async () => {
    expect(fromJson((await call("normal.cdf", "Infinity")).out)).toBe(1);
    expect((await call("normal.quantile", 0)).out.trim()).toBe('"-Infinity"');
  });

  it.each([
    "nothing",
    "constructor",
    "__proto__",
    "beta",
    "beta.constructor",
    "toString",
    "normal.cdf.call",
    "DomainError",
  ])("does not know %s", async (name) => {
    const { code, err } = await call(name, {});
    expect(code).toBe(1);
    expect(err).toContain("there is no function");
  });

  it("answers wrong input with the message alone, and exit code 1", async () => {
    for (const input of [
      {},
      null,
      5,
      [],
      { control: { n: 1, conversions: 2 }, treatment: { n: 1, conversions: 0 } },
    ]) {
      const { code, out, err } = await call("compareProportions", input);
      expect(code).toBe(1);
      expect(out).toBe("");
      expect(err).toMatch(/^microlift: .+\n$/);
      expect(err).not.toMatch(/\bat .*\.ts/);
    }
  });

  it("lists the functions in its help", async () => {
    const { code, out } = await cli(["call", "--help"]);
    expect(code).toBe(0);
    expect(out).toContain("compareProportions");
    expect(out).toContain("beta.{");
  });
});

describe("usage", () => {
  it.each([
    [["fly"]],
    [["plan", "--speed", "3"]],
    [["plan", "--baseline", "2%"]],
    [["call"]],
    [["analyze", "--control", "5"]],
    [["plan", join(examples, "hillstrom-plan.json"), "--alpha", "0.001"]],
    [["analyze", join(examples, "hillstrom-data.json"), "--planned-n", "9"]],
    [["proxy", "--control", "1,2,3,4", "--power", "0.9"]],
    [[]],
  ])("of %j ends with exit code 2 and help on standard error", async (args) => {
    const { code, out, err } = await cli(args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).not.toBe("");
  });

  it("suggests the command that was meant", async () => {
    expect((await cli(["analyse"])).err).toContain("analyze");
  });

  it("shows help and version with exit code 0", async () => {
    for (const args of [["--help"], ["plan", "--help"], ["--version"]]) {
      const { code, out } = await cli(args);
      expect(code).toBe(0);
      expect(out).not.toBe("");
    }
  });
});

describe("the terminal's files", () => {
  let folder = "";
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are written whole or not at all", async () => {
    folder = mkdtempSync(join(tmpdir(), "microlift-io-"));
    const file = join(folder, "report.md");
    terminal.write(file, "one");
    terminal.write(file, "two");
    expect(readFileSync(file, "utf8")).toBe("two");
    expect(readdirSync(folder)).toEqual(["report.md"]);
    expect(() => terminal.write(join(folder, "no/such/report.md"), "x")).toThrow("cannot write");
    expect(() => terminal.write(folder, "x")).toThrow("cannot write");
    expect(readdirSync(folder)).toEqual(["report.md"]);
    expect(() => terminal.read(join(folder, "none.json"))).toThrow("cannot read");
  });
});
