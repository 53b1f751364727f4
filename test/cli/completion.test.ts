import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as microlift from "../../src/index.ts";
import { cli } from "../support/command-line.ts";

const isThere = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "microlift-completion-"));
  for (const shell of ["bash", "zsh", "fish"]) {
    writeFileSync(join(folder, shell), (await cli(["completion", shell])).out);
  }
  writeFileSync(join(folder, "my plan.json"), "{}");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash offers for a command line of these words, the last of which is being typed. */
function offeredByBash(words: readonly string[]): string[] {
  const script = `source ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _microlift; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const printed = execFileSync("bash", ["-c", script, "bash", ...words], { cwd: folder, encoding: "utf8" });
  return printed.split("\n").filter((word) => word !== "");
}

describe("completion in bash", () => {
  it.each([
    [["pl"], ["plan"]],
    [["p"], ["plan", "proxy"]],
    [["--no"], ["--no-color"]],
    [
      ["plan", "--al"],
      ["--allocation", "--alpha", "--alternative"],
    ],
    [
      ["plan", "--alternative", ""],
      ["two-sided", "greater", "less"],
    ],
    [["plan", "--alternative", "=", "g"], ["greater"]],
    [
      ["plan", "--alternative", "="],
      ["two-sided", "greater", "less"],
    ],
    [["plan", "--baseline", ""], []],
    [["analyze", "--ht"], ["--html"]],
    [["analyze", "--nd"], ["--ndjson"]],
    [["serve", "--s"], ["--stdio"]],
    [
      ["call", "compareProp"],
      ["compareProportions", "compareProportionsBatch"],
    ],
    [["call", "studentT.c"], ["studentT.cdf"]],
    [["completion", "z"], ["zsh"]],
    [["--color", "an"], ["analyze"]],
    [["help", "pr"], ["proxy"]],
  ])("offers after %j: %j", (words, offered) => {
    expect(offeredByBash(["microlift", ...words])).toEqual(
      offered.filter((word) => word !== "compareProportionsBatch" || word in microlift),
    );
  });

  it("knows every function that can be called, and every option of every command", async () => {
    expect(offeredByBash(["microlift", "call", ""])).toEqual(
      expect.arrayContaining(["analyzeExperiment", "normal.quantile", "toText"]),
    );
    for (const command of ["plan", "analyze", "proxy"]) {
      const { out } = await cli([command, "--help"]);
      const shown = [...out.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name!);
      expect(shown.length).toBeGreaterThan(5);
      expect(offeredByBash(["microlift", command, "-"])).toEqual(expect.arrayContaining(shown));
    }
  });

  it("leaves files to bash, and only where a file may stand", () => {
    // A function that offers nothing falls back to names of files, unless it says otherwise.
    const script = `source ./bash; compopt() { echo "$@"; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _microlift || true`;
    const fallsBack = (...words: readonly string[]): boolean =>
      execFileSync("bash", ["-c", script, "bash", "microlift", ...words], {
        cwd: folder,
        encoding: "utf8",
      }) === "";
    expect(fallsBack("analyze", "my")).toBe(true);
    expect(fallsBack("plan", "--past", "my")).toBe(true);
    expect(fallsBack("plan", "--html", "")).toBe(true);
    expect(fallsBack("plan", "--baseline", "")).toBe(false);
    expect(fallsBack("call", "my")).toBe(false);
  });
});

describe.skipIf(!isThere("fish"))("completion in fish", () => {
  it.each([
    ["microlift pl", ["plan"]],
    ["microlift plan --alternative ", ["greater", "less", "two-sided"]],
    ["microlift plan --alph", ["--alpha"]],
    ["microlift call studentT.c", ["studentT.cdf"]],
    ["microlift completion ", ["bash", "fish", "zsh"]],
    ["microlift analyze my", ["my\\ plan.json"]],
    ["microlift plan --baseline m", []],
  ])("offers after %s: %j", (typed, offered) => {
    const printed = execFileSync("fish", ["-c", "source ./fish; complete -C $argv[1]", typed], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, HOME: folder },
    });
    const words = printed.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0]!]));
    expect(words.map((word) => word.replace(/(?<!\\) /, "\\ ")).toSorted()).toEqual(offered.toSorted());
  });
});

// zsh completes only where it is used by somebody: a shell in a pseudo terminal, to which a tab is typed, and then a key
// that writes down what the line has become.
const ZSH = `
zmodload zsh/zpty
zpty -b z zsh -f -i
zpty -w z 'PROMPT=; autoload -Uz compinit; compinit -u -D; source ./zsh; bindkey "^I" complete-word
note() { print -r -- "$BUFFER" >> ./completed; BUFFER=; print NOTED }; zle -N note; bindkey "^N" note
zle-line-init() { print TYPE NOW }; zle -N zle-line-init'
zpty -r -m z line '*TYPE NOW*TYPE NOW*'
for typed in "$@"; do
  zpty -n -w z "$typed"$'\\t\\x0e'
  zpty -r -m z line '*NOTED*'
done
zpty -w z exit
while zpty -r z line; do :; done
`;

describe.skipIf(!isThere("zsh"))("completion in zsh", () => {
  it("completes commands, options, their words, files and functions", () => {
    const typed = [
      "pl",
      "plan --alte",
      "plan --alternative gr",
      "analyze my",
      "call studentT.cd",
      "completion fi",
    ];
    execFileSync("zsh", ["-f", "-c", ZSH, "zsh", ...typed.map((words) => `microlift ${words}`)], {
      cwd: folder,
      env: { ...process.env, HOME: folder, TERM: "xterm" },
      timeout: 30_000,
    });
    expect(readFileSync(join(folder, "completed"), "utf8").trimEnd().split(/ *\n/)).toEqual([
      "microlift plan",
      "microlift plan --alternative",
      "microlift plan --alternative greater",
      "microlift analyze my\\ plan.json",
      "microlift call studentT.cdf",
      "microlift completion fish",
    ]);
  });
});
