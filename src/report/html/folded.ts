import { htmlText } from "./html-text.ts";

/** Content that a reader opens: the summary says what it is. */
export function folded(summary: string, content: string): string {
  return `<details>\n<summary>${htmlText(summary)}</summary>\n${content}\n</details>`;
}
