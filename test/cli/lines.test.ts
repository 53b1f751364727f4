import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { terminal } from "../../src/cli/io.ts";
import { linesIn, LONGEST_LINE } from "../../src/cli/lines.ts";
import { parseLine } from "../../src/cli/parse-line.ts";

async function* inOrder(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function textsOf(lines: AsyncIterable<Uint8Array>): Promise<string[]> {
  const texts: string[] = [];
  for await (const line of lines) texts.push(Buffer.from(line).toString());
  return texts;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("lines of bytes", () => {
  it("are the same however the text is cut, within a letter too", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "ü", "€", "😀", "\n", "\r") });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40)), async (whole, cuts) => {
        const places = [...new Set([0, ...cuts, Infinity])].toSorted((a, b) => a - b);
        const chunks = places.slice(1).map((end, i) => bytes(whole).subarray(places[i], end));
        const expected = whole.split("\n");
        if (expected.at(-1) === "") expected.pop();
        expect(await textsOf(linesIn(inOrder(chunks)))).toEqual(expected);
      }),
    );
  });

  it("of one that is too long hold no more than tells so, and the next is whole", async () => {
    const chunk = new Uint8Array(2 ** 22).fill(0x78);
    function* chunks(): Generator<Uint8Array> {
      for (let i = 0; i < (2 * LONGEST_LINE) / chunk.length; i++) yield chunk;
      yield bytes("\nnext");
    }
    const lengths: number[] = [];
    for await (const line of linesIn(inOrder(chunks()))) lengths.push(line.length);
    expect(lengths).toEqual([LONGEST_LINE + chunk.length, 4]);
  });

  it("come from a file one after the other, and a file that is not there is said", async () => {
    const folder = mkdtempSync(join(tmpdir(), "microlift-lines-"));
    try {
      writeFileSync(join(folder, "some.ndjson"), "1\n2");
      expect(await textsOf(terminal.lines(join(folder, "some.ndjson")))).toEqual(["1", "2"]);
      const none = textsOf(terminal.lines(join(folder, "sone.ndjson")));
      await expect(none).rejects.toThrow(/^cannot read .*sone.ndjson: .*did you mean "some.ndjson"/);
      await expect(textsOf(terminal.lines(folder))).rejects.toThrow("it is a folder");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("a line of JSON", () => {
  it("is read with its infinities, a byte order mark before it and a carriage return behind it", () => {
    expect(parseLine(bytes('\uFEFF{ "n": "Infinity" }\r'), "data")).toEqual({ n: Infinity });
  });

  it.each(["", " \t", "\r", "\uFEFF"])("says nothing where it is blank: %j", (text) => {
    expect(parseLine(bytes(text), "data")).toBeUndefined();
  });

  it.each([
    [bytes('{"a": 1,}'), "must be JSON: expected a name in double quotes at column 9"],
    [Uint8Array.of(0x22, 0xff, 0x22), "must be a text in UTF-8"],
    [bytes("[".repeat(1e5) + "]".repeat(1e5)), "must be JSON of fewer levels"],
    [new Uint8Array(LONGEST_LINE + 1), `must be at most ${LONGEST_LINE} bytes long`],
  ])("is refused by what it is called, with its beginning: case %#", (line, expected) => {
    expect(() => parseLine(line, "data")).toThrow(
      expect.objectContaining({ name: "DomainError", field: "data", expected }),
    );
  });
});
