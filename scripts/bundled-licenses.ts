import { readdirSync, readFileSync } from "node:fs";

const ROOT = new URL("../", import.meta.url);

/** The licences of the packages in a bundle; those whose words are the same stand together. */
export function bundledLicenses(inputs: readonly string[]): string {
  const packages = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const owners = new Map<string, string[]>();
  for (const folder of [...new Set(packages)].toSorted()) {
    const { name, version } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, ROOT), "utf8")) as {
      name: string;
      version: string;
    };
    const text = licenseOf(folder);
    owners.set(text, [...(owners.get(text) ?? []), `${name} ${version}`]);
  }
  return [...owners].map(([text, names]) => `${names.join(", ")}\n\n${text}`).join("\n\n――――――\n\n");
}

function licenseOf(folder: string): string {
  const file = readdirSync(new URL(folder, ROOT)).find((name) => /^licen[sc]e(\.\w+)?$/i.test(name));
  if (file === undefined) throw new Error(`${folder} has no licence file`);
  return readFileSync(new URL(`${folder}/${file}`, ROOT), "utf8")
    .trim()
    .replaceAll("\r", "");
}
