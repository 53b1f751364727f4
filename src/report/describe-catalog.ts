import type { ConversionCatalog } from "../experiment/conversion-catalog.ts";
import type { ConversionType } from "../experiment/conversion-type.ts";
import { answers, type Block, lead, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { capital } from "./labels.ts";

/** The usual conversions, stage by stage: how to measure them, and what they can and cannot stand for. */
export function describeCatalog(catalog: ConversionCatalog): Block[] {
  const { types } = catalog;
  return [
    title("Conversions and what they stand for"),
    lead(headline(types)),
    ...STAGES.flatMap((stage) => stageBlocks(stage, types)),
    ...closing(catalog),
  ];
}

const STAGES: readonly ConversionType["stage"][] = [
  "awareness",
  "consideration",
  "intent",
  "purchase",
  "retention",
];
const TIERS: readonly ConversionType["tier"][] = ["nano", "micro", "macro"];

function headline(types: readonly ConversionType[]): string {
  if (types.length === 0) return "No conversion is like that.";
  const tiers = TIERS.map((tier) => ({
    tier,
    count: types.filter((type) => type.tier === tier).length,
  })).filter(({ count }) => count > 0);
  const counts = tiers.map(({ tier, count }) => `${count} ${tier}`).join(", ");
  return `${types.length} ${types.length === 1 ? "conversion" : "conversions"}: ${counts}. A micro conversion that moves easily need not stand for the sale.`;
}

function stageBlocks(stage: ConversionType["stage"], all: readonly ConversionType[]): Block[] {
  const types = all.filter((type) => type.stage === stage);
  if (types.length === 0) return [];
  return [
    section(capital(stage)),
    table(
      ["Name", "Tier", "Kind", "Path", "Event"],
      types.map(({ name, tier, kind, path, eventName }) => [name, tier, kind, PATHS[path], eventName]),
      5,
    ),
    answers(types.map((type) => [type.title, meaning(type)])),
  ];
}

const PATHS = { "process-milestone": "step", "secondary-action": "aside" } as const;

function meaning({ metricKind, standsFor, doesNotStandFor }: ConversionType): string {
  return [`Measured as a ${metricKind}.`, ...standsFor, ...doesNotStandFor].join(" ");
}
