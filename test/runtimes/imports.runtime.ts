import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { installRuntimes, type Runtime } from "../support/runtimes.ts";

// Every entry of the package, in both kinds, and the command line, as each runtime finds them in node_modules.

const home = inject("home");
const runtimes = installRuntimes().map((runtime) => [runtime.name, runtime] as const);

const specifiers = Object.keys(manifest.exports)
  .filter((path) => !path.endsWith(".json"))
  .map((path) => `microlift${path.slice(1)}`);

function run({ command: [program, ...args] }: Runtime, file: string, code: string): string {
  writeFileSync(join(home, file), code);
  return execFileSync(program, [...args, file], { cwd: home, encoding: "utf8" }).trim();
}

/** Prints whether each entry has names, and those of them that are not the root's own, which only two may have. */
const REPORT = `(specifier, entry) => {
  const names = Object.keys(entry).filter((name) => name !== "default" && name !== "module.exports");
  const strangers = names.filter((name) => entry[name] !== root[name]);
  console.log(specifier, names.length > 0, /\\/(browser|workers)$/.test(specifier) || strangers.join());
}`;
const EXPECTED = specifiers.map((specifier) =>
  `${specifier} true ${/\/(browser|workers)$/.test(specifier) ? "true" : ""}`.trim(),
);

const lines = (text: string): string[] => text.split("\n").map((line) => line.trim());

describe.skipIf(runtimes.length === 0)("on every runtime", () => {
  it("tries every entry of the package", () => {
    expect(specifiers.length).toBeGreaterThanOrEqual(11);
  });

  it.each(runtimes)("%s imports the root and every subpath, whose functions are the root's", (_, runtime) => {
    const imports = specifiers.map((specifier, i) => `import * as entry${i} from "${specifier}";`).join("\n");
    const reports = specifiers.map((specifier, i) => `report("${specifier}", entry${i});`).join("\n");
    const code = `${imports}\nconst root = entry0;\nconst report = ${REPORT};\n${reports}`;
    expect(lines(run(runtime, "imports.mjs", code))).toEqual(EXPECTED);
  });

  it.each(runtimes)("%s requires the same from CommonJS", (_, runtime) => {
    const reports = specifiers
      .map((specifier) => `report("${specifier}", require("${specifier}"));`)
      .join("\n");
    const code = `const root = require("microlift");\nconst report = ${REPORT};\n${reports}`;
    expect(lines(run(runtime, "requires.cjs", code))).toEqual(EXPECTED);
  });

  it.each(runtimes)("%s simulates on threads what it simulates on one", (_, runtime) => {
    const code = `import { createRandom, simulateSequential } from "microlift";
      import { simulateSequentialInWorkers } from "microlift/workers";
      const design = { baseline: 0.3, lift: 0.1, n: [50], upper: [1.5], lower: [-2], experiments: 200_001 };
      const alone = simulateSequential({ ...design, rng: createRandom(4) });
      const shared = await simulateSequentialInWorkers({ ...design, seed: 4, workers: 2 });
      console.log(JSON.stringify(shared) === JSON.stringify(alone));`;
    expect(run(runtime, "threads.mjs", code)).toBe("true");
  });

  it.each(runtimes)("%s reads the JSON Schemas and the manifest", (_, runtime) => {
    const code = `import schema from "microlift/schemas/experiment-plan.schema.json" with { type: "json" };
      import manifest from "microlift/package.json" with { type: "json" };
      console.log(schema.title, manifest.version);`;
    expect(run(runtime, "schemas.mjs", code)).toBe(`Plan of an experiment ${manifest.version}`);
  });
});

describe.skipIf(runtimes.length === 0)("the command line", () => {
  const COMMANDS: readonly (readonly [readonly string[], string?])[] = [
    [["--version"]],
    [["plan", "--baseline", "0.05", "--lift", "0.1", "--total-units-per-day", "4000"]],
    [["plan", "--help"]],
    [
      ["call", "compareProportions"],
      '{"control":{"n":1000,"conversions":50},"treatment":{"n":1000,"conversions":80}}',
    ],
    [["analyze", "--control", "122/21306", "--treatment", "267/21307"]],
    [["call", "beta.sf"], "[0.3, 2, -5]"],
  ];

  function answers({ command: [program, ...args] }: Runtime): readonly string[] {
    const cli = join(home, "node_modules/microlift/dist/cli.js");
    // What reads files and its environment has to be allowed more than the library.
    const allowed = args[0] === "run" ? ["run", "--allow-read", "--allow-env"] : args;
    return COMMANDS.map(([words, input = ""]) => {
      const { status, stdout, stderr } = spawnSync(program, [...allowed, cli, ...words], {
        cwd: home,
        encoding: "utf8",
        input,
        env: { ...process.env, NO_COLOR: "1", COLUMNS: "100" },
      });
      return `exit ${status}\n${stdout}\n${stderr}`;
    });
  }

  const expected = runtimes.length === 0 ? [] : answers(runtimes[0]![1]);

  it("answers, and complains of a wrong value in one line", () => {
    expect(expected[0]).toBe(`exit 0\n${manifest.version}\n\n`);
    expect(expected.slice(0, -1).every((answer) => answer.startsWith("exit 0\n"))).toBe(true);
    expect(expected.at(-1)).toMatch(/^exit 1\n\nmicrolift: b = -5, must lie between [^\n]+\n$/);
  });

  it.each(runtimes.slice(1))("says the same on %s", (_, runtime) => {
    expect(answers(runtime)).toEqual(expected);
  });
});
