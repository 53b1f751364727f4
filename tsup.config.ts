import { defineConfig } from "tsup";

// The library: one entry a floor, ESM and CJS, with types. zod/mini and pure-rand are built in: an import of the root
// from node_modules would otherwise spend most of its time on zod's files (docs/decisions/0004).
const library = {
  index: "src/index.ts",
  distributions: "src/numerics/index.ts",
  summaries: "src/summaries/index.ts",
  inference: "src/inference/index.ts",
  planning: "src/planning/index.ts",
  bayesian: "src/bayesian/index.ts",
  proxy: "src/proxy/index.ts",
  experiment: "src/experiment/index.ts",
  report: "src/report/index.ts",
};

export default defineConfig([
  {
    entry: library,
    format: ["esm", "cjs"],
    target: "es2022",
    dts: true,
    splitting: true,
    treeshake: true,
    clean: true,
    noExternal: [/^zod/, /^pure-rand/],
  },
  {
    entry: { cli: "src/cli/main.ts" },
    format: ["esm"],
    target: "node20",
    platform: "node",
    banner: { js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    noExternal: [/^zod/, /^pure-rand/, "commander"],
  },
]);
