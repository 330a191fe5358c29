export { type RelayConfig, readRelayConfig } from './config.ts';
export type { EventHandler, RelayEvent } from './event-handler.ts';
export { createRelay, type Relay, type RelayOptions } from './relay.ts';
export { settlementHandlers } from './settlement-handlers.ts';
export { EmbeddedSource, type EmbeddedSourceOptions } from './sources/embedded-source.ts';
export { KafkaSource, type KafkaSourceOptions } from './sources/kafka-source.ts';
export type { Deliver, OutboxSource } from './sources/source.ts';
export { WatchedSource, type WatchedSourceOptions } from './sources/watched-source.ts';
export { type RunningRelay, startRelay } from './start-relay.ts';
