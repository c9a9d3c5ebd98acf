import { hashToken } from './token'

/**
 * Returns a hash of the values that a form shows; a save compares it to notice that they have changed. It covers no
 * other values, so that saving one page of settings makes no other form stale.
 */
export const tagOf = (shown: unknown): Promise<string> => hashToken(JSON.stringify(shown))
