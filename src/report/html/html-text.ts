import { plainText } from "../plain-text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// Words in a script that runs from right to left, with the space or the mark between them.
const RTL_WORD = String.raw`[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}\p{M}]+`;
const RTL_WORDS = new RegExp(`(${RTL_WORD}(?:[\\s"'-]${RTL_WORD})*)`, "gu");

/** Text where no element can stand: in an attribute between quotes, or in the title of a page. */
export function htmlAttribute(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Text between tags; names written from right to left do not reorder the figures beside them. */
export function htmlText(text: string): string {
  return text
    .split(RTL_WORDS)
    .map((part, i) => (i % 2 === 1 ? `<bdi>${htmlAttribute(part)}</bdi>` : htmlAttribute(part)))
    .join("");
}
