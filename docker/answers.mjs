// Healthy when the address answers with success: node docker/answers.mjs URL
const response = await fetch(process.argv[2] ?? '', { signal: AbortSignal.timeout(2_500) });
if (!response.ok) throw new Error(`answered ${response.status}`);
