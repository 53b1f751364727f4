import { checkCount, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { AnyResult } from "./any-result.ts";
import { describeInWords } from "./describe.ts";
import { markdownOf } from "./markdown-of.ts";

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
