/** How long the workloads of this folder shall run, where somebody asked for it; else 0: as short as is worth while. */
export function minutesAskedFor(): number {
  const { JANGBU_MODEL_MINUTES = '0' } = process.env;
  const minutes = Number(JANGBU_MODEL_MINUTES);
  if (!(minutes >= 0)) throw new Error('JANGBU_MODEL_MINUTES is a number of minutes.');
  return minutes;
}
