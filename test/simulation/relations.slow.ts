// The relations of test/properties many times over: vitest.slow.config.ts says how many.
/* oxlint-disable import/no-unassigned-import */
import "../properties/relations.test.ts";
import "../properties/relations-of-distributions.test.ts";
import "../properties/relations-of-names.test.ts";
import "../properties/relations-of-plans.test.ts";
