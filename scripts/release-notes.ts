import { readFileSync } from "node:fs";
import { join } from "node:path";

// `npx tsx scripts/release-notes.ts v1.2.3`: the part of the CHANGELOG about a version, for its release. A tag that is not the
// version of the package, or that the CHANGELOG does not know or calls unreleased, ends with an error.

/** What the CHANGELOG says of a version, without its heading. */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, and the package is of version ${version}.`);
  const parts = changelog.split(/^## /m).slice(1);
  const found = parts.find((part) => part.split(/\s/, 1)[0] === version);
  if (found === undefined) throw new Error(`CHANGELOG.md has no part "## ${version}".`);
  const [heading, ...lines] = found.split("\n");
  if (heading!.includes("unreleased")) throw new Error(`CHANGELOG.md calls ${version} unreleased.`);
  return lines.join("\n").trim();
}

if (process.argv[1] === import.meta.filename) {
  const read = (file: string): string => readFileSync(join(import.meta.dirname, "..", file), "utf8");
  const { version } = JSON.parse(read("package.json")) as { version: string };
  process.stdout.write(`${releaseNotes(process.argv[2] ?? "", version, read("CHANGELOG.md"))}\n`);
}
