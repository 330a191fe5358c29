/** What came back of one call. */
export type Reply =
  | { readonly got: 'answer'; readonly status: number; readonly body: unknown }
  /** The call was sent, or may have been, and nothing usable came back: it may have happened. */
  | { readonly got: 'nothing'; readonly reason: string }
  /** Nothing was sent. `isBlocked`: not even tried, because the guard let nothing through. */
  | { readonly got: 'not_sent'; readonly reason: string; readonly isBlocked: boolean };

/** Whether the provider is in trouble, as against saying no: what a breaker counts. */
export function isTrouble(reply: Reply): boolean {
  if (reply.got === 'answer') return reply.status >= 500 || reply.status === 429;
  return reply.got === 'nothing' || !reply.isBlocked;
}
