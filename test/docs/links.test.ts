import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { pages, root } from "../support/pages.ts";

// Every link between pages, and from them to files, leads somewhere.

const all = [...pages, "CHANGELOG.md"];
const prose = new Map(all.map((page) => [page, withoutBlocks(readFileSync(join(root, page), "utf8"))]));

function withoutBlocks(text: string): string {
  return text
    .replaceAll(/^(`{3,}).*?^\1$/gms, "")
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()#]/g, ""));
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = [...(prose.get(page) ?? "").matchAll(/^#+ (.+)$/gm)].map(([, text]) => text!);
  return new Set(
    headings.map((heading) => {
      const slug = heading
        .toLowerCase()
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-");
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      return count === 0 ? slug : `${slug}-${count}`;
    }),
  );
}

/** What is wrong with a link of a page, or null. */
function fault(page: string, link: string): string | null {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(root, join(root, dirname(page), decodeURI(path)));
  if (target.startsWith("..")) return `${link} leaves the repository`;
  if (!existsSync(join(root, target))) return `${link} leads to no file`;
  if (anchor === undefined) return null;
  const line = /^L(\d+)$/.exec(anchor)?.[1];
  if (line !== undefined && target.endsWith(".ts")) {
    const lines = readFileSync(join(root, target), "utf8").split("\n").length;
    return Number(line) <= lines ? null : `${link} leads to no line`;
  }
  return anchorsOf(target).has(anchor) ? null : `${link} leads to no heading`;
}

describe("links", () => {
  it.each(all)("of %s lead somewhere", (page) => {
    const links = [...prose.get(page)!.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    const faults = links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => fault(page, link));
    expect(faults.filter((found) => found !== null)).toEqual([]);
  });

  it("lead from the contents to every guide and every page on methods", () => {
    for (const folder of ["guides", "methods"]) {
      const contents = prose.get("docs/README.md")! + (prose.get(`docs/${folder}/README.md`) ?? "");
      const missing = all
        .filter((page) => dirname(page) === `docs/${folder}` && !page.endsWith("README.md"))
        .filter((page) => !contents.includes(`${page.split("/").at(-1)})`));
      expect(missing).toEqual([]);
    }
  });
});
