import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { releaseNotes } from "../../scripts/release-notes.ts";
import { root } from "../support/pages.ts";

// Workflows run on GitHub only; what can be seen of them without it is seen here.

const folder = join(root, ".github/workflows");
const workflows = readdirSync(folder).map(
  (file) => [file, readFileSync(join(folder, file), "utf8")] as const,
);

/** Its lines below `  name:` of the jobs. */
function job(text: string, name: string): string {
  const found = new RegExp(`^  ${name}:\\n((?:    .*\\n|\\n)+)`, "m").exec(
    text.slice(text.indexOf("\njobs:")),
  );
  expect(found).not.toBeNull();
  return found![1]!;
}
const release = workflows.find(([file]) => file === "release.yml")![1];

describe("the workflow", () => {
  it.each(workflows)("%s runs scripts that there are", (_, text) => {
    const asked = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!);
    expect(asked.length).toBeGreaterThan(0);
    for (const name of asked) expect(Object.keys(manifest.scripts)).toContain(name);
    for (const [file] of text.matchAll(/\b(?:scripts\/[\w-]+\.ts|\.ci\/\w+)/g))
      expect(existsSync(join(root, file))).toBe(true);
  });

  it.each(workflows)(
    "%s takes GitHub's own actions only, may read unless it says why, and knows no secret",
    (_, text) => {
      for (const [, action] of text.matchAll(/uses: (\S+)/g))
        expect(action).toMatch(/^actions\/[\w-]+@v\d+$/);
      expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
      expect(text).not.toMatch(/secrets\.|pull_request_target|NPM_TOKEN/);
      expect(text.match(/uses: actions\/checkout/g)!.length).toBe(
        text.match(/persist-credentials: false/g)!.length,
      );
    },
  );

  it("ci.yml tries every Node that is promised", () => {
    expect(workflows.find(([file]) => file === "ci.yml")![1]).toContain("node: [20, 22, 24]");
    expect(manifest.engines.node).toBe(">=20");
  });

  it("release.yml publishes what was checked, by its identity", () => {
    expect(job(release, "npm")).toMatch(
      /needs: check\n[^]*id-token: write\n[^]*npm publish --provenance --access public/,
    );
    expect(job(release, "jsr")).toMatch(/needs: npm\n[^]*id-token: write\n/);
    for (const name of ["check", "notes"]) expect(job(release, name)).not.toContain("id-token");
    expect(job(release, "npm")).not.toMatch(/(contents|packages): write/);
  });
});

describe("the notes of a release", () => {
  const changelog =
    "# Changelog\n\n## 1.10.0 (unreleased)\n\nnew\n\n## 1.1.0\n\n- this\n- that\n\n## 1.0.0\n\nfirst\n";
  it("are the version's part of the CHANGELOG", () => {
    expect(releaseNotes("v1.1.0", "1.1.0", changelog)).toBe("- this\n- that");
    expect(releaseNotes("v1.0.0", "1.0.0", changelog)).toBe("first");
  });
  it.each([
    ["v1.1.1", "1.1.0", "The tag is v1.1.1"],
    ["v2.0.0", "2.0.0", "has no part"],
    ["v1.1", "1.1", "has no part"],
    ["v1.10.0", "1.10.0", "unreleased"],
  ])("are refused for %s", (tag, version, message) => {
    expect(() => releaseNotes(tag, version, changelog)).toThrow(message);
  });
});

describe("the package", () => {
  it("has two dependencies in pinned versions", () => {
    expect(Object.keys(manifest.dependencies)).toEqual(["jstat", "zod"]);
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
