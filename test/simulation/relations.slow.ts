// The relations of test/properties many times over: vitest.slow.config.ts says how many.
// oxlint-disable-next-line import/no-unassigned-import
import "../properties/relations.test.ts";
