// Writes the API reference as web pages into temp/reference: `npm run reference`. What a reader would miss is an error:
// an export without a sentence, a type that is named and not shown, a link that leads nowhere.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  Application,
  Comment,
  type CommentDisplayPart,
  CommentTag,
  Converter,
  type ParameterReflection,
  type ProjectReflection,
  ReferenceType,
  type Reflection,
  ReflectionKind,
} from "typedoc";

const root = resolve(import.meta.dirname, "..");
const out = join(root, "temp/reference");
// The floors first: a name is shown where it is made, and the root shows what is of no floor.
const MODULES: Readonly<Record<string, string>> = {
  "src/experiment": "microlift/experiment",
  "src/inference": "microlift/inference",
  "src/planning": "microlift/planning",
  "src/proxy": "microlift/proxy",
  "src/sequential": "microlift/sequential",
  "src/bayesian": "microlift/bayesian",
  "src/summaries": "microlift/summaries",
  "src/report": "microlift/report",
  "src/numerics": "microlift/distributions",
  "src/warehouse": "microlift/warehouse",
  "src/workers": "microlift/workers",
  src: "microlift",
};

const app = await Application.bootstrap({
  entryPoints: Object.keys(MODULES).map((folder) => join(root, folder, "index.ts")),
  // The library itself knows nothing of Node; its workers do.
  tsconfig: join(root, "scripts/tsconfig.reference.json"),
  basePath: root,
  out,
  name: "microlift",
  includeVersion: true,
  readme: join(root, "docs/reference.md"),
  excludeReferences: true,
  disableGit: true,
  sourceLinkTemplate: `file://${root}/src/{path}#L{line}`,
  groupOrder: ["Functions", "Variables", "*"],
  navigation: { includeGroups: true },
  sortEntryPoints: false,
  includeHierarchySummary: false,
  useFirstParagraphOfCommentAsSummary: true,
  sort: ["alphabetical"],
  hideGenerator: true,
  githubPages: false,
  headings: { readme: false, document: false },
  // Fields of options and results say what they are by name and type, and by a comment where that is not enough.
  requiredToBeDocumented: ["Class", "Function", "Interface", "TypeAlias", "Variable"],
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  treatWarningsAsErrors: true,
});

app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    module.name = MODULES[module.name] ?? module.name;
  }
  for (const signature of project.getReflectionsByKind(ReflectionKind.CallSignature)) {
    const { comment, parameters } = signature as { comment?: Comment; parameters?: ParameterReflection[] };
    if (comment !== undefined) for (const { name } of parameters ?? []) gatherFields(comment, name);
    for (const { type } of parameters ?? []) {
      const taken = type instanceof ReferenceType ? type.reflection : undefined;
      if (taken !== undefined && taken.comment === undefined && taken.isDeclaration()) {
        taken.comment = new Comment([{ kind: "text", text: `What \`${signature.name}\` takes.` }]);
      }
    }
  }
  linkNames(project);
});

/** What is said of the fields of a parameter as a list at the parameter: TypeDoc would drop it for a named type. */
function gatherFields(comment: Comment, parameter: string): void {
  const isOfField = ({ tag, name }: CommentTag): boolean =>
    tag === "@param" && name !== undefined && name.startsWith(`${parameter}.`);
  const fields = comment.blockTags.filter(isOfField);
  if (fields.length === 0) return;
  const others = comment.blockTags.filter((tag) => !isOfField(tag));
  const whole = others.find(({ tag, name }) => tag === "@param" && name === parameter);
  const entries = fields.flatMap(({ name, content }): CommentDisplayPart[] => [
    { kind: "text", text: `\n- \`${name!.slice(parameter.length + 1)}\`: ` },
    ...content.map((part) => ({ ...part, text: part.text.replaceAll(/\s*\n\s*/g, " ") })),
  ]);
  if (whole === undefined) {
    const list = new CommentTag("@param", entries);
    list.name = parameter;
    comment.blockTags = [list, ...others];
  } else {
    whole.content.push({ kind: "text", text: "\n" }, ...entries);
    comment.blockTags = others;
  }
}

/** Names of exports in comments become links to them. */
function linkNames(project: ProjectReflection): void {
  const exported = new Map<string, Reflection>(
    project
      .getReflectionsByKind(ReflectionKind.SomeExport)
      .map((reflection) => [reflection.name, reflection]),
  );
  const linked = (parts: CommentDisplayPart[], owner: Reflection): CommentDisplayPart[] =>
    parts.map((part) => {
      const name = part.kind === "code" ? part.text.replaceAll("`", "") : "";
      const target = exported.get(name);
      return target === undefined || target === owner || target === owner.parent
        ? part
        : { kind: "inline-tag", tag: "@linkcode", text: name, target };
    });
  if (project.readme !== undefined) project.readme = linked(project.readme, project);
  for (const reflection of Object.values(project.reflections)) {
    const { comment } = reflection;
    if (comment === undefined) continue;
    comment.summary = linked(comment.summary, reflection);
    for (const tag of comment.blockTags) {
      if (tag.tag !== "@example") tag.content = linked(tag.content, reflection);
    }
  }
}

const project = await app.convert();
if (project !== undefined) {
  app.validate(project);
  mkdirSync(out, { recursive: true });
  if (!app.logger.hasErrors() && !app.logger.hasWarnings()) await app.generateDocs(project, out);
}
process.exitCode = app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0;
