import { didYouMean } from "../../../src/core/did-you-mean.ts";
import { plainText } from "../../../src/report/plain-text.ts";
import { FIELD_NAMES, FIELDS, type FieldName, INITIAL_INPUT, isInUse, type PlannerInput } from "./fields.ts";
import { linkText, readFromLink, withUnit } from "./read-value.ts";

/** What a link said: a plan, and a sentence for each entry that could not be taken. */
export interface LinkReading {
  readonly input: PlannerInput;
  readonly refused: readonly string[];
}

/** A plan has some 400 letters; browsers and documents break links of many thousands. */
const LONGEST_LINK = 2000;
const LONGEST_QUOTE = 40;

/**
 * The whole plan as the fragment of a link, `name=…&totalUnitsPerDay=4000&…`. Defaults stand in it as well: a plan keeps
 * its meaning when this page has other defaults one day. What plays no part is left out.
 */
export function writeLink(input: PlannerInput): string {
  const entries = FIELD_NAMES.filter((name) => isInUse(name, input.effects));
  return new URLSearchParams(
    entries.map((name): [string, string] => [name, linkText(input[name])]),
  ).toString();
}

/** Reads a fragment, with or without its `#`. An entry that cannot be taken leaves the default, and is told. */
export function readLink(fragment: string): LinkReading {
  const text = fragment.replace(/^#/, "");
  if (text === "") return { input: INITIAL_INPUT, refused: [] };
  if (text.length > LONGEST_LINK) {
    return {
      input: INITIAL_INPUT,
      refused: [`The link is longer than ${LONGEST_LINK} letters, so nothing of it is used.`],
    };
  }
  const taken = new Map<FieldName, PlannerInput[FieldName]>();
  const refused: string[] = [];
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (!isFieldName(name)) {
      refused.push(`Nothing here is called ${quote(name)}${didYouMean(name, FIELD_NAMES)}.`);
    } else if (seen.has(name)) {
      refused.push(`${FIELDS[name].label}: the link gives it twice; the first counts.`);
    } else {
      const field = FIELDS[name];
      const reading = readFromLink(field, value);
      if ("value" in reading) taken.set(name, reading.value);
      else {
        refused.push(
          `${field.label}: ${quote(value)} is not used, since it ${reading.fault}; instead stands ${withUnit(field, field.initial)}.`,
        );
      }
    }
    seen.add(name);
  }
  return { input: { ...INITIAL_INPUT, ...Object.fromEntries(taken) }, refused };
}

function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

function quote(text: string): string {
  const shown = plainText(text);
  return `“${shown.length > LONGEST_QUOTE ? `${shown.slice(0, LONGEST_QUOTE)}…` : shown}”`;
}
