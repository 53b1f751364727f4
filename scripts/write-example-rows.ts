import { mkdirSync, writeFileSync } from "node:fs";
import { createRandom } from "../src/numerics/random.ts";

// Made-up rows of a small shop's test, as a log of events holds them: examples/rows. Visitors enter over two weeks, one
// in nine of them buys and with the new checkout one in seven, within days. A few were seen twice, a few in both arms.

const UNITS = 2400;
const ENTERED_WITHIN_MINUTES = 14 * 24 * 60;
const START = Date.parse("2026-03-02T00:00:00Z");
const FOLDER = "examples/rows";

const random = createRandom(20_260_302);
const at = (minute: number): string =>
  new Date(START + Math.round(minute) * 60_000).toISOString().slice(0, 19);
const exposures: [minute: number, line: string][] = [];
const events: [minute: number, line: string][] = [];

for (let i = 1; i <= UNITS; i += 1) {
  const id = `u${String(i).padStart(5, "0")}`;
  const variant = random.uniform() < 0.5 ? "old" : "new";
  const device = random.uniform() < 0.6 ? "phone" : "desktop";
  const entered = random.uniform() * ENTERED_WITHIN_MINUTES;
  exposures.push([entered, `${id},${variant},${device}`]);
  if (random.uniform() < 0.04) exposures.push([entered + 300, `${id},${variant},${device}`]);
  if (random.uniform() < 0.004)
    exposures.push([entered + 400, `${id},${variant === "old" ? "new" : "old"},${device}`]);
  const [addsToCart, buys] = variant === "old" ? [0.24, 0.46] : [0.29, 0.5];
  if (random.uniform() > addsToCart) continue;
  const added = entered + 5 + 600 * random.uniform();
  events.push([added, `${id},add_to_cart,`]);
  if (random.uniform() > buys) continue;
  const amount = (20 * Math.exp(0.6 * random.normal())).toFixed(2);
  events.push([added + 10 + 3000 * random.uniform() ** 2, `${id},purchase,${amount}`]);
}

function write(file: string, header: string, rows: [minute: number, line: string][]): void {
  const lines = rows.toSorted(([a], [b]) => a - b).map(([minute, line]) => `${at(minute)},${line}`);
  writeFileSync(`${FOLDER}/${file}`, `${[header, ...lines].join("\n")}\n`);
}

mkdirSync(FOLDER, { recursive: true });
write("exposures.csv", "at,user_id,variant,device", exposures);
write("events.csv", "at,user_id,event,amount", events);
