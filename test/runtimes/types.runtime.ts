import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { root } from "../support/pages.ts";
import { installDeno, installRuntimes } from "../support/runtimes.ts";

// The types of the packed package, as a consumer's compiler reads them: nothing of libraries is skipped.

const home = inject("home");
const consumer = join(home, "consumer");

const specifiers = Object.keys(manifest.exports)
  .filter((path) => !path.endsWith(".json"))
  .map((path) => `microlift${path.slice(1)}`);

const CONSUMER = `${specifiers.map((specifier, i) => `import * as entry${i} from "${specifier}";`).join("\n")}
import { analyzeExperiment, compareProportions, createRandom, DomainError, experimentPlanSchema, toMarkdown } from "microlift";
import type { Estimate, ExperimentData, ExperimentReadout, Proportion, Random } from "microlift";

const control: Proportion = { n: 21306, conversions: 122 };
const { lift, pValue } = compareProportions({ control, treatment: { n: 21307, conversions: 267 } });
const estimate: Estimate = lift;
const chance: number | null = pValue;
const random: Random = createRandom(1);
export function read(document: ExperimentData): string {
  const readout: ExperimentReadout = analyzeExperiment(document);
  return toMarkdown(readout);
}
// @ts-expect-error a misspelt field is seen
compareProportions({ control, treatmnt: control });
// @ts-expect-error so is a text in place of a number
compareProportions({ control, treatment: { n: "1", conversions: 0 } });
export const all = [${specifiers.map((_, i) => `entry${i}`).join(", ")}, estimate, chance, random, DomainError, experimentPlanSchema];
`;

interface Project {
  readonly module: "node16" | "nodenext" | "esnext";
  readonly moduleResolution: "node16" | "nodenext" | "bundler";
  readonly file: "consumer.mts" | "consumer.cts" | "consumer.ts";
  readonly types: readonly string[];
}

const resolved = (
  moduleResolution: Project["moduleResolution"],
  file: Project["file"],
  types = ["node"],
): Project => ({
  module: moduleResolution === "bundler" ? "esnext" : moduleResolution,
  moduleResolution,
  file,
  types,
});
const projects: readonly Project[] = [
  resolved("node16", "consumer.mts"),
  resolved("node16", "consumer.cts"),
  resolved("nodenext", "consumer.mts"),
  resolved("nodenext", "consumer.cts"),
  resolved("bundler", "consumer.ts"),
  resolved("nodenext", "consumer.mts", []),
  resolved("bundler", "consumer.ts", []),
];

describe("the types of the package", () => {
  beforeAll(() => {
    mkdirSync(consumer, { recursive: true });
    for (const file of ["consumer.mts", "consumer.cts", "consumer.ts"])
      writeFileSync(join(consumer, file), CONSUMER);
    // What they are asked with; @types/node needs undici-types.
    for (const name of ["@types/node", "undici-types"]) {
      cpSync(join(root, "node_modules", name), join(home, "node_modules", name), { recursive: true });
    }
  });

  it.each(projects)(
    "compile in $file, resolved by $moduleResolution, with the types $types",
    ({ file, ...options }) => {
      const project = join(consumer, "tsconfig.json");
      const compilerOptions = {
        ...options,
        target: "es2022",
        lib: ["es2023"],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
      };
      writeFileSync(project, JSON.stringify({ compilerOptions, files: [file] }));
      const tsc = join(root, "node_modules/typescript/bin/tsc");
      const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
      // Without the types of Node or a page there is no URL, of which zod's own types speak.
      const ours = stdout
        .split("\n")
        .filter((line) => !/^\S*node_modules\/zod\/.* Cannot find name 'URL'\.$/.test(line));
      expect(ours.join("\n")).toBe("");
      if (options.types.length > 0) expect(status).toBe(0);
    },
  );

  it.skipIf(installRuntimes().length === 0)("are checked by Deno", () => {
    const args = ["check", "consumer/consumer.mts"];
    const { status, stderr } = spawnSync(installDeno(), args, {
      cwd: home,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    expect(stderr).not.toMatch(/error/i);
    expect(status).toBe(0);
  });
});
