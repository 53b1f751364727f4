import { checkCount, checkObject } from "../core/checks.ts";
import type { AnyResult } from "./any-result.ts";
import type { Answer, Column, WordBlock } from "./block.ts";
import { describeInWords } from "./describe.ts";
import { displayWidth } from "./display-width.ts";
import { NO_BREAK_SPACE, plainText } from "./plain-text.ts";
import { wrap } from "./wrap.ts";

export interface TextOptions {
  /** Columns of the terminal, a whole number of at least 40; 80 unless said. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 80;
const SMALLEST_WIDTH = 40;
const GAP = "  ";

/**
 * A result in plain words for a terminal: the finding and its uncertainty first, figures after, what to mind last.
 *
 * @param result - any result of this library
 * @param options.width - columns that no line exceeds, a whole number of at least 40; 80 unless said
 * @returns lines of text that end with a line break; names are stripped of control characters
 * @throws {DomainError} for a result of an unknown kind, or a width below 40
 * @example
 * ```ts
 * import { sampleSizeForProportions, toText } from "microlift";
 * toText(sampleSizeForProportions({ baseline: 0.05, lift: 0.2 }));
 * ```
 */
export function toText(result: AnyResult, options: TextOptions = {}): string {
  checkObject("options", options);
  const { width = DEFAULT_WIDTH } = options;
  checkCount("width", width, SMALLEST_WIDTH);
  const parts = describeInWords(result).map((block) => blockLines(block, width).join("\n"));
  return `${parts.join("\n\n").replaceAll(NO_BREAK_SPACE, " ")}\n`;
}

function blockLines(block: WordBlock, width: number): string[] {
  switch (block.type) {
    case "heading":
      return headingLines(plainText(block.text), block.depth, width);
    case "lead":
    case "paragraph":
      return wrap(plainText(block.text), width);
    case "list":
      return block.items.flatMap((item) => hanging("- ", plainText(item), width));
    case "answers":
      return answerLines(block.answers, width);
    case "table":
      return tableLines(block.columns, block.rows, width);
  }
}

function headingLines(text: string, depth: 1 | 2 | 3, width: number): string[] {
  const lines = wrap(text, width);
  if (depth === 3) return lines;
  const longest = Math.max(...lines.map(displayWidth));
  return [...lines, (depth === 1 ? "═" : "─").repeat(longest)];
}

/** A first line that begins with the prefix, and further lines that stand under its text. */
function hanging(prefix: string, text: string, width: number): string[] {
  const indent = " ".repeat(displayWidth(prefix));
  return wrap(text, width - indent.length).map((line, i) => (i === 0 ? prefix : indent) + line);
}

function answerLines(answers: readonly Answer[], width: number): string[] {
  const labels = answers.map(({ label }) => `${plainText(label)}:`);
  const widest = Math.max(...labels.map(displayWidth));
  return answers.flatMap(({ text }, i) =>
    hanging(`${pad(labels[i]!, widest, "left")} `, plainText(text), width),
  );
}

function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const titles = columns.map(({ title }) => plainText(title));
  const cells = rows.map((row) => row.map(plainText));
  const widths = titles.map((title, i) =>
    Math.max(...[title, ...cells.map((row) => row[i]!)].map(displayWidth)),
  );
  const total = widths.reduce((sum, own) => sum + own + GAP.length, -GAP.length);
  if (total > width) return stackedLines(titles, cells, width);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => pad(cell, widths[i]!, columns[i]!.align))
      .join(GAP)
      .trimEnd();
  return [line(titles), widths.map((own) => "─".repeat(own)).join(GAP), ...cells.map(line)];
}

/** A table too wide for the terminal: each row on lines of its own, under the name in its first cell. */
function stackedLines(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  return rows.flatMap(([name, ...cells]) => [
    ...wrap(name!, width),
    ...cells.flatMap((cell, i) =>
      hanging(GAP, titles.length === 2 ? cell : `${titles[i + 1]!}: ${cell}`, width),
    ),
  ]);
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(width - displayWidth(text));
  return align === "left" ? text + space : space + text;
}
