export { type ApiConfig, readConfig } from './config.ts';
export { describeApi, routesServedIn } from './describe-api.ts';
export type { Caller, Credentials, Role } from './http/caller.ts';
export { changeRole } from './members/change-role.ts';
export { type Member, readMember } from './members/read-member.ts';
export { prepareShop } from './shop/prepare-shop.ts';
export { SHOP_MIGRATIONS, SHOP_PRIVILEGES } from './shop/privileges.ts';
export { loadSampleData } from './shop/sample-data-table.ts';
export { type ApiSeams, type RunningApi, startApi } from './start-api.ts';
