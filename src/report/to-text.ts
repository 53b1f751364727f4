import { checkBoolean, checkCount, checkObject } from "../core/checks.ts";
import type { AnyResult } from "./any-result.ts";
import type { Answer, Column, WordBlock } from "./block.ts";
import { describeInWords } from "./describe.ts";
import { displayWidth } from "./display-width.ts";
import { NO_PAINT, type Paint, TERMINAL_PAINT } from "./paint.ts";
import { NO_BREAK_SPACE, plainText } from "./plain-text.ts";
import { wrap } from "./wrap.ts";

export interface TextOptions {
  /** Columns of the terminal, a whole number of at least 40; 80 unless said. */
  readonly width?: number;
  /** Whether headings, the finding and what to mind stand out by codes that a terminal understands; no unless said. */
  readonly color?: boolean;
}

const DEFAULT_WIDTH = 80;
const SMALLEST_WIDTH = 40;
const GAP = "  ";
/** Share of the width that the names of answers may take; above it each answer stands below its name. */
const WIDEST_LABELS = 0.5;

/**
 * A result in plain words for a terminal: the finding and its uncertainty first, figures after, what to mind last.
 *
 * @param result - any result of this library
 * @param options.width - columns that no line exceeds, a whole number of at least 40; 80 unless said
 * @param options.color - whether headings, the finding and what to mind stand out by codes that a terminal understands
 *   (bold, dim and yellow); no unless said. The words are the same
 * @returns lines of text that end with a line break; names are stripped of control characters
 * @throws {DomainError} for a result of an unknown kind, a width below 40, or a color that is neither true nor false
 * @example
 * ```ts
 * import { sampleSizeForProportions, toText } from "microlift";
 * toText(sampleSizeForProportions({ baseline: 0.05, lift: 0.2 }));
 * ```
 */
export function toText(result: AnyResult, options: TextOptions = {}): string {
  checkObject("options", options);
  const { width = DEFAULT_WIDTH, color = false } = options;
  checkCount("width", width, SMALLEST_WIDTH);
  checkBoolean("color", color);
  const paint = color ? TERMINAL_PAINT : NO_PAINT;
  const parts = describeInWords(result).map((block) => blockLines(block, width, paint).join("\n"));
  return `${parts.join("\n\n").replaceAll(NO_BREAK_SPACE, " ")}\n`;
}

// Lines are made first and painted after, so that codes have no width.
function blockLines(block: WordBlock, width: number, paint: Paint): string[] {
  switch (block.type) {
    case "heading":
      return headingLines(plainText(block.text), block.depth, width, paint);
    case "lead":
      return wrap(plainText(block.text), width).map(paint.strong);
    case "paragraph":
      return wrap(plainText(block.text), width);
    case "list":
      return block.items
        .flatMap((item) => hanging("- ", plainText(item), width))
        .map((line) => (block.isCaution === true ? paint.caution(line) : line));
    case "answers":
      return answerLines(block.answers, width, paint);
    case "table":
      return tableLines(block.columns, block.rows, width, paint);
  }
}

function headingLines(text: string, depth: 1 | 2 | 3, width: number, paint: Paint): string[] {
  const lines = wrap(text, width);
  const strong = lines.map(paint.strong);
  if (depth === 3) return strong;
  const longest = Math.max(...lines.map(displayWidth));
  return [...strong, paint.faint((depth === 1 ? "═" : "─").repeat(longest))];
}

/** A first line that begins with the prefix, and further lines that stand under its text. */
function hanging(prefix: string, text: string, width: number): string[] {
  const indent = " ".repeat(displayWidth(prefix));
  return wrap(text, width - indent.length).map((line, i) => (i === 0 ? prefix : indent) + line);
}

function answerLines(answers: readonly Answer[], width: number, paint: Paint): string[] {
  const labels = answers.map(({ label }) => `${plainText(label)}:`);
  const widest = Math.max(...labels.map(displayWidth));
  const isNarrow = widest > WIDEST_LABELS * width;
  return answers.flatMap(({ text }, i) => {
    const label = labels[i]!;
    if (isNarrow) return [...wrap(label, width).map(paint.strong), ...hanging(GAP, plainText(text), width)];
    const [first, ...others] = hanging(`${pad(label, widest, "left")} `, plainText(text), width);
    return [paint.strong(label) + first!.slice(label.length), ...others];
  });
}

function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paint,
): string[] {
  const titles = columns.map(({ title }) => plainText(title));
  const cells = rows.map((row) => row.map(plainText));
  const widths = titles.map((title, i) =>
    Math.max(...[title, ...cells.map((row) => row[i]!)].map(displayWidth)),
  );
  const total = widths.reduce((sum, own) => sum + own + GAP.length, -GAP.length);
  if (total > width) return stackedLines(titles, cells, width, paint);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => pad(cell, widths[i]!, columns[i]!.align))
      .join(GAP)
      .trimEnd();
  const rule = widths.map((own) => "─".repeat(own)).join(GAP);
  return [paint.strong(line(titles)), paint.faint(rule), ...cells.map(line)];
}

/** A table too wide for the terminal: each row on lines of its own, under the name in its first cell. */
function stackedLines(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paint,
): string[] {
  return rows.flatMap(([name, ...cells]) => [
    ...wrap(name!, width).map(paint.strong),
    ...cells.flatMap((cell, i) =>
      hanging(GAP, titles.length === 2 ? cell : `${titles[i + 1]!}: ${cell}`, width),
    ),
  ]);
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(width - displayWidth(text));
  return align === "left" ? text + space : space + text;
}
