/** From where to where a number may lie; an end that is `above` or `below` is itself left out. */
export interface Range {
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
  readonly isWhole?: boolean;
}

interface Labelled {
  readonly label: string;
  readonly hint?: string;
}

export interface NumberField extends Range, Labelled {
  readonly kind: "number";
  readonly initial: number;
  /** Shown and typed in per cent; links hold the share. */
  readonly inPercent?: boolean;
}

export interface ChoiceField extends Labelled {
  readonly kind: "choice";
  readonly initial: string;
  /** What a link holds, and what the reader sees. */
  readonly choices: Readonly<Record<string, string>>;
}

export interface FlagField extends Labelled {
  readonly kind: "flag";
  readonly initial: boolean;
}

export interface TextField extends Labelled {
  readonly kind: "text";
  readonly initial: string;
  readonly longest: number;
}

export type Field = NumberField | ChoiceField | FlagField | TextField;

// Ranges of the page: far wider than any test, and within what the library computes to the last digit.
const RATE = { kind: "number", inPercent: true, atLeast: 1e-6, below: 1 } as const;
const LIFT = { kind: "number", inPercent: true, atLeast: 1e-4, atMost: 100 } as const;
/** Of log-lifts: at 1 many changes would multiply a rate by e. */
const SPREAD = { kind: "number", inPercent: true, atLeast: 1e-5, atMost: 1 } as const;
const NAME_LENGTH = 60;

/**
 * Everything that a reader can enter, in the order of the page and of the link. Names are those of the library and of
 * `microlift plan`.
 */
export const FIELDS = {
  name: { kind: "text", label: "Name of the test", initial: "My test", longest: NAME_LENGTH },
  totalUnitsPerDay: {
    kind: "number",
    label: "Visitors a day in the test",
    hint: "New visitors, all arms together.",
    initial: 4000,
    atLeast: 1,
    atMost: 1e9,
  },
  macro: { kind: "text", label: "Name of the sale", initial: "sales", longest: NAME_LENGTH },
  baseline: {
    ...RATE,
    label: "Rate of sales today",
    hint: "Buyers among 100 visitors of the test.",
    initial: 0.02,
  },
  lift: {
    ...LIFT,
    label: "Lift of sales to see",
    hint: "Relative: 10 % takes a rate of 2 % to 2.2 %.",
    initial: 0.1,
  },
  attributionDays: {
    kind: "number",
    label: "Days until a sale counts as final",
    hint: "How long after the first visit a sale still counts.",
    initial: 7,
    atLeast: 0,
    atMost: 365,
  },
  micro: {
    kind: "text",
    label: "Name of the micro conversion",
    initial: "add to cart",
    longest: NAME_LENGTH,
  },
  microRate: { ...RATE, label: "Rate of the micro conversion today", initial: 0.1 },
  microLift: {
    ...LIFT,
    label: "Its lift, where sales have theirs",
    hint: "What the same change does to the micro conversion.",
    initial: 0.1,
  },
  nested: { kind: "flag", label: "Every sale passes through it", initial: true },
  effects: {
    kind: "choice",
    label: "What is known of it",
    hint: "Over many changes: do those that lift the micro conversion lift sales?",
    initial: "unknown",
    choices: {
      unknown: "nothing yet",
      past: "what past tests say",
      believed: "what I believe",
    },
  },
  tauProxy: {
    ...SPREAD,
    label: "Spread of true lifts of the micro conversion",
    hint: "Standard deviation over the changes you test, of log-lifts: about 2 of 3 changes move it by less.",
    initial: 0.04,
  },
  tauMacro: { ...SPREAD, label: "Spread of true lifts of sales", initial: 0.04 },
  rho: {
    kind: "number",
    label: "Correlation of the true lifts",
    hint: "From −1 to 1: 1 is always together, 0 is not at all.",
    initial: 0.8,
    atLeast: -1,
    atMost: 1,
  },
  elasticity: {
    kind: "number",
    label: "Share of its lift that reaches sales",
    hint: "At 75 % a lift of 4 % brings 3 % more sales.",
    initial: 0.75,
    inPercent: true,
    atLeast: -10,
    atMost: 10,
  },
  directEffectSd: {
    kind: "number",
    label: "Spread of lifts of sales that bypass it",
    hint: "What changes do to sales in other ways; standard deviation.",
    initial: 0.02,
    inPercent: true,
    atLeast: 0,
    atMost: 1,
  },
  treatments: {
    kind: "number",
    label: "Treatments beside the control",
    initial: 1,
    atLeast: 1,
    atMost: 20,
    isWhole: true,
  },
  allocation: {
    kind: "number",
    label: "Visitors of each treatment for one of the control",
    hint: "1 is an even split.",
    initial: 1,
    atLeast: 0.01,
    atMost: 100,
  },
  alternative: {
    kind: "choice",
    label: "The test looks for",
    initial: "two-sided",
    choices: { "two-sided": "either direction", greater: "an increase only" },
  },
  alpha: {
    kind: "number",
    label: "False alarms allowed (alpha)",
    initial: 0.05,
    inPercent: true,
    atLeast: 1e-9,
    below: 1,
  },
  power: { ...RATE, label: "Chance to see the lift (power)", initial: 0.8 },
} as const satisfies Readonly<Record<string, Field>>;

export type FieldName = keyof typeof FIELDS;

type ValueOf<F> = F extends NumberField
  ? number
  : F extends FlagField
    ? boolean
    : F extends ChoiceField
      ? keyof F["choices"]
      : string;

/** A value for every field; the fields that a choice makes idle keep theirs. */
export type PlannerInput = { readonly [Name in FieldName]: ValueOf<(typeof FIELDS)[Name]> };

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

export const INITIAL_INPUT = Object.fromEntries(
  FIELD_NAMES.map((name) => [name, FIELDS[name].initial]),
) as unknown as PlannerInput;

/** The fields that only one way to say how effects go together needs. */
const FIELDS_OF_EFFECTS: Readonly<Record<PlannerInput["effects"], readonly FieldName[]>> = {
  unknown: [],
  past: ["tauProxy", "tauMacro", "rho"],
  believed: ["tauProxy", "elasticity", "directEffectSd"],
};
const OPTIONAL = new Set(Object.values(FIELDS_OF_EFFECTS).flat());

/** Whether a field plays a part in the plan as it stands. */
export function isInUse(name: FieldName, effects: PlannerInput["effects"]): boolean {
  return !OPTIONAL.has(name) || FIELDS_OF_EFFECTS[effects].includes(name);
}
