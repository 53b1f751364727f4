import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./pages.ts";

/**
 * The folder of a package that stays out of the lockfile, since its optional packages for other platforms would fall out
 * of it: installed under temp/runtimes where it is missing.
 *
 * @param wanted - with its exact version: `deno@2.9.6`
 */
export function installOutside(wanted: string): string {
  const folder = join(root, "temp/runtimes", wanted.replaceAll("/", "-"));
  const name = wanted.slice(0, wanted.lastIndexOf("@"));
  const installed = join(folder, "node_modules", name);
  if (!existsSync(installed)) {
    mkdirSync(folder, { recursive: true });
    const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--silent"];
    execFileSync("npm", ["install", ...flags, "--prefix", folder, wanted], { cwd: folder });
  }
  return installed;
}
