import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { displayWidth } from "../../src/report/display-width.ts";
import { type Clone, commandLine, type CommandLine } from "../support/shell.ts";

const root = resolve(import.meta.dirname, "../..");
const PSEUDO_TERMINAL = join(root, "test/support/pseudo-terminal.py");
const hasTerminal = spawnSync("python3", ["-c", "import pty"]).status === 0;
const INTERRUPT = "\u0003";
const ERASED = "\r\u001b[2K";

let line: CommandLine;
let clone: Clone;
beforeAll(async () => {
  line = await commandLine();
  clone = line.clone();
});
afterAll(() => {
  clone.remove();
  line.remove();
});

interface Screen {
  readonly columns?: number;
  /** What to type, and what must be on the screen before. */
  readonly keys?: string;
  readonly after?: string;
  readonly env?: string;
}

/** Everything that a command shows in a terminal, and how it ended. */
async function inTerminal(command: string, { columns = 80, keys = "", after = "", env = "" }: Screen = {}) {
  const words = [String(columns), after, keys].map((word) => `'${word}'`).join(" ");
  const { printed } = await clone.bash(
    `NO_COLOR= TERM=xterm ${env} python3 '${PSEUDO_TERMINAL}' ${words} ${command}`,
  );
  const [, shown, ended] = /^([\s\S]*)\n((?:signal|exit) \d+)$/.exec(printed)!;
  return { shown: shown!, ended: ended! };
}

/** A document that takes some seconds. */
function manyArms(): string {
  const metrics = Array.from({ length: 40 }, (_, i) => ({
    name: `metric ${i}`,
    role: i === 0 ? "macro" : "secondary",
    kind: "proportion",
  }));
  const arms = Array.from({ length: 200 }, (_, i) => ({
    name: `arm ${i}`,
    n: 10_000,
    results: metrics.map(({ name }, k) => ({ metric: name, conversions: 400 + ((i * 7 + k * 13) % 100) })),
  }));
  return JSON.stringify({
    name: "Many arms",
    control: "arm 0",
    metrics,
    arms,
    views: ["frequentist", "bayesian"],
  });
}

describe("a pipe", () => {
  it("that is closed early is no fault", async () => {
    const command = "microlift analyze examples/hillstrom-data.json --json | head -n 1";
    expect(await clone.bash(command)).toEqual({ printed: "{\n", exit: 0 });
    // Nobody reads at all, and there is more to write than a pipe holds.
    const piped = "{ microlift completion bash; microlift plan examples/hillstrom-plan.json --json; } | true";
    expect(await clone.bash(piped)).toEqual({ printed: "", exit: 0 });
  });

  it("gets no colour and no progress", async () => {
    const { printed } = await clone.bash("unset NO_COLOR; microlift analyze examples/hillstrom-data.json");
    expect(printed).not.toContain("\u001b");
  });
});

describe("exit codes", () => {
  it.each([
    ["microlift analyze examples/hillstrom-data.json", 0],
    ["microlift analyze examples/hillstrom-dat.json", 1],
    ["microlift analyze --speed 3", 2],
    ["microlift", 2],
  ])("of %s: %d", async (command, exit) => {
    expect((await clone.bash(command)).exit).toBe(exit);
  });
});

describe.skipIf(!hasTerminal)("in a terminal", () => {
  it.each([80, 40])("a report is in colour and fits %d columns", async (columns) => {
    const { shown, ended } = await inTerminal("microlift analyze examples/hillstrom-data.json", { columns });
    expect(ended).toBe("exit 0");
    expect(shown).toContain("\u001b[1m");
    expect(shown).not.toContain(ERASED);
    const lines = shown
      .replaceAll("\u001b", "␛")
      .replaceAll(/␛\[\d+m/g, "")
      .split("\r\n");
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
  });

  it("a report has no colour where nobody wants it, and help has room in 30 columns", async () => {
    const command = "microlift plan --baseline 0.02 --lift 0.1";
    expect((await inTerminal(command, { env: "NO_COLOR=1" })).shown).not.toContain("\u001b");
    expect((await inTerminal(command, { env: "TERM=dumb" })).shown).not.toContain("\u001b");
    expect((await inTerminal(command, { columns: 30 })).ended).toBe("exit 0");
  });

  it("work that takes over a second is named, and the line is gone when it is done", async () => {
    // A task as long as the clock says, so that nothing depends on the machine's speed.
    await build({
      stdin: {
        resolveDir: root,
        contents: `
          import { startProgress } from "./src/cli/progress.ts";
          const progress = startProgress({ isShown: true, columns: process.stderr.columns });
          const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
          progress.work("reading a\\u001b[31m.json", () => wait(100));
          progress.work("analyzing " + "a long name ".repeat(10), () => wait(1500));
          progress.clear();
          process.stdout.write("the report");`,
      },
      outfile: join(clone.folder, "slow.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
    });
    const { shown, ended } = await inTerminal(`${process.execPath} slow.mjs`, { columns: 50 });
    expect(ended).toBe("exit 0");
    const drawn = shown.split(ERASED);
    expect(drawn.length).toBeGreaterThan(2);
    expect(drawn[0]).toBe("");
    expect(drawn.at(-1)).toBe("the report");
    for (const words of drawn.slice(1, -1)) {
      expect(words).toMatch(/^analyzing a long name .*… … [123] s$/);
      expect(displayWidth(words)).toBeLessThan(50);
    }
  });

  it("Ctrl-C ends a long computation at once, and leaves no line and no file", async () => {
    writeFileSync(join(clone.folder, "many.json"), manyArms());
    const before = readdirSync(clone.folder);
    const { shown, ended } = await inTerminal("microlift analyze many.json --html many.html", {
      keys: INTERRUPT,
      after: "analyzing",
    });
    expect(ended).toBe("signal 2");
    expect(shown).toContain("analyzing many.json: 200 arms × 40 metrics … ");
    expect(shown.endsWith(ERASED)).toBe(true);
    expect(readdirSync(clone.folder)).toEqual(before);
  });

  it.each([
    ["its end", "\u0004", "exit 0"],
    ["Ctrl-C", INTERRUPT, "signal 2"],
  ])("a stream that goes to a file is counted, until %s", async (_, keys, ended) => {
    writeFileSync(
      join(clone.folder, "stream"),
      `{ tr -d '\n' < examples/hillstrom-data.json; echo; cat; } | microlift analyze --ndjson - > stream.ndjson`,
    );
    const screen = await inTerminal("bash stream", { keys, after: "experiments: 1 " });
    expect(screen.ended).toBe(ended);
    expect(screen.shown).toMatch(/^\r\S+analyzing experiments: 1 … \d+ s/);
    expect(screen.shown.endsWith(ERASED)).toBe(true);
    expect(readFileSync(join(clone.folder, "stream.ndjson"), "utf8")).toMatch(/^{.*}\n$/);
  });

  it("Ctrl-C ends the reading of rows, and leaves nothing behind", async () => {
    // A pipe that nobody writes to: what waits for it waits as long as a large file takes.
    execFileSync("mkfifo", [join(clone.folder, "slow.csv")]);
    const before = readdirSync(clone.folder);
    const rows = "exposures=slow.csv events=examples/rows/events.csv --config examples/rows/shop.json";
    const { shown, ended } = await inTerminal(`microlift analyze ${rows} --html rows.html`, {
      keys: INTERRUPT,
      after: "opening the rows",
      env: `TMPDIR='${clone.folder}'`,
    });
    expect(ended).toBe("signal 2");
    expect(shown.endsWith(ERASED)).toBe(true);
    expect(readdirSync(clone.folder)).toEqual(before);
  });

  it("a wait for standard input is said, and Ctrl-C ends it", async () => {
    const { ended } = await inTerminal("microlift analyze -", { keys: INTERRUPT, after: "Ctrl-D ends it" });
    expect(ended).toBe("signal 2");
  });
});
