/** A space at which no line breaks: it keeps a figure and its unit together. The renderers write an ordinary one. */
export const NO_BREAK_SPACE = "\u00a0";

// Control characters (terminal escapes among them), halves of surrogate pairs, and the marks that turn the direction of
// writing: names come from users, and none of these has a place in one line of text.
const UNWANTED = /[\p{Cc}\p{Cs}\p{NChar}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** One line of printable text: line breaks and tabs become spaces, and what could command a terminal is removed. */
export function plainText(text: string): string {
  return text.replace(BREAKS, " ").replace(UNWANTED, "");
}
