export { SETTLEMENT_AGGREGATES, settlementHandlers } from '@jangbu/ledger-core';
