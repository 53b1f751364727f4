import { describe, expect, it } from "vitest";
import { analyzeExperiment, type ExperimentReadout } from "../../src/experiment/analyze-experiment.ts";
import { DATA_QUALITY_CHECKS, type DataQualityReadout } from "../../src/experiment/data-quality.ts";
import { toHtml } from "../../src/report/to-html.ts";
import { toMarkdown } from "../../src/report/to-markdown.ts";
import { toText } from "../../src/report/to-text.ts";
import { samples } from "./samples.ts";

const dirty = samples["experiment-readout of dirty rows"] as ExperimentReadout;

describe("the section on the rows behind a read-out", () => {
  it("stands in every page once, whatever the verdict", async () => {
    for (const readout of [dirty, blocked()]) {
      expect(toText(readout).split("\nThe rows\n")).toHaveLength(2);
      expect(toMarkdown(readout).split("### The rows\n")).toHaveLength(2);
      expect((await toHtml(readout)).split(">The rows</h2>")).toHaveLength(2);
    }
  });

  it("is left out where nothing was counted", () => {
    for (const dataQuality of [null, []]) {
      expect(toText({ ...dirty, dataQuality })).not.toContain("The rows");
    }
  });

  it("says what became of each kind of rows, and leaves out what was not found", () => {
    const text = inOneLine({ ...dirty, dataQuality: DATA_QUALITY_CHECKS.map(found) });
    const none = DATA_QUALITY_CHECKS.map((check) => ({ ...found(check), count: 0 }));
    for (const { treatment } of DATA_QUALITY_CHECKS.map(found).slice(3)) expect(text).toContain(treatment);
    expect(inOneLine({ ...dirty, dataQuality: none })).toContain("No row was left out or changed.");
  });

  it("leaves out the share of what nobody knows the whole of", () => {
    const dataQuality = [{ ...found("duplicate-exposures"), share: null }];
    expect(inOneLine({ ...dirty, dataQuality })).toContain(
      "Later exposures of a unit in the same arm: 3. What became of duplicate-exposures.",
    );
  });

  it("keeps the names of metrics from marking anything up", async () => {
    const dataQuality = [{ ...found("values-missing"), metric: "<b>|*x*" }];
    expect(toMarkdown({ ...dirty, dataQuality })).toContain('"&lt;b&gt;\\|\\*x\\*"');
    expect(await toHtml({ ...dirty, dataQuality })).toContain("&lt;b&gt;|*x*");
  });
});

function found(check: DataQualityReadout["check"]): DataQualityReadout {
  return { check, metric: null, count: 3, share: 0.1, treatment: `What became of ${check}.` };
}

function inOneLine(readout: ExperimentReadout): string {
  return toText(readout).replaceAll(/\s+/g, " ");
}

/** Read of arms that are not split as planned, which units in several arms may explain. */
function blocked(): ExperimentReadout {
  return analyzeExperiment({
    name: "broken",
    control: "old",
    metrics: [{ name: "order", role: "macro", kind: "proportion" }],
    arms: [
      { name: "old", n: 1000, results: [{ metric: "order", conversions: 30 }] },
      { name: "new", n: 1300, results: [{ metric: "order", conversions: 30 }] },
    ],
    dataQuality: [{ check: "units-in-several-arms", count: 300 }],
  });
}
