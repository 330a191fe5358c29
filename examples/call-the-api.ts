// Needs the API, such as the one of `npm start`. Run again, it does the same once more.
import { createClient, isApiError, newIdempotencyKey } from '@jangbu/client';

const api = createClient({ baseUrl: process.env.API_URL || 'http://127.0.0.1:8081' });

// The key names the act: whoever sends it again, after a crash or from another process, gets the same order.
const act = { body: { cartId: 1, kimchiIds: [1, 2, 3], buyerId: 1 }, idempotencyKey: newIdempotencyKey() };
const order = await api.post('/api/check-out', act);
const again = await api.send('post', '/api/check-out', act);
console.log(order.orderName, order.amount, order.currency);
console.log('sent twice, ordered once:', again.isReplay && again.result.orderId === order.orderId);

const { orderId, amount } = order;
try {
  await api.post('/test/confirm', { body: { orderId, memberId: 1, amount: amount - 1_000 } });
} catch (error) {
  if (!isApiError(error, 'amount_mismatch')) throw error;
  console.log(error.status, error.code);
}
const payment = await api.post('/test/confirm', { body: { orderId, memberId: 1, amount } });
const { status } = await api.get('/api/orders/{orderId}', { params: { orderId } });
console.log('payment', payment.status, 'and order', status);

const aged: string[] = [];
for await (const { name, price } of api.list('/api/kimchi', {
  query: { category: 'aged', sort: 'price_asc' },
}))
  aged.push(`${name} ${price}`);
console.log(aged);
