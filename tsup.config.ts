import { writeFileSync } from "node:fs";
import { defineConfig } from "tsup";
import * as bayesian from "./src/bayesian/index.ts";
import * as inference from "./src/inference/index.ts";
import * as distributions from "./src/numerics/index.ts";
import * as planning from "./src/planning/index.ts";
import * as proxy from "./src/proxy/index.ts";
import * as report from "./src/report/index.ts";
import * as sequential from "./src/sequential/index.ts";
import * as summaries from "./src/summaries/index.ts";
import * as warehouse from "./src/warehouse/index.ts";

// The code is built into few files, since each file costs an import about a millisecond: the library without schemas,
// and the documents with zod/mini built in. The floors' own entries point into them. docs/decisions/0004.
const floors = {
  distributions,
  summaries,
  inference,
  planning,
  bayesian,
  sequential,
  proxy,
  report,
  warehouse,
};

const code = { index: "src/index.ts", library: "src/library.ts", experiment: "src/experiment/index.ts" };
const types = {
  index: "src/index.ts",
  experiment: "src/experiment/index.ts",
  distributions: "src/numerics/index.ts",
  summaries: "src/summaries/index.ts",
  inference: "src/inference/index.ts",
  planning: "src/planning/index.ts",
  bayesian: "src/bayesian/index.ts",
  sequential: "src/sequential/index.ts",
  proxy: "src/proxy/index.ts",
  report: "src/report/index.ts",
  warehouse: "src/warehouse/index.ts",
};

function writeFloors(): void {
  for (const [floor, exports] of Object.entries(floors)) {
    const names = Object.keys(exports);
    const lines = names.map((name) => `exports.${name} = library.${name};\n`).join("");
    writeFileSync(`dist/${floor}.js`, `export { ${names.join(", ")} } from "./library.js";\n`);
    writeFileSync(`dist/${floor}.cjs`, `"use strict";\nconst library = require("./library.cjs");\n${lines}`);
  }
}

export default defineConfig([
  {
    entry: code,
    format: ["esm", "cjs"],
    target: "es2022",
    dts: { entry: types },
    splitting: true,
    treeshake: true,
    clean: true,
    noExternal: [/^zod/, /^pure-rand/],
    // Short names are parsed faster, which is most of an import. White space stays: with it go the comments by which a
    // bundler knows what it may leave out. docs/decisions/0020.
    esbuildOptions(options) {
      options.minifyIdentifiers = true;
      options.minifySyntax = true;
    },
    onSuccess: async () => writeFloors(),
  },
  {
    entry: { cli: "src/cli/main.ts" },
    format: ["esm"],
    target: "node20",
    platform: "node",
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    noExternal: [/^zod/, /^pure-rand/, "commander"],
  },
  // Threads: what starts them takes its errors from the library, so that they are of one class, and what runs in them
  // is a small file of its own, which is read once a thread. docs/decisions/0027.
  {
    entry: { workers: "src/workers/index.ts" },
    format: ["esm", "cjs"],
    target: "es2022",
    dts: true,
    shims: true,
    removeNodeProtocol: false,
    tsconfig: "src/workers/tsconfig.json",
    esbuildPlugins: [
      {
        name: "library-beside",
        setup({ initialOptions, onResolve }) {
          const path = `./library${initialOptions.outExtension?.[".js"] ?? ".js"}`;
          onResolve({ filter: /\/library\.ts$/ }, () => ({ path, external: true }));
        },
      },
    ],
  },
  {
    entry: { "block-worker": "src/workers/block-worker.ts" },
    format: ["esm"],
    target: "es2022",
    platform: "node",
    minify: true,
    removeNodeProtocol: false,
    tsconfig: "src/workers/tsconfig.json",
    noExternal: [/^pure-rand/],
  },
  // One file for a page without a bundler; nobody looks into it, so white space goes too.
  {
    entry: { browser: "src/index.ts" },
    format: ["esm"],
    target: "es2022",
    platform: "browser",
    minify: true,
    noExternal: [/.*/],
    banner: {
      js: "/*! microlift, MIT licence; with parts of zod and pure-rand: docs/third-party-licenses.md */",
    },
  },
]);
