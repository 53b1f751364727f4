import { NO_BREAK_SPACE, plainText } from "../../../src/report/plain-text.ts";
import type { Field, FieldName, NumberField, PlannerInput } from "./fields.ts";

/** A value, or what is wrong with the text that was to be one: the end of a sentence about it. */
export type Reading = { readonly value: PlannerInput[FieldName] } | { readonly fault: string };

/** With at most so many digits a decimal number is told apart by its double, and reads back as it was written. */
const MOST_DIGITS = 15;
const LONGEST_NUMBER = 24;
const NUMBER = /^([+-]?)(\d+\.?\d*|\.\d+)(?:e([+-]?\d{1,3}))?$/i;

/** Reads a value as a link holds it: shares as shares. */
export function readFromLink(field: Field, text: string): Reading {
  return read(field, text, 0);
}

/** Reads a value as it is typed: in per cent where people think in per cent. */
export function readTyped(field: Field, text: string): Reading {
  const isPercent = field.kind === "number" && field.inPercent === true;
  return read(field, isPercent ? text.trim().replace(/\s*%$/, "") : text.trim(), isPercent ? -2 : 0);
}

/** A value as a link holds it. */
export function linkText(value: PlannerInput[FieldName]): string {
  return String(value);
}

/** A value as its field shows it. */
export function typedText(field: Field, value: PlannerInput[FieldName]): string {
  return typeof value === "number" && field.kind === "number" && field.inPercent === true
    ? shifted(value, 2)
    : String(value);
}

function read(field: Field, text: string, shift: number): Reading {
  switch (field.kind) {
    case "number":
      return readNumber(field, text, shift);
    case "choice":
      return Object.hasOwn(field.choices, text)
        ? { value: text }
        : { fault: `must be one of ${Object.keys(field.choices).join(", ")}` };
    case "flag":
      return text === "true" || text === "false"
        ? { value: text === "true" }
        : { fault: "must be true or false" };
    case "text":
      return readName(text, field.longest);
  }
}

function readName(text: string, longest: number): Reading {
  const name = text.trim();
  if (plainText(text) !== text) return { fault: "must be one line of plain text" };
  if (name === "") return { fault: "must not be empty" };
  return name.length > longest ? { fault: `must have at most ${longest} letters` } : { value: name };
}

function readNumber(field: NumberField, text: string, shift: number): Reading {
  const parts = text.length <= LONGEST_NUMBER ? NUMBER.exec(text) : null;
  if (parts === null) {
    return {
      fault: text.includes(",") ? "must be a number without commas, such as 4000 or 2.5" : "must be a number",
    };
  }
  const [, sign, digits, exponent = "0"] = parts;
  if (digits!.replace(".", "").replace(/^0+/, "").length > MOST_DIGITS) {
    return { fault: `must be a number of at most ${MOST_DIGITS} digits` };
  }
  // The point is moved in the text, since a division by 100 rounds: 0.7 % is 0.007.
  const value = Number(`${sign}${digits}e${Number(exponent) + shift}`);
  return isWithin(field, value) ? { value: value === 0 ? 0 : value } : { fault: rangeText(field) };
}

function isWithin({ above, atLeast, below, atMost, isWhole }: NumberField, value: number): boolean {
  return (
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (below === undefined || value < below) &&
    (atMost === undefined || value <= atMost) &&
    (isWhole !== true || Number.isInteger(value))
  );
}

/** `must be above 0 % and below 100 %`. */
function rangeText(field: NumberField): string {
  const { above, atLeast, below, atMost, isWhole } = field;
  const ends = [
    ["above", above],
    ["at least", atLeast],
    ["below", below],
    ["at most", atMost],
  ] as const;
  const said = ends.flatMap(([word, end]) => (end === undefined ? [] : [`${word} ${withUnit(field, end)}`]));
  return `must be ${isWhole === true ? "a whole number, " : ""}${said.join(" and ")}`;
}

/** A value with its unit: `5 %`, `4000`. */
export function withUnit(field: Field, value: PlannerInput[FieldName]): string {
  const text = typedText(field, value);
  return field.kind === "number" && field.inPercent === true ? `${text}${NO_BREAK_SPACE}%` : text;
}

/** A number of few digits times a power of ten, written as short as it can be: exact, as a product is not. */
function shifted(value: number, places: number): string {
  const [mantissa, exponent] = value.toExponential().split("e");
  return String(Number(`${mantissa}e${Number(exponent) + places}`));
}
