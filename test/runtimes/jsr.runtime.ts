import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import deno from "../../deno.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };
import { root } from "../support/pages.ts";
import { installDeno, installRuntimes } from "../support/runtimes.ts";

// JSR takes the sources as they are: deno.json says which.

describe("deno.json", () => {
  it("has the version, the licence and the dependencies of package.json", () => {
    expect(deno.version).toBe(manifest.version);
    expect(deno.license).toBe(manifest.license);
    expect(deno.imports["zod/mini"]).toBe(`npm:zod@${manifest.dependencies.zod}/mini`);
    expect(deno.imports["pure-rand/"]).toBe(`npm:/pure-rand@${manifest.devDependencies["pure-rand"]}/`);
  });

  it("has every entry of package.json but the one for pages without a bundler", () => {
    const entries = Object.keys(manifest.exports).filter(
      (path) => !path.endsWith(".json") && path !== "./browser",
    );
    expect(Object.keys(deno.exports)).toEqual(entries);
  });
});

describe.skipIf(installRuntimes().length === 0)("the sources on Deno", () => {
  const folder = mkdtempSync(join(tmpdir(), "microlift-jsr-"));
  for (const path of ["deno.json", ...deno.publish.include]) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(installDeno(), args, {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        NO_COLOR: "1",
        DENO_DIR: join(root, "temp/runtimes/deno-cache"),
        DENO_NO_UPDATE_CHECK: "1",
      },
    });

  it("can be published: no type of theirs is slow, and the command line stays out", () => {
    const { status, stderr } = run("publish", "--dry-run", "--allow-dirty");
    expect(stderr).not.toContain("[missing-explicit");
    expect(stderr).toContain("Dry run complete");
    expect(stderr).toContain("/src/numerics/normal.ts");
    expect(stderr).not.toContain("/src/cli/");
    expect(status).toBe(0);
  });

  it("run without a build", () => {
    const code = `import { normal } from "./src/numerics/index.ts"; import { planExperiment } from "./src/index.ts";
      console.log(normal.cdf(0), typeof planExperiment);`;
    expect(run("eval", code).stdout).toBe("0.5 function\n");
  });
});
