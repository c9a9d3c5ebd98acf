/** Throws `message` when more than `limitMs` have passed since `startMs`, a time of `performance.now()`. */
export function requireTime(startMs: number, limitMs: number, message: string): void {
  if (performance.now() - startMs > limitMs) throw new Error(message)
}
