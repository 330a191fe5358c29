/** `npm run fuzz` sets these; a test has seconds. */
export const MS = Number(process.env['JANGBU_FUZZ_MINUTES'] ?? 0.3) * 60_000;
export const SEED = Number(process.env['JANGBU_FUZZ_SEED'] ?? Date.now() % 1_000_000);
/** Where in the run of a seed a sequence is that failed. */
export const SEQUENCE = process.env['JANGBU_FUZZ_SEQUENCE'];
