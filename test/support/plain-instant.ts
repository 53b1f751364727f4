/** Instants in microseconds since 1970, read by counting: what statements leave to their engines. */

const MICROS_PER_SECOND = 1_000_000;
const DAY = 86_400 * MICROS_PER_SECOND;

/** `2024-03-01`, `2024-03-01 10:00:00.5` or `2024-03-01T10:00:00+02:00`; without an offset it is a clock's in `zone`. */
export function instantOf(text: string, zone: string): number {
  const parts =
    /^(-?\d+)-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/.exec(
      text,
    );
  if (parts === null) throw new Error(`not a time: ${text}`);
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map((part) => part ?? 0);
  const seconds = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second) / 1000;
  const clock = seconds * MICROS_PER_SECOND + Number((parts[7] ?? "").padEnd(6, "0"));
  const offset = parts[8];
  if (offset === undefined) return instantOfClock(clock, zone);
  if (offset === "Z") return clock;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(":", "") || 0)];
  const east = (hours * 60 + minutes) * 60 * MICROS_PER_SECOND;
  return offset.startsWith("-") ? clock + east : clock - east;
}

/** What clocks in a zone show at an instant, counted as if they showed UTC. */
export function clockAt(instant: number, zone: string): number {
  return instant + offsetAt(instant, zone);
}

/**
 * When clocks in a zone show a time. A time that they show twice is the later one; one that they leap over is read as if
 * they had not leapt yet.
 */
function instantOfClock(clock: number, zone: string): number {
  const [before, after] = [offsetAt(clock - DAY, zone), offsetAt(clock + DAY, zone)];
  return offsetAt(clock - after, zone) === after ? clock - after : clock - before;
}

function offsetAt(instant: number, zone: string): number {
  if (zone === "UTC") return 0;
  const seconds = Math.floor(instant / MICROS_PER_SECOND);
  const shown = Object.fromEntries(
    formatOf(zone)
      .formatToParts(new Date(seconds * 1000))
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute, second } = shown as Record<string, number>;
  return (Date.UTC(year!, month! - 1, day, hour, minute, second) / 1000 - seconds) * MICROS_PER_SECOND;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = "numeric" as const;
  const fields = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  };
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...fields });
  formats.set(timeZone, format);
  return format;
}
