import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./pages.ts";

/** A folder with the packed package installed in its node_modules, as a user's. */
export interface Installation {
  readonly home: string;
  /** The package itself. */
  readonly installed: string;
  readonly remove: () => void;
}

/** Packs what was built and installs it by npm, with its dependencies as they are here, so that no network is needed. */
export function installPacked(): Installation {
  if (!existsSync(join(root, "dist/index.js"))) throw new Error("there is nothing to pack: npm run build");
  const home = mkdtempSync(join(tmpdir(), "microlift-"));
  const npm = (...args: string[]): string => execFileSync("npm", args, { cwd: home, encoding: "utf8" });
  const dependencies = ["jstat", "zod"].map((name) => join(root, "node_modules", name));
  const packed = npm("pack", root, ...dependencies, "--ignore-scripts", "--silent")
    .trim()
    .split("\n");
  const flags = ["--offline", "--no-save", "--no-package-lock", "--ignore-scripts", "--silent"];
  npm("install", ...flags, ...packed.map((file) => `./${file}`));
  // Deno resolves only what a package.json names.
  writeFileSync(join(home, "package.json"), JSON.stringify({ dependencies: { microlift: "*" } }));
  return {
    home,
    installed: join(home, "node_modules/microlift"),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
