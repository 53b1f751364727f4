import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Job } from "./job.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A job with everything that it imports in one file, and a mark that changes when any of it does. */
export interface BundledJob {
  readonly code: string;
  readonly fingerprint: string;
}

/**
 * The bundle is minified, so that its fingerprint is blind to comments and formatting; files that the job reads count as
 * well. It is to be run two folders below the root.
 */
export async function bundleJob({ id, reads = [] }: Pick<Job, "id" | "reads">): Promise<BundledJob> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as job from "./jobs/${id}.ts"; import { answer } from "./answer.ts"; await answer(job);`,
      resolveDir: import.meta.dirname,
    },
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    charset: "utf8",
    legalComments: "none",
    packages: "external",
    banner: { js: 'const BUNDLED_FROM = new URL("../../", import.meta.url);' },
    plugins: [OWN_PLACES],
    write: false,
  });
  const code = outputFiles[0]!.text;
  const hash = createHash("sha256").update(code);
  for (const path of reads.flatMap(filesBelow).toSorted())
    hash.update(path).update(readFileSync(join(ROOT, path)));
  return { code, fingerprint: hash.digest("hex").slice(0, 16) };
}

/** In a bundle every module would take the bundle's place for its own, and not find the files beside it. */
const OWN_PLACES: Plugin = {
  name: "own-places",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const place = JSON.stringify(relative(ROOT, path));
      const contents = source
        .replaceAll("import.meta.url", `new URL(${place}, BUNDLED_FROM).href`)
        .replaceAll(
          "import.meta.dirname",
          `new URL(${JSON.stringify(dirname(relative(ROOT, path)))}, BUNDLED_FROM).pathname`,
        );
      return { contents, loader: "ts" };
    });
  },
};

function filesBelow(path: string): string[] {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path)).flatMap((name) => filesBelow(`${path}/${name}`));
}
