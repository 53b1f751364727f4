import type { Column, WordBlock } from "./block.ts";
import { NO_BREAK_SPACE, plainText } from "./plain-text.ts";

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
