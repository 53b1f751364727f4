/** Small multiples of line charts as an SVG text: one panel a method, dark lines on white, readable in grey. */
export interface LineChart {
  readonly title: string;
  readonly subtitle: string;
  readonly xLabel: string;
  readonly panels: readonly {
    readonly label: string;
    readonly points: readonly (readonly [number, number])[];
  }[];
  /** The line that a method should not fall below. */
  readonly nominal: number;
}

const COLUMNS = 3;
const PANEL = { width: 270, height: 150, left: 50, top: 30, gapX: 20, gapY: 55 };
const HEAD = 70;
const BOTTOM = 0.8;
const TOP = 1;
const TICKS = [0.8, 0.85, 0.9, 0.95, 1];

export function lineChart({ title, subtitle, xLabel, panels, nominal }: LineChart): string {
  const rows = Math.ceil(panels.length / COLUMNS);
  const width = PANEL.left + COLUMNS * (PANEL.width + PANEL.gapX) + 10;
  const height = HEAD + rows * (PANEL.height + PANEL.gapY) + 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${PANEL.left}" y="26" font-size="17" font-weight="bold" fill="#111">${escaped(title)}</text>`,
    `<text x="${PANEL.left}" y="47" font-size="13" fill="#444">${escaped(subtitle)}</text>`,
    ...panels.map((panel, i) => {
      const x = PANEL.left + (i % COLUMNS) * (PANEL.width + PANEL.gapX);
      const y = HEAD + PANEL.top + Math.floor(i / COLUMNS) * (PANEL.height + PANEL.gapY);
      return drawn(panel, x, y, { xLabel, nominal, isFirst: i % COLUMNS === 0, id: `panel${i}` });
    }),
    "</svg>",
    "",
  ].join("\n");
}

function drawn(
  { label, points }: LineChart["panels"][number],
  x: number,
  y: number,
  { xLabel, nominal, isFirst, id }: { xLabel: string; nominal: number; isFirst: boolean; id: string },
): string {
  const across = (value: number): string => (value * PANEL.width).toFixed(1);
  const down = (value: number): string => (((TOP - value) / (TOP - BOTTOM)) * PANEL.height).toFixed(1);
  const path = points.map(([px, py], i) => `${i === 0 ? "M" : "L"}${across(px)},${down(py)}`).join("");
  return [
    `<g transform="translate(${x},${y})">`,
    `<clipPath id="${id}"><rect width="${PANEL.width}" height="${PANEL.height}"/></clipPath>`,
    `<text y="-8" font-size="13" font-weight="bold" fill="#111">${escaped(label)}</text>`,
    ...TICKS.map(
      (tick) =>
        `<line x2="${PANEL.width}" y1="${down(tick)}" y2="${down(tick)}" stroke="#ddd"/>` +
        (isFirst
          ? `<text x="-6" y="${down(tick)}" dy="4" font-size="11" text-anchor="end" fill="#444">${Math.round(tick * 100)} %</text>`
          : ""),
    ),
    `<line x2="${PANEL.width}" y1="${down(nominal)}" y2="${down(nominal)}" stroke="#111" stroke-dasharray="5 4"/>`,
    `<path d="${path}" fill="none" stroke="#333" stroke-width="1.2" clip-path="url(#${id})"/>`,
    ...[0, 0.5, 1].map(
      (tick) =>
        `<text x="${across(tick)}" y="${PANEL.height + 15}" font-size="11" text-anchor="middle" fill="#444">${tick}</text>`,
    ),
    `<text x="${PANEL.width / 4}" y="${PANEL.height + 15}" font-size="11" text-anchor="middle" fill="#444">${escaped(xLabel)}</text>`,
    "</g>",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
