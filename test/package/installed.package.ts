import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Installation, installPacked } from "../support/packed-package.ts";

// The packed tarball, as a user's node_modules holds it.

const root = resolve(import.meta.dirname, "../..");
let home = "";
let installed = "";
let installation: Installation;

beforeAll(() => {
  installation = installPacked();
  ({ home, installed } = installation);
});

afterAll(() => installation.remove());

function node(file: string, code: string): string {
  writeFileSync(join(home, file), code);
  return execFileSync(process.execPath, [file], { cwd: home, encoding: "utf8" }).trim();
}

const CALL = `sampleSizeForProportions({ baseline: 0.05, lift: 0.2 }).control`;

describe("the installed package", () => {
  it("is imported as a module and required as CommonJS", () => {
    expect(node("a.mjs", `import { sampleSizeForProportions } from "microlift"; console.log(${CALL});`)).toBe(
      "8158",
    );
    expect(
      node("a.cjs", `const { sampleSizeForProportions } = require("microlift"); console.log(${CALL});`),
    ).toBe("8158");
  });

  it.each([
    [
      "w.mjs",
      'import { createRandom, simulateSequential } from "microlift"; import { simulateSequentialInWorkers } from "microlift/workers";',
    ],
    [
      "w.cjs",
      'const { createRandom, simulateSequential } = require("microlift"); const { simulateSequentialInWorkers } = require("microlift/workers");',
    ],
  ])("simulates on threads what it simulates on one: %s", (file, imports) => {
    const design = `{ baseline: 0.3, lift: 0.1, n: [50], upper: [1.5], lower: [-2], experiments: 200_001 }`;
    const code = `${imports}
      const alone = simulateSequential({ ...${design}, rng: createRandom(4) });
      simulateSequentialInWorkers({ ...${design}, seed: 4, workers: 2 }).then((shared) =>
        console.log(JSON.stringify(shared) === JSON.stringify(alone)));`;
    expect(node(file, code)).toBe("true");
  });

  it("has errors of one class on threads and on none", () => {
    const code = `import { DomainError } from "microlift"; import { simulateSequentialInWorkers } from "microlift/workers";
      simulateSequentialInWorkers({ baseline: 2, lift: 0, n: [50], upper: [2] }).catch((error) =>
        console.log(error instanceof DomainError, error.field));`;
    expect(node("f.mjs", code)).toBe("true baseline");
  });

  it("has every subpath, in both kinds, with the functions of the root", () => {
    const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
      exports: object;
    };
    // What starts threads is no part of the root.
    const others = new Set([".", "./workers"]);
    const paths = Object.keys(exports).filter((path) => !others.has(path) && !path.endsWith(".json"));
    expect(paths.length).toBeGreaterThanOrEqual(8);
    for (const path of paths) {
      const specifier = `microlift${path.slice(1)}`;
      const report = `Object.keys(floor).filter((name) => !(name in root)).join()`;
      expect(
        node(
          "b.mjs",
          `import * as root from "microlift"; import * as floor from "${specifier}"; console.log(${report});`,
        ),
      ).toBe("");
      expect(
        node(
          "b.cjs",
          `const root = require("microlift"); const floor = require("${specifier}"); console.log(${report});`,
        ),
      ).toBe("");
    }
  });

  it("holds the JSON Schemas of documents", () => {
    const code = `console.log(require("microlift/schemas/experiment-plan.schema.json").title);`;
    expect(node("schema.cjs", code)).toBe("Plan of an experiment");
  });

  it("throws one and the same DomainError through every door", () => {
    const code = `import { DomainError } from "microlift"; import { compareProportions } from "microlift/inference";
      try { compareProportions({ control: { n: 1, conversions: 2 }, treatment: { n: 1, conversions: 1 } }); }
      catch (error) { console.log(error instanceof DomainError, error.message); }`;
    expect(node("c.mjs", code)).toBe("true control.conversions = 2, must be at most n = 1");
  });

  it("runs where code generation from strings is forbidden", () => {
    writeFileSync(
      join(home, "d.mjs"),
      `import { planExperiment } from "microlift";
       try { planExperiment({}); } catch (error) { console.log(error.name); }`,
    );
    const output = execFileSync(process.execPath, ["--disallow-code-generation-from-strings", "d.mjs"], {
      cwd: home,
      encoding: "utf8",
    });
    expect(output.trim()).toBe("DomainError");
  });

  it("brings its command line, with exit codes 0, 1 and 2", () => {
    const cli = join(installed, "dist/cli.js");
    const call = (
      args: readonly string[],
      input = "",
    ): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(process.execPath, [cli, ...args], { input, encoding: "utf8", cwd: home });
    const good = call(
      ["call", "compareProportions"],
      '{"control":{"n":21306,"conversions":122},"treatment":{"n":21307,"conversions":267}}',
    );
    expect(good.status).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ kind: "proportion-comparison", method: "score" });
    const wrong = call(["analyze", "--control", "5/3", "--treatment", "1/3"]);
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain("must be at most n = 3");
    expect(wrong.stderr).not.toMatch(/\n\s+at /);
    expect(call(["analyse"]).status).toBe(2);
    expect(call(["--version"]).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("writes a web page: with charts where Vega is installed, and with tables where it is not", () => {
    const args = ["analyze", "--control", "122/21306", "--treatment", "267/21307", "--html", "page.html"];
    const run = (): { stderr: string; page: string } => {
      const { stderr, status } = spawnSync(process.execPath, [join(installed, "dist/cli.js"), ...args], {
        encoding: "utf8",
        cwd: home,
      });
      expect(status).toBe(0);
      return { stderr, page: readFileSync(join(home, "page.html"), "utf8") };
    };
    const without = run();
    expect(without.stderr).toContain("npm install vega vega-lite");
    expect(without.page).toContain("<table");
    expect(without.page).not.toContain('aria-roledescription="visualization"');
    for (const name of ["vega", "vega-lite"]) {
      symlinkSync(join(root, "node_modules", name), join(home, "node_modules", name));
    }
    const drawn = run();
    expect(drawn.stderr).toBe("Written as a web page to page.html\n");
    expect(drawn.page).toContain("marks");
  });

  it("sums up rows where DuckDB is installed, and says what to install where it is not", () => {
    const rows = join(root, "examples/rows");
    const files = ["exposures", "events"].map((name) => `${name}=${join(rows, `${name}.csv`)}`);
    const args = ["analyze", ...files, "--config", join(rows, "shop.json")];
    const run = (): { stdout: string; stderr: string } =>
      spawnSync(process.execPath, [join(installed, "dist/cli.js"), ...args], { encoding: "utf8", cwd: home });
    expect(run().stderr).toMatch(/^microlift: .*npm install @duckdb\/node-api beside microlift\n$/);
    symlinkSync(join(root, "node_modules/@duckdb"), join(home, "node_modules/@duckdb"));
    expect(run()).toMatchObject({
      stdout: expect.stringMatching(/^Shorter checkout\n/),
      stderr: expect.stringMatching(/^Read as of [^\n]*\n$/),
    });
  });

  it("holds its licence, its readme and no test", () => {
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
    expect(existsSync(join(installed, "LICENSE"))).toBe(true);
    expect(files).toContain("README.md");
    expect(files).toContain("docs/third-party-licenses.md");
    expect(files.filter((name) => /^(test|bench|src|node_modules)\b/.test(name))).toEqual([]);
  });
});
