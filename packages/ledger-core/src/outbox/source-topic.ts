/** The topic of the embedded source, which reads MySQL itself: its offsets are outbox seqs. Every other topic is Kafka's. */
export const EMBEDDED_TOPIC = 'outbox';

/** By which source a topic is read. */
export function sourceOfTopic(topic: string): 'embedded' | 'kafka' {
  return topic === EMBEDDED_TOPIC ? 'embedded' : 'kafka';
}
