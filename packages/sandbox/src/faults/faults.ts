import { type Fault, type FaultTarget, matches, seededRandom } from './fault.ts';

export interface ArmedFault extends Fault {
  readonly id: number;
  readonly struckCount: number;
}

/** The faults that are armed. The first that matches decides, whether or not it then strikes. */
export class Faults {
  #armed: { fault: ArmedFault; random: () => number }[] = [];
  #lastId = 0;

  add(fault: Fault): ArmedFault {
    this.#lastId += 1;
    const armed = { ...fault, id: this.#lastId, struckCount: 0 };
    this.#armed.push({ fault: armed, random: seededRandom(fault.seed) });
    return armed;
  }

  list(): readonly ArmedFault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that strikes this request; it is spent when it has struck as many times as it was given. */
  strike(target: FaultTarget): Fault | undefined {
    if (this.#armed.length === 0) return undefined;
    const armed = this.#armed.find(({ fault }) => matches(fault, target));
    if (armed === undefined || armed.random() >= armed.fault.probability) return undefined;
    armed.fault = { ...armed.fault, struckCount: armed.fault.struckCount + 1 };
    if (armed.fault.struckCount === armed.fault.times) {
      this.#armed = this.#armed.filter((other) => other !== armed);
    }
    return armed.fault;
  }
}
