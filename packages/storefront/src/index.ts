export { createStorefront, type PageAnswer, type Storefront, type StorefrontOptions } from './storefront.ts';
