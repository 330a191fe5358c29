import { jest } from '@jest/globals';

// On a machine that others load as well, a wait for real servers can be in vain. What fails is tried once more there, and both
// failures are shown; at home the first one counts.
if (process.env['CI'] === 'true') jest.retryTimes(1, { logErrorsBeforeRetry: true });
