import { build } from "esbuild";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import * as microlift from "../../src/index.ts";

// What a bundler takes in with one name of the built root.

const root = resolve(import.meta.dirname, "../..");

async function bundle(name: string): Promise<{ code: string; bytes: number; inputs: string[] }> {
  const result = await build({
    stdin: { contents: `export { ${name} } from "microlift";`, resolveDir: root },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    metafile: true,
    tsconfigRaw: {},
  });
  const output = result.outputFiles[0]!;
  const inputs = Object.values(result.metafile.outputs).flatMap((entry) => Object.keys(entry.inputs));
  return { code: output.text, bytes: gzipSync(output.contents).length, inputs };
}

/** Names that read documents, and so bring zod. */
const WITH_SCHEMAS = /^(planExperiment|analyzeExperiment|.*Schema)$/;
const light = Object.keys(microlift).filter((name) => !WITH_SCHEMAS.test(name));

describe("a bundle of one name", () => {
  it.each(light)("%s reaches neither jstat nor zod", async (name) => {
    const { code, inputs } = await bundle(name);
    expect(inputs.filter((input) => input.includes("node_modules"))).toEqual([]);
    expect(code.includes("_zod")).toBe(false);
  });

  it("sees zod where it is: the check above can fail", async () => {
    expect((await bundle("planExperiment")).code.includes("_zod")).toBe(true);
  });

  it("of compareProportions weighs at most 10 kB gzipped", async () => {
    expect((await bundle("compareProportions")).bytes).toBeLessThanOrEqual(10_000);
  });
});
