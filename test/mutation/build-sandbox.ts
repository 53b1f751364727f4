import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";

const BUILT = "built.txt";
const TEST_FUNCTIONS = "test/mutation/test-functions.ts";

/** The module that stands beside a file of TypeScript once the sandbox is built. */
export function builtName(file: string): string {
  return file.replace(/\.ts$/, ".mjs");
}

/**
 * Writes beside each file of src and of the tests a module that Node reads as it is, so that a process that takes the
 * place of one that hung is there at once; does nothing where that was done.
 */
export async function buildSandbox(testFiles: readonly string[]): Promise<void> {
  if (existsSync(BUILT)) return;
  const shared = ["src", "test/support"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
      .map((name) => `${folder}/${name}`),
  );
  await build({
    entryPoints: [...shared, ...testFiles, TEST_FUNCTIONS],
    absWorkingDir: process.cwd(), // esbuild takes that of the time it was read
    bundle: true,
    outdir: ".",
    outbase: ".",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    target: "node20",
    platform: "node",
    logLevel: "error",
    plugins: [
      {
        name: "every file by itself",
        setup({ onResolve }) {
          onResolve({ filter: /./ }, ({ kind, path, importer }) => {
            if (kind === "entry-point" || path.endsWith(".json")) return undefined;
            if (path === "vitest" && !importer.endsWith(TEST_FUNCTIONS)) {
              return { path: resolve(builtName(TEST_FUNCTIONS)), external: true };
            }
            if (path === "microlift") return { path: resolve("src/index.mjs"), external: true };
            return { path: path.startsWith(".") ? builtName(path) : path, external: true };
          });
        },
      },
    ],
  });
  writeFileSync(BUILT, "");
}
