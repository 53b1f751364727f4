import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { drawSvg } from "../../src/cli/draw-svg.ts";
import { hasColors } from "../../src/cli/colors.ts";
import { cli } from "../support/command-line.ts";

const data = resolve(import.meta.dirname, "../../examples/hillstrom-data.json");
const arms = ["analyze", "--control", "122/21306", "--treatment", "267/21307"];

describe("a web page", () => {
  it("is one whole page with its charts, and the report is printed as without it", async () => {
    const { code, out, err, files } = await cli(["analyze", data, "--html", "report.html"], "", {
      drawer: drawSvg,
    });
    expect(code).toBe(0);
    expect(out).toBe((await cli(["analyze", data])).out);
    expect(err).toBe("Written as a web page to report.html\n");
    const page = files.get("report.html")!;
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toMatch(/<svg[\s\S]*<\/html>\s*$/);
  });

  it("has its tables where Vega is not installed, and one line says how to get charts", async () => {
    const { code, err, files } = await cli(["analyze", data, "--html", "report.html"]);
    expect(code).toBe(0);
    expect(err).toContain("npm install vega vega-lite");
    expect(err.trimEnd().split("\n")).toHaveLength(2);
    expect(files.get("report.html")).toMatch(/<table[\s\S]*<\/html>\s*$/);
  });

  it("and Markdown may go to standard output instead of text", async () => {
    expect((await cli([...arms, "--html", "-"])).out).toMatch(/^<!doctype html>/i);
    const { out, err, files } = await cli([...arms, "--markdown", "-"]);
    expect(out).toMatch(/^## /);
    expect(err).toBe("");
    expect(files.size).toBe(0);
  });

  it.each([
    [["--json", "--markdown", "-"], "--json and --markdown - both print"],
    [["--html", "r", "--markdown", "r"], "--markdown and --html both name r"],
    [["--html", "-", "--markdown", "-"], "--markdown - and --html - both print"],
  ])("does not go there beside another: %j", async (flags, message) => {
    const { code, out, err } = await cli([...arms, ...flags]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(message);
  });

  it("and Markdown and JSON all come out of one run", async () => {
    const { out, files } = await cli([...arms, "--json", "--markdown", "r.md", "--html", "r.html"]);
    expect(JSON.parse(out)).toMatchObject({ kind: "experiment-readout" });
    expect([...files.keys()]).toEqual(["r.md", "r.html"]);
  });

  it("is written of every result that is printed", async () => {
    const past = join(data, "../past-experiments.json");
    for (const args of [
      ["plan", "--baseline", "0.02", "--lift", "0.1"],
      ["proxy", "--past", past],
      ["proxy", "--micro-rate", "0.1", "--macro-rate", "0.02", "--micro-lift", "0.1", "--macro-lift", "0.1"],
    ]) {
      const { code, files } = await cli([...args, "--html", "r.html", "--markdown", "r.md"]);
      expect(code).toBe(0);
      expect([...files.keys()]).toEqual(["r.md", "r.html"]);
    }
  });

  it("is not begun for a document that is at fault: one line says where", async () => {
    const broken = JSON.stringify({ name: "x", control: "a", metrics: [], arms: [] });
    const { code, out, err, files } = await cli(
      ["analyze", "-", "--html", "r.html", "--markdown", "r.md"],
      broken,
    );
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(files.size).toBe(0);
    expect(err).toMatch(/^microlift: data\.metrics = .*\n$/);
  });
});

describe("colour", () => {
  const plain = (text: string): string => text.replaceAll("\u001b", "␛");
  const person = { outIsTerminal: true, errIsTerminal: true };

  it.each([
    [false, {}, undefined, false],
    [true, {}, undefined, true],
    [true, { TERM: "xterm-256color", NO_COLOR: "" }, undefined, true],
    [true, { NO_COLOR: "1" }, undefined, false],
    [true, { NO_COLOR: "0" }, undefined, false],
    [true, { TERM: "dumb" }, undefined, false],
    [false, { FORCE_COLOR: "1" }, undefined, true],
    [true, { FORCE_COLOR: "0" }, undefined, false],
    [true, { FORCE_COLOR: "false" }, undefined, false],
    [true, { FORCE_COLOR: "1", NO_COLOR: "1" }, undefined, false],
    [true, {}, false, false],
    [false, { NO_COLOR: "1" }, true, true],
  ])("on a terminal (%s), with %j and the option %s, is %s", (isTerminal, env, wish, expected) => {
    expect(hasColors(isTerminal, env, wish)).toBe(expected);
  });

  it("is in reports, help and errors on a terminal, and nowhere else", async () => {
    for (const args of [arms, ["--help"], ["plan", "--help"], ["plan"], ["plan", "--lifft", "1"]]) {
      const seen = await cli(args, "", person);
      expect(seen.out + seen.err).toContain("\u001b[");
      for (const world of [{}, { ...person, env: { NO_COLOR: "1" } }, { ...person, env: { TERM: "dumb" } }]) {
        const quiet = await cli(args, "", world);
        expect(quiet.out + quiet.err).not.toContain("\u001b");
        expect(plain(seen.out).replaceAll(/␛\[\d+m/g, "")).toBe(quiet.out);
      }
    }
  });

  it("may be asked for or refused before and after the command", async () => {
    expect((await cli([...arms, "--color"])).out).toContain("\u001b[1m");
    expect((await cli(["--no-color", ...arms], "", person)).out).not.toContain("\u001b");
    expect((await cli([...arms, "--no-color"], "", person)).out).not.toContain("\u001b");
  });

  it("is never in JSON, Markdown or a page", async () => {
    for (const flags of [["--json"], ["--markdown", "-"], ["--html", "-"]]) {
      expect((await cli([...arms, ...flags, "--color"], "", person)).out).not.toContain("\u001b");
    }
  });
});
