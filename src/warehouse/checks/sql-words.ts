import { DomainError } from "../../core/domain-error.ts";

// Controls have no place in a name, and engines differ in what they make of them; halves of surrogate pairs are no text.
const UNWANTED = /[\p{Cc}\p{Cs}]/u;

/** No engine takes longer names, and nobody reads longer texts. */
const LONGEST = 1000;

/** A name of a table or a column that some engine could hold. */
export function checkSqlName(field: string, name: unknown): void {
  if (!isSqlText(name) || name === "") {
    const expected = `must be a name: a text of 1 to ${LONGEST} characters, without control characters`;
    throw new DomainError(field, name, expected);
  }
}

/** A text that means the same in every engine. */
export function checkSqlText(field: string, text: unknown): void {
  if (!isSqlText(text)) {
    const expected = `must be a text of at most ${LONGEST} characters, without control characters`;
    throw new DomainError(field, text, expected);
  }
}

/** A text as cells hold it that are read without the blanks around them: an arm, or the name of a metric. */
export function checkLabel(field: string, label: unknown): void {
  checkSqlText(field, label);
  const text = label as string;
  if (text === "" || text !== text.trim()) {
    throw new DomainError(field, label, "must be a text that is not empty, without blanks around it");
  }
}

function isSqlText(value: unknown): value is string {
  return typeof value === "string" && value.length <= LONGEST && !UNWANTED.test(value);
}
