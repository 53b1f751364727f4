import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { terminal } from "../../src/cli/io.ts";
import { cli } from "../support/command-line.ts";

const plan = {
  name: "A test",
  control: "old",
  treatments: ["new"],
  metrics: [{ name: "sale", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 }],
};

describe("an error", () => {
  it.each([
    [["analyse"], 2, "(Did you mean analyze?)"],
    [["plan", "--basline", "0.02"], 2, "(Did you mean --baseline?)"],
    [["plan", "--alternative", "two-sidd"], 2, "Allowed choices are two-sided, greater, less."],
    [["completion", "tcsh"], 2, "Allowed choices are bash, zsh, fish."],
    [["call", "comparePropotions"], 1, '(did you mean "compareProportions"?)'],
    [["call", "beta.fs"], 1, '(did you mean "beta.sf"?)'],
  ])("says what was meant: %j", async (args, exit, message) => {
    const { code, out, err } = await cli(args, "{}");
    expect(code).toBe(exit);
    expect(out).toBe("");
    expect(err).toContain(message);
  });

  it("points to the other command where it got the other document", async () => {
    const analyzed = await cli(["analyze", "-"], JSON.stringify(plan));
    expect(analyzed.err).toContain("- is a plan: read it by microlift plan -");
    const planned = await cli(["plan", "-"], JSON.stringify({ name: "A test", arms: [], metrics: [] }));
    expect(planned.err).toContain("- is the data of a test: read it by microlift analyze -");
  });

  it.each(["", "   ", "\n"])("refuses a name of nothing but blanks: %j", async (name) => {
    const { code, err } = await cli(["plan", "-"], JSON.stringify({ ...plan, name }));
    expect(code).toBe(1);
    expect(err).toContain("must be a text that is not empty");
  });

  it.each([
    [{ alhpa: 0.05 }, 'plan.alhpa = 0.05, is not a known field here (did you mean "alpha"?)'],
    [{ alternative: "two-sidd" }, 'plan.alternative = "two-sidd", must be one of'],
  ])("names the field of a document and what was meant: %j", async (change, message) => {
    const { code, out, err } = await cli(["plan", "-"], JSON.stringify({ ...plan, ...change }));
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toContain(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });

  it("in JSON names line and column", async () => {
    const { code, err } = await cli(["plan", "-"], '{\n  "name": "x",\n  "control": old\n}');
    expect(code).toBe(1);
    expect(err).toBe("microlift: standard input must be JSON: expected a value at line 3, column 14\n");
  });

  it("holds names from a document as text, on one line", async () => {
    const change = { decisionRule: { kind: "proxy-assisted", proxy: "\u001b[31mred\u0007\r\nsecond line" } };
    const { err } = await cli(["plan", "-"], JSON.stringify({ ...plan, ...change }));
    expect(err).toContain("[31mred second line");
    expect(err).not.toMatch(/\p{Cc}(?!$)/u);
  });

  it("that nobody foresaw is one line too, and shows where it arose for those who look", async () => {
    const broken = {
      work: () => {
        throw new RangeError("Maximum call stack size exceeded");
      },
    };
    const args = ["plan", "--baseline", "0.02", "--lift", "0.1"];
    const { code, out, err } = await cli(args, "", broken);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toMatch(
      /^microlift: RangeError: Maximum.* is a fault of microlift \d+\.\d+\.\d+.*report.*\n$/,
    );
    const looked = await cli(args, "", { ...broken, env: { DEBUG: "express,microlift" } });
    expect(looked.err).toMatch(/\n\s+at /);
    expect((await cli(args, "", { ...broken, env: { DEBUG: "express" } })).err).toBe(err);
  });
});

describe("a file that cannot be read", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "microlift-files-"));
    writeFileSync(join(folder, "checkout-plan.json"), `\uFEFF${JSON.stringify(plan)}`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is told apart by why, and a name that is nearly there is offered", () => {
    const read = (path: string) => () => terminal.read(join(folder, path));
    expect(read("chekout-plan.json")).toThrow(/no such file \(did you mean "checkout-plan.json"\?\)$/);
    expect(read("sales.csv")).toThrow(/there is no such file$/);
    expect(read("nowhere/plan.json")).toThrow(/there is no folder .*nowhere$/);
    expect(read(".")).toThrow(/it is a folder$/);
  });

  it("is not one that begins with a byte order mark", async () => {
    const file = join(folder, "checkout-plan.json");
    expect((await cli(["plan", file, "--json"], "", { read: terminal.read })).code).toBe(0);
  });

  it("is one that is no UTF-8, instead of names with letters lost", () => {
    const file = join(folder, "utf-16.json");
    writeFileSync(file, `\uFEFF${JSON.stringify(plan)}`, "utf16le");
    expect(() => terminal.read(file)).toThrow(/^cannot read .*: it is no text in UTF-8/);
    writeFileSync(file, JSON.stringify({ ...plan, name: "Caf\u00e9" }), "latin1");
    expect(() => terminal.read(file)).toThrow(/^cannot read .*: it is no text in UTF-8/);
  });

  it("is one that is nested so deep that no engine reads it", async () => {
    const { code, err } = await cli(["plan", "-"], "[".repeat(1e5) + "]".repeat(1e5));
    expect(code).toBe(1);
    expect(err).toMatch(/^microlift: text = .*must be JSON of fewer levels\n$/);
  });
});

describe("a file that is written", () => {
  let folder = "";
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "microlift-written-"))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("takes the place of the one that a link leads to, and the link stays", () => {
    const [file, link] = [join(folder, "report.html"), join(folder, "latest.html")];
    writeFileSync(file, "old");
    symlinkSync(file, link);
    terminal.write(link, "new");
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["latest.html", "report.html"]);
  });

  it.skipIf(process.platform === "win32")("leaves a pipe or a device what it is", () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = openSync(pipe, constants.O_RDWR);
    terminal.write(pipe, "page");
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(readSync(reader, Buffer.alloc(10))).toBe(4);
    closeSync(reader);
  });
});
