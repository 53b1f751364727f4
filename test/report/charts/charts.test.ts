import { describe, expect, it } from "vitest";
import { DomainError } from "../../../src/core/domain-error.ts";
import { type ChartableResult, hasChart, toVegaLite } from "../../../src/report/to-vega-lite.ts";
import { drawChart } from "../../support/draw-chart.ts";
import { renamed } from "../../support/renamed.ts";
import { chartSamples } from "./chart-samples.ts";

/** Numbers that JSON has no word for, and words that only a bug writes. */
const UNREADABLE = /NaN|undefined|Infinity|\[object/;

const drawn = Object.entries(chartSamples);

describe("every chart", () => {
  it.each(drawn)("is drawn without a complaint, as committed: %s", async (name, result) => {
    const spec = toVegaLite(result);
    const { svg, complaints } = await drawChart(spec);
    expect(complaints).toEqual([]);
    expect(svg).not.toMatch(UNREADABLE);
    await expect(`${svg}\n`).toMatchFileSnapshot(`../__snapshots__/charts/${name.replaceAll(" ", "-")}.svg`);
  });

  it.each(drawn)("is plain JSON, with a finding and alternative text: %s", (_, result) => {
    const spec = toVegaLite(result);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(JSON.stringify(spec)).not.toMatch(UNREADABLE);
    expect(spec.title.text.join(" ").length).toBeGreaterThan(20);
    expect(spec.title.subtitle.join(" ").length).toBeGreaterThan(10);
    expect(spec.description).toContain(spec.title.text[0]);
    expect(spec.description.length).toBeGreaterThan(spec.title.text.join(" ").length + 20);
  });

  it("has a sample of each kind", () => {
    const kinds = new Set(Object.values(chartSamples).map(({ kind }): string => kind));
    const message = messageOf(() => toVegaLite({ kind: "horoscope" } as never));
    expect(kinds).toEqual(new Set(message.split(": ").at(-1)!.split(", ")));
  });

  it("refuses what has no chart, and what is no result", () => {
    expect(() => toVegaLite({ kind: "duration" } as never)).toThrow(/^result.kind = "duration"/);
    expect(() => toVegaLite(null as never)).toThrow(DomainError);
    expect(() => hasChart("power" as never)).toThrow(DomainError);
  });
});

describe("names from users", () => {
  const HOSTILE = `</text><script>alert(1)</script> & "q" 'a' \${x} datum.y {{z}} [0].b`;

  it.each(drawn)("stay text in a picture: %s", async (_, result) => {
    const named = renamed(result, HOSTILE) as ChartableResult;
    const { svg, complaints } = await drawChart(toVegaLite(named));
    expect(complaints).toEqual([]);
    expect(svg).not.toContain("<script");
    // A picture is well-formed with any name in it.
    expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length);
  });
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}
