import { describe, expect, it } from "vitest";
import { toMarkdown } from "../../src/report/to-markdown.ts";
import { toText } from "../../src/report/to-text.ts";
import { samples } from "./samples.ts";

// Read these files: they are what people see. Each kind also has one Markdown page.
const fileOf = (name: string, extension: string): string =>
  `./__snapshots__/${name.replaceAll(" ", "-")}.${extension}`;

describe("the page of every result", () => {
  for (const [name, result] of Object.entries(samples)) {
    it(`reads as committed, in a terminal: ${name}`, async () => {
      await expect(toText(result)).toMatchFileSnapshot(fileOf(name, "txt"));
    });
  }

  for (const [name, result] of Object.entries(samples)) {
    if (name !== result.kind && name !== `${result.kind} assumed`) continue;
    it(`reads as committed, in Markdown: ${name}`, async () => {
      await expect(toMarkdown(result)).toMatchFileSnapshot(fileOf(name, "md"));
    });
  }
});
