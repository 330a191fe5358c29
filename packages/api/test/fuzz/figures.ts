/** How often each operation was answered how. */
export class Figures {
  readonly #answered = new Map<string, Map<number, number>>();

  count(name: string, status: number): void {
    const ofOperation = this.#answered.get(name) ?? new Map<number, number>();
    this.#answered.set(name, ofOperation.set(status, (ofOperation.get(status) ?? 0) + 1));
  }

  /** `GET /a: 12 × 200, 3 × 404` for each operation, and how many all in all. */
  tell(title: string): void {
    const lines = [...this.#answered].map(([name, statuses]) => {
      const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
      return `  ${name}: ${counts.join(', ')}`;
    });
    const all = [...this.#answered.values()].flatMap((statuses) => [...statuses.values()]);
    const total = all.reduce((sum, count) => sum + count, 0);
    process.stderr.write(`${[`${title}, ${total} requests:`, ...lines].join('\n')}\n`);
  }
}
