import { checkCount, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { AnyResult } from "./any-result.ts";
import type { Column, WordBlock } from "./block.ts";
import { describeInWords } from "./describe.ts";
import { NO_BREAK_SPACE, plainText } from "./plain-text.ts";

export interface MarkdownOptions {
  /** Level of the title, from 1 to 4; its sections go up to two levels deeper. 2 unless said. */
  readonly headingLevel?: number;
}

const DEFAULT_HEADING_LEVEL = 2;
const DEEPEST_TITLE = 4;

/**
 * A result in plain words as GitHub-flavoured Markdown, for planning documents: the finding and its uncertainty first,
 * figures after, what to mind last.
 *
 * @param result - any result of this library
 * @param options.headingLevel - level of the title, a whole number from 1 to 4; 2 unless said
 * @returns Markdown that ends with a line break; names are escaped, so that no name can add markup
 * @throws {DomainError} for a result of an unknown kind, or a heading level outside 1 to 4
 * @example
 * ```ts
 * import { sampleSizeForProportions, toMarkdown } from "microlift";
 * toMarkdown(sampleSizeForProportions({ baseline: 0.05, lift: 0.2 }), { headingLevel: 3 });
 * ```
 */
export function toMarkdown(result: AnyResult, options: MarkdownOptions = {}): string {
  checkObject("options", options);
  const { headingLevel = DEFAULT_HEADING_LEVEL } = options;
  checkCount("headingLevel", headingLevel, 1);
  if (headingLevel > DEEPEST_TITLE) {
    throw new DomainError("headingLevel", headingLevel, `must be at most ${DEEPEST_TITLE}`);
  }
  return markdownOf(describeInWords(result), headingLevel);
}

/** Blocks as Markdown, the title at a level. */
export function markdownOf(blocks: readonly WordBlock[], headingLevel: number): string {
  return `${blocks.map((block) => markdown(block, headingLevel)).join("\n\n")}\n`;
}

function markdown(block: WordBlock, headingLevel: number): string {
  switch (block.type) {
    case "heading":
      return `${"#".repeat(headingLevel + block.depth - 1)} ${escaped(block.text)}`;
    case "lead":
      return `**${escaped(block.text)}**`;
    case "paragraph":
      return escaped(block.text);
    case "list":
      return block.items.map((item) => `- ${escaped(item)}`).join("\n");
    case "answers":
      return block.answers.map(({ label, text }) => `- **${escaped(label)}:** ${escaped(text)}`).join("\n");
    case "table":
      return tableMarkdown(block.columns, block.rows);
  }
}

function tableMarkdown(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ title }) => escaped(title))),
    line(columns.map(({ align }) => (align === "left" ? ":---" : "---:"))),
    ...rows.map((row) => line(row.map(escaped))),
  ].join("\n");
}

/** Text that Markdown shows as it is. */
function escaped(text: string): string {
  return (
    plainText(text)
      .replaceAll(NO_BREAK_SPACE, " ")
      .trim()
      .replace(/[\\`*_[\]|~#$]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      // What would begin a list or underline a heading.
      .replace(/^[-+=](?=\s|$|[-=])/, "\\$&")
      .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2")
      // An address becomes a link by itself, and a name is not the place for one.
      .replace(/:(?=\/\/)/g, "\\:")
      .replace(/\b(www)\./gi, "$1\\.")
  );
}
