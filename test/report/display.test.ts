import { inspect } from "node:util";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import type { AnyResult } from "../../src/report/any-result.ts";
import { display, type MimeBundle } from "../../src/report/display.ts";
import { toMarkdown } from "../../src/report/to-markdown.ts";
import { toText } from "../../src/report/to-text.ts";
import { hasChart, toVegaLite } from "../../src/report/to-vega-lite.ts";
import { drawChart } from "../support/draw-chart.ts";
import { samples } from "./samples.ts";

const VEGA_LITE = "application/vnd.vegalite.v5+json";

// As the kernel calls it.
async function shown(value: object): Promise<MimeBundle> {
  const show = (value as Record<symbol, () => MimeBundle>)[Symbol.for("Jupyter.display")]!;
  return show.call(value);
}

const results = Object.entries(samples);
const charted = results.filter(([, result]) => hasChart(result));
const comparison = samples["proportion-comparison"] as AnyResult & { kind: "proportion-comparison" };
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"></svg>';

describe("a result in a notebook", () => {
  it.each(results)("shows %s as text, Markdown and HTML, and as a chart if it has one", async (_, result) => {
    const bundle = await shown(display(result));
    expect(bundle["text/plain"]).toBe(toText(result));
    expect(bundle["text/markdown"]).toBe(toMarkdown(result));
    expect(bundle["text/html"]).toContain('<div class="microlift" lang="en">');
    expect(VEGA_LITE in bundle).toBe(hasChart(result));
    // What the kernel sends on is JSON.
    expect(JSON.parse(JSON.stringify(bundle))).toEqual(bundle);
  });

  it("is a chart that says which version of Vega-Lite it is for", async () => {
    const { $schema, ...chart } = (await shown(display(comparison)))[VEGA_LITE]!;
    expect($schema).toBe("https://vega.github.io/schema/vega-lite/v5.json");
    const { $schema: newest, ...same } = toVegaLite(comparison);
    expect(newest).not.toBe($schema);
    expect(chart).toEqual(same);
    expect((await drawChart({ $schema, ...chart })).complaints).toEqual([]);
  });

  it("has the pictures among the words if something draws them, and no chart that would hide the words", async () => {
    let total = 0;
    const drawn: string[] = [];
    const draw = (chart: { description: string }): string => (drawn.push(chart.description), SVG);
    for (const [, result] of charted) {
      drawn.length = 0;
      const bundle = await shown(display(result, { draw }));
      expect(Object.keys(bundle)).toEqual(["text/plain", "text/markdown", "text/html"]);
      expect(bundle["text/html"]!.split("<img ")).toHaveLength(drawn.length + 1);
      total += drawn.length;
    }
    // A page may leave the chart of a result without a decision out, but hardly ever does.
    expect(total).toBeGreaterThan(0.9 * charted.length);
  });

  it("runs nothing and names nothing that the page around could have too", async () => {
    for (const [, result] of results) {
      const names = parts((await shown(display(result)))["text/html"]!);
      expect(names.elements).not.toContain("script");
      expect(names.attributes.filter((name) => name === "id" || name.startsWith("on"))).toEqual([]);
    }
  });

  it("shows a name with markup as it is", async () => {
    const name = "<img src=x onerror=alert(1)></div></style><script>alert(2)</script>";
    const readout = { ...comparison, warnings: [{ code: "few-conversions", message: name }] } as AnyResult;
    const { elements } = parts((await shown(display(readout)))["text/html"]!);
    expect(elements.filter((element) => element === "img" || element === "script")).toEqual([]);
  });
});

describe("a chart in a notebook", () => {
  it("is Vega-Lite, and its description where nothing draws", async () => {
    const chart = toVegaLite(comparison);
    const bundle = await shown(display(chart));
    expect(Object.keys(bundle)).toEqual(["text/plain", VEGA_LITE]);
    expect(bundle["text/plain"]).toBe(chart.description);
    expect(String(display(chart))).toBe(chart.description);
  });

  it("is a picture if something draws it", async () => {
    const bundle = await shown(display(toVegaLite(comparison), { draw: async () => SVG }));
    expect(Object.keys(bundle)).toEqual(["text/plain", "text/html"]);
    expect(parts(bundle["text/html"]!).elements).toContain("img");
  });
});

describe("a result outside a notebook", () => {
  it("prints as text", () => {
    expect(inspect(display(comparison))).toBe(toText(comparison));
    expect(`${display(comparison)}`).toBe(toText(comparison));
  });
});

describe("what is no result", () => {
  it("is refused before anything is shown", () => {
    expect(() => display({ kind: "unheard-of" } as never)).toThrow("result.kind");
    expect(() => display({ $schema: "x" } as never)).toThrow("result.description");
    expect(() => display(comparison, { draw: "svg" as never })).toThrow("draw");
  });

  it("is a drawing that is no SVG document", async () => {
    await expect(shown(display(comparison, { draw: () => "<p>no</p>" }))).rejects.toThrow("draw()");
  });
});

/** Names of all elements and attributes of a piece of HTML. */
function parts(html: string): { elements: string[]; attributes: string[] } {
  const elements: string[] = [];
  const attributes: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("attrs" in node) {
      elements.push(node.tagName);
      attributes.push(...node.attrs.map(({ name }) => name));
    }
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(parseFragment(html));
  return { elements, attributes };
}
