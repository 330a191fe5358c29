export {
  type ConnectorState,
  connectorGtids,
  connectorState,
  deleteConnector,
  putConnector,
  restartFailed,
} from './connect-rest.ts';
export {
  connectorName,
  type OutboxConnector,
  type OutboxConnectorOptions,
  outboxConnector,
} from './outbox-connector.ts';
export { type SuperviseOptions, superviseConnector } from './supervise.ts';
