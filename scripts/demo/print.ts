import type { JournalEntry, Step, Walked } from './step.ts';

export function headLines(url: string): string[] {
  return [`One payment through Jangbu at ${url}`, '', line('ms', 'step', '')];
}

/** The step's milliseconds and name, and what it found beside them. */
export function stepLines(taken: Step): string[] {
  const [first = '', ...rest] = foundLines(taken);
  return [line(taken.ms.toFixed(1), taken.step, first), ...rest.map((text) => line('', '', text))];
}

export function tailLines({ totalMs, checks }: Walked): string[] {
  const broken = Object.entries(checks).filter(([, holds]) => !holds);
  return [
    '',
    `From check-out to the sellers’ wallets: ${totalMs.toFixed(1)} ms.`,
    ...(broken.length === 0
      ? [`All of it holds: ${Object.keys(checks).join('; ')}.`]
      : broken.map(([name]) => `DOES NOT HOLD: ${name}. Run npx jangbu verify.`)),
  ];
}

function foundLines(taken: Step): string[] {
  switch (taken.step) {
    case 'check-out': {
      const { orderId, orderName, amount, currency } = taken.found;
      return [`order ${orderId}`, `${orderName}, ${won(String(amount))} ${currency}`];
    }
    case 'confirm': {
      const { paymentKey, status, method } = taken.found;
      return [`payment ${paymentKey}: ${status}${method === null ? '' : `, ${method}`}`];
    }
    case 'outbox': {
      const { seq, eventType, eventVersion, eventId } = taken.found;
      return [`seq ${seq}: ${eventType} ${eventVersion}, event ${eventId}`];
    }
    case 'relay': {
      const { source, topic, partition, offset, delayMs } = taken.found;
      const how =
        source === 'kafka'
          ? `Debezium → Kafka ${topic}, partition ${partition}, offset ${offset}`
          : 'straight from MySQL';
      return [`${how}; applied ${delayMs.toFixed(1)} ms after the outbox row was made`];
    }
    case 'journal':
      return taken.found.flatMap(entryLines);
    case 'wallets':
      return taken.found.map(
        ({ sellerId, before, after }) => `seller ${sellerId}: pending ${won(before)} → ${won(after)}`,
      );
    case 'trial balance':
      return taken.found.totals.map(
        ({ currency, debit, credit }) =>
          `${currency}, as of ${taken.found.asOf}: debit balances ${won(debit)} ${debit === credit ? '=' : '≠'} credit balances ${won(credit)}`,
      );
  }
}

function entryLines({ entryId, description, lines }: JournalEntry): string[] {
  const accounts = Math.max(...lines.map(({ account }) => account.length));
  const amounts = Math.max(...lines.map(({ amount }) => won(amount).length));
  return [
    `${entryId}: ${description}`,
    ...lines.map(
      ({ side, account, amount }) =>
        `  ${side.padEnd(6)}  ${account.padEnd(accounts)}  ${won(amount).padStart(amounts)}`,
    ),
  ];
}

function line(ms: string, name: string, text: string): string {
  return `${ms.padStart(8)}  ${name.padEnd(13)}  ${text}`.trimEnd();
}

/** `1234567` as `1,234,567`. */
function won(text: string): string {
  return BigInt(text).toLocaleString('en');
}
