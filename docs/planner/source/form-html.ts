import { htmlAttribute, htmlText } from "../../../src/report/html/html-text.ts";
import { NO_BREAK_SPACE } from "../../../src/report/plain-text.ts";
import { type Field, type FieldName, FIELDS, isInUse } from "./fields.ts";
import { typedText } from "./read-value.ts";

interface Group {
  readonly legend: string;
  readonly fields: readonly FieldName[];
}

const GROUPS: readonly Group[] = [
  { legend: "The test", fields: ["name", "totalUnitsPerDay"] },
  { legend: "Sales", fields: ["macro", "baseline", "lift", "attributionDays"] },
  { legend: "A micro conversion", fields: ["micro", "microRate", "microLift", "nested"] },
  {
    legend: "Does it go with sales?",
    fields: ["effects", "tauProxy", "tauMacro", "rho", "elasticity", "directEffectSd"],
  },
  {
    legend: "Arms and errors",
    fields: ["treatments", "allocation", "alternative", "alpha", "power"],
  },
];

/** The form, with the defaults in it. */
export function formHtml(): string {
  return GROUPS.map(
    ({ legend, fields }) =>
      `<fieldset>\n<legend>${htmlText(legend)}</legend>\n${fields.map(fieldHtml).join("\n")}\n</fieldset>`,
  ).join("\n");
}

function fieldHtml(name: FieldName): string {
  const field: Field = FIELDS[name];
  const { label, hint } = field;
  const described = `${hint === undefined ? "" : `${name}-hint `}${name}-fault`;
  const attributes = `id="${name}" aria-describedby="${described}"`;
  const unit = field.kind === "number" && field.inPercent === true ? `, in${NO_BREAK_SPACE}%` : "";
  const title = `<label for="${name}">${htmlText(label)}${unit}</label>`;
  const entry = entryHtml(field, attributes);
  return `<div class="field" id="${name}-field"${isInUse(name, FIELDS.effects.initial) ? "" : " hidden"}>
${field.kind === "flag" ? `<div class="flag">${entry} ${title}</div>` : `${title}\n${entry}`}
${hint === undefined ? "" : `<p class="hint" id="${name}-hint">${htmlText(hint)}</p>\n`}<p class="fault" id="${name}-fault" hidden></p>
</div>`;
}

function entryHtml(field: Field, attributes: string): string {
  switch (field.kind) {
    case "number":
      return `<input ${attributes} inputmode="decimal" value="${htmlAttribute(typedText(field, field.initial))}">`;
    case "text":
      return `<input ${attributes} maxlength="${field.longest}" value="${htmlAttribute(field.initial)}">`;
    case "flag":
      return `<input type="checkbox" ${attributes}${field.initial ? " checked" : ""}>`;
    case "choice":
      return `<select ${attributes}>${Object.entries(field.choices)
        .map(([value, text]) => `<option value="${htmlAttribute(value)}">${htmlText(text)}</option>`)
        .join("")}</select>`;
  }
}
