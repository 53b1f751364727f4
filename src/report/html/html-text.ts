import { plainText } from "../plain-text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// Words in a script that runs from right to left, with the spaces and marks between them.
const RTL = String.raw`\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}`;
const RTL_WORDS = new RegExp(String.raw`[${RTL}](?:[${RTL}\s\p{M}\p{P}]*[${RTL}\p{M}])?`, "gu");

/** Text for an attribute between double quotes. */
export function htmlAttribute(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Text between tags; names written from right to left do not reorder the figures beside them. */
export function htmlText(text: string): string {
  return htmlAttribute(text).replace(RTL_WORDS, "<bdi>$&</bdi>");
}
