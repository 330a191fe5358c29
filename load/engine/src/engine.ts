import { type Answer, createClient } from './client.ts';

/** A step of a flow as a script writes it: `post: { url, json, capture }`. */
type Step = Readonly<Record<string, StepParameters>>;

interface StepParameters {
  readonly url: string;
  readonly json?: unknown;
  readonly capture?: unknown;
  readonly match?: unknown;
}

interface Script {
  readonly config: {
    readonly target: string;
    /** In seconds, as Artillery has it. */
    readonly timeout?: number;
  };
}

/** What Artillery collects: counters and histograms of its report. */
interface Events {
  emit(event: 'started'): void;
  emit(event: 'error', code: string): void;
  emit(event: 'counter', name: string, more: number): void;
  emit(event: 'histogram', name: string, ms: number): void;
}

interface Context {
  readonly vars: Record<string, unknown>;
  _defaultStrictCapture?: boolean;
}

interface Captured {
  readonly captures: Readonly<Record<string, { readonly value: unknown; readonly failed?: boolean }>>;
  readonly matches: Readonly<Record<string, { readonly success: boolean }>>;
}

/** Artillery's own reading of templates, captures and matches. */
interface EngineUtil {
  template<Value>(value: Value, context: Context): Value;
  captureOrMatch(
    parameters: StepParameters,
    answer: Pick<Answer, 'headers' | 'body'>,
    context: Context,
    done: (error: Error | null, result: Captured | null) => void,
  ): void;
}

type Scenario = (context: Context, done: (error: Error | null, context: Context) => void) => void;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const KNOWN = ['url', 'json', 'capture', 'match'];
const TIMEOUT_S = 10;

/**
 * Runs flows of plain requests for Artillery. Its own HTTP engine takes 1.2 ms of a processor for the two requests of a flow, a connection for
 * each flow among them: more than the API does for answering them, so that on one machine it measures its own waiting for a core. This one takes a third
 * of it. It reads of a script only what the flow says, and refuses what it does not know.
 */
export default class LeanEngine {
  readonly #send: ReturnType<typeof createClient>;
  readonly #util: EngineUtil;

  constructor({ config: { target, timeout = TIMEOUT_S } }: Script, _events: unknown, util: EngineUtil) {
    this.#send = createClient(target, timeout * 1_000);
    this.#util = util;
  }

  createScenario({ flow }: { readonly flow: readonly Step[] }, events: Events): Scenario {
    const steps = flow.map(readStep);
    return (context, done) => {
      events.emit('started');
      context._defaultStrictCapture = true;
      this.#run(steps, context, events).then(
        () => done(null, context),
        (error: Error & { code?: string }) => {
          events.emit('error', error.code ?? error.message);
          done(error, context);
        },
      );
    };
  }

  async #run(steps: readonly PlainStep[], context: Context, events: Events): Promise<void> {
    for (const { method, parameters } of steps) {
      const { url, json } = this.#util.template({ url: parameters.url, json: parameters.json }, context);
      const body = json === undefined ? undefined : JSON.stringify(json);
      events.emit('counter', 'http.requests', 1);
      const answer = await this.#send({ method, path: url, body });
      report(answer, events);
      await this.#capture(parameters, answer, context);
    }
  }

  /** What a step captures must be there, and what it matches must be so. */
  #capture(parameters: StepParameters, answer: Answer, context: Context): Promise<void> {
    return new Promise((settle, fail) => {
      this.#util.captureOrMatch(parameters, answer, context, (error, result) => {
        const { captures = {}, matches = {} } = result ?? {};
        const isMissed =
          Object.values(captures).some(({ failed }) => failed === true) ||
          Object.values(matches).some(({ success }) => !success);
        if (error !== null) return fail(error);
        if (isMissed) return fail(new Error('Failed capture or match'));
        for (const [name, { value }] of Object.entries(captures)) context.vars[name] = value;
        settle();
      });
    });
  }
}

interface PlainStep {
  readonly method: string;
  readonly parameters: StepParameters;
}

/** @throws Error where the step asks for what only Artillery's own engine does */
function readStep(step: Step): PlainStep {
  const [[name, parameters] = ['', undefined], ...further] = Object.entries(step);
  const unknown = [
    ...(METHODS.includes(name) ? [] : [name]),
    ...further.map(([key]) => key),
    ...Object.keys(parameters ?? {}).filter((key) => !KNOWN.includes(key)),
  ];
  if (unknown.length > 0 || parameters === undefined)
    throw new Error(
      `The lean engine does not know "${unknown.join('", "')}" in a flow. Artillery's own does: --engine http.`,
    );
  return { method: name.toUpperCase(), parameters };
}

function report({ status, tookMs }: Answer, events: Events): void {
  events.emit('counter', `http.codes.${status}`, 1);
  events.emit('counter', 'http.responses', 1);
  events.emit('histogram', 'http.response_time', tookMs);
}
