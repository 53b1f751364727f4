import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../src/core/domain-error.ts";
import { planExperiment } from "../../../src/experiment/plan-experiment.ts";
import type { AnyResult } from "../../../src/report/any-result.ts";
import { htmlFragment } from "../../../src/report/html/html-fragment.ts";
import { htmlText } from "../../../src/report/html/html-text.ts";
import { titleAndBlocks } from "../../../src/report/html/title-and-blocks.ts";
import { PAGE_STYLE, PAGE_STYLE_HASH } from "../../../src/report/html/page-style.ts";
import { plainText } from "../../../src/report/plain-text.ts";
import { toHtml } from "../../../src/report/to-html.ts";
import { toText } from "../../../src/report/to-text.ts";
import {
  attribute,
  type Element,
  htmlFragmentTree,
  type HtmlTree,
  htmlPageTree,
  named,
  textOf,
} from "../../support/html-tree.ts";
import { renamed } from "../../support/renamed.ts";
import { samples } from "../samples.ts";

const ALLOWED = new Set(
  "html head meta title style body header main nav section h1 h2 h3 h4 p ul li dl div dt dd a table caption thead tbody tr th td details summary svg path circle rect bdi figure img".split(
    " ",
  ),
);
const MARKS = new Set([
  "id",
  "class",
  "lang",
  "role",
  "tabindex",
  "aria-label",
  "aria-hidden",
  "scope",
  "href",
]);
const GIVEN: Readonly<Record<string, readonly string[]>> = {
  meta: ["charset", "http-equiv", "content", "name"],
  img: ["alt", "width", "height", "src"],
  svg: ["width", "height", "viewBox", "fill"],
  path: ["d"],
  circle: ["cx", "cy", "r"],
  rect: ["x", "y", "width", "height", "rx"],
};

/** What holds of every page and every piece of one, whatever the result. */
function expectSound({ elements, faults }: HtmlTree, topLevel: number): void {
  expect(faults).toEqual([]);
  expect(elements.map(({ tagName }) => tagName).filter((name) => !ALLOWED.has(name))).toEqual([]);
  const strange = elements.flatMap(({ tagName, attrs }) =>
    attrs.map(({ name }) => name).filter((name) => !MARKS.has(name) && !GIVEN[tagName]?.includes(name)),
  );
  expect(strange).toEqual([]);
  expectHeadingsInOrder(elements, topLevel);
  for (const table of named(elements, "table")) expectReadableTable(table);
  const ids = elements.flatMap((element) => attribute(element, "id") ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  const links = named(elements, "a").map((link) => attribute(link, "href"));
  expect(links).toEqual(ids.map((id) => `#${id}`));
}

function expectHeadingsInOrder(elements: readonly Element[], topLevel: number): void {
  const levels = named(elements, "h1", "h2", "h3", "h4").map(({ tagName }) => Number(tagName[1]));
  expect(levels[0]).toBe(topLevel);
  expect(levels.slice(1).filter((level) => level <= topLevel)).toEqual([]);
  expect(levels.filter((level, i) => i > 0 && level > levels[i - 1]! + 1)).toEqual([]);
}

function expectReadableTable(table: Element): void {
  const inside = table.childNodes.filter((node) => "tagName" in node);
  expect(inside.map(({ tagName }) => tagName)).toEqual(["caption", "thead", "tbody"]);
  expect(textOf(inside[0]!).length).toBeGreaterThan(3);
  const rows = inside.slice(1).flatMap(({ childNodes }) => childNodes.filter((node) => "tagName" in node));
  const cells = rows.map((row) => row.childNodes.filter((node) => "tagName" in node));
  expect(new Set(cells.map(({ length }) => length)).size).toBe(1);
  for (const [first] of cells.slice(1)) expect(attribute(first!, "scope")).toBe("row");
  for (const title of named(cells[0]!, "th")) expect(attribute(title, "scope")).toBe("col");
}

/** A drawing that is quick to make; real ones are looked at in test/browser. */
const draw = (): string => `<svg xmlns="http://www.w3.org/2000/svg" width="20.5" height="10"><g/></svg>\n`;

const fragmentOf = (result: AnyResult): string => htmlFragment(...titleAndBlocks(result));

const wordsOf = (text: string): Set<string> => new Set(text.match(/[\p{L}\d]+/gu));

describe("the web page of every result", () => {
  it.each(Object.entries(samples))(
    "is sound, by itself and as a piece of a larger one: %s",
    async (_, result) => {
      const page = await toHtml(result, { draw });
      const { elements, faults } = htmlPageTree(page);
      expectSound({ elements, faults }, 1);
      expect(page).not.toMatch(/NaN|undefined|\[object/);
      const [title, heading] = named(elements, "title", "h1").map(textOf);
      expect(title).toBe(heading);
      const fragment = fragmentOf(result);
      expectSound(htmlFragmentTree(fragment), 2);
      expect(fragment).not.toMatch(/<(?:img|figure)| id=/);
      const said = wordsOf(textOf(elements[0]!));
      const missing = [...wordsOf(toText(result))].filter((word) => !said.has(word));
      expect(missing).toEqual([]);
    },
  );
});

describe("a web page", () => {
  const comparison = samples["proportion-comparison"]!;

  it("knows its style by its hash, so that no other can be added", async () => {
    const hash = createHash("sha256").update(PAGE_STYLE).digest("base64");
    expect(PAGE_STYLE_HASH).toBe(`sha256-${hash}`);
    const { elements } = htmlPageTree(await toHtml(comparison));
    const policy = named(elements, "meta").find((element) => attribute(element, "http-equiv") !== undefined)!;
    expect(attribute(policy, "content")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  it("reads as committed", async () => {
    await expect(await toHtml(comparison)).toMatchFileSnapshot(
      "../__snapshots__/html/proportion-comparison.html",
    );
  });

  it.each(["experiment-readout two treatments", "experiment-readout with a funnel", "experiment-plan"])(
    "has the blocks as committed: %s",
    async (name) => {
      const file = `../__snapshots__/html/${name.replaceAll(" ", "-")}.html`;
      await expect(fragmentOf(samples[name]!)).toMatchFileSnapshot(file);
    },
  );

  it("shows by its shape what a finding comes to", async () => {
    const marks = async (name: string): Promise<(string | undefined)[]> =>
      named(htmlPageTree(await toHtml(samples[name]!)).elements, "svg").map((svg) => attribute(svg, "class"));
    expect(await marks("experiment-readout two treatments")).toEqual(["mark go", "mark stop"]);
    expect(await marks("experiment-readout running")).toContain("mark wait");
    expect(await marks("experiment-readout blocked")).toEqual(["mark caution"]);
    expect(await marks("proxy-assessment only detects")).toEqual(["mark stop"]);
    expect(await marks("proportion-comparison")).toEqual([]);
  });
});

describe("pictures in a web page", () => {
  const comparison = samples["proportion-comparison"]!;

  it("stand where the page has their place, with their description and size", async () => {
    const drawn: string[] = [];
    const page = await toHtml(comparison, {
      draw: async ({ description }) => {
        drawn.push(description);
        return draw();
      },
    });
    const images = named(htmlPageTree(page).elements, "img");
    expect(images.map((image) => attribute(image, "alt"))).toEqual(drawn);
    expect(drawn).toHaveLength(1);
    expect(images.map((image) => [attribute(image, "width"), attribute(image, "height")])).toEqual([
      ["20", "10"],
    ]);
    expect(named(htmlPageTree(await toHtml(comparison)).elements, "img", "figure")).toEqual([]);
  });

  it("carry their SVG unchanged", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">\n<text>50 % "a" 'b' &lt;&#60; #1 ü 加 \u{1f600}</text></svg>`;
    const page = await toHtml(comparison, { draw: () => svg });
    const address = attribute(named(htmlPageTree(page).elements, "img")[0]!, "src")!;
    expect(decodeURIComponent(address.replace("data:image/svg+xml,", ""))).toBe(svg);
  });

  it("have to be SVG documents", async () => {
    for (const drawing of ["", "<div></div>", "svg", null, undefined, 3]) {
      await expect(toHtml(comparison, { draw: () => drawing as never })).rejects.toThrow(/^draw\(\) = /);
    }
    await expect(toHtml(comparison, { draw: () => Promise.reject(new Error("no ink")) })).rejects.toThrow(
      "no ink",
    );
  });
});

describe("names from users", () => {
  const plan = planExperiment({
    name: "NAME",
    control: "NAME control",
    treatments: ["NAME treatment"],
    metrics: [
      { name: "NAME sale", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 },
      { name: "NAME step", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 },
    ],
  });
  const planFor = (name: string): AnyResult => renamed(plan, name) as AnyResult;

  it.each([
    `<script>alert(1)</script>`,
    `</title></style></h1><img src=x onerror=alert(1)>`,
    `" onmouseover="alert(1)" x='`,
    `--><!-- <![CDATA[ ]]> &lt; &amp;lt; &#x3c;script&#x3e;`,
    `javascript:alert(1) \u202eevil\u0000\u0008 \ufffe`,
  ])("stay text: %s", async (name) => {
    const page = htmlPageTree(await toHtml(planFor(name), { draw }));
    expectSound(page, 1);
    expect(textOf(page.elements[0]!)).toContain(`${plainText(name)} sale`);
  });

  it("stay text, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1, maxLength: 40 }), async (name) => {
        expectSound(htmlPageTree(await toHtml(planFor(name), { draw })), 1);
      }),
      { numRuns: 25 },
    );
  });

  it("do not reorder what stands beside them when they are written from right to left", async () => {
    const page = await toHtml(planFor("קנייה ראשונה"));
    expect(page).toContain("<title>Plan: קנייה ראשונה</title>");
    expect(page).toContain("<h1>Plan: <bdi>קנייה ראשונה</bdi></h1>");
    expect(page).toContain("<bdi>קנייה ראשונה</bdi> sale");
    expect(htmlText('"צה"ל", "שלום": 5 %')).toBe(
      "&quot;<bdi>צה&quot;ל</bdi>&quot;, &quot;<bdi>שלום</bdi>&quot;: 5 %",
    );
  });
});

describe("bad input", () => {
  it("is refused by the promise", async () => {
    await expect(toHtml(null as never)).rejects.toThrow(DomainError);
    await expect(toHtml("power" as never)).rejects.toThrow(DomainError);
    await expect(toHtml({ kind: "horoscope" } as never)).rejects.toThrow(/^result.kind = "horoscope"/);
    await expect(toHtml(samples["experiment-plan"]!, null as never)).rejects.toThrow(/^options = null/);
    await expect(toHtml(samples["experiment-plan"]!, { draw: "svg" as never })).rejects.toThrow(
      /^draw = "svg"/,
    );
  });
});
