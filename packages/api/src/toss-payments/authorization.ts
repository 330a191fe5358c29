/** TossPayments knows a merchant by its secret key, as the user of Basic authorization without a password. */
export function authorizationOf(secretKey: string): string {
  return `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;
}
