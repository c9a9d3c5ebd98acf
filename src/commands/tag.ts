import { hashToken } from './token'

/**
 * Returns the hash by which a form proves which values it was made from. Only what the form shows goes in, so that saving one page of settings
 * makes no other stale.
 */
export const tagOf = (shown: unknown): Promise<string> => hashToken(JSON.stringify(shown))
