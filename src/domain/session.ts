/** Limits how long mailed links, sessions and fresh sign-ins last. */

/** How long a sign-in link works, once. */
export const SIGN_IN_LINK_MINUTES = 15

/** How long links work that invite to an account or confirm its reply address. */
export const MAILED_LINK_DAYS = 7
export const MAILED_LINK_MS = MAILED_LINK_DAYS * 86_400_000

/** A session ends when it was not used for so long (better-auth moves this end once a day). */
export const SESSION_IDLE_MS = 30 * 86_400_000

/** A session ends so long after its sign-in, however often it is used: a copied cookie is not good for ever. */
export const SESSION_MAX_MS = 90 * 86_400_000

/**
 * How recent a sign-in must be for what could divert money or open the account to others. Time enough to fill in one form after
 * signing in; too little for a laptop that was left open, or a cookie that was copied earlier.
 */
export const FRESH_SIGN_IN_MINUTES = 10
export const FRESH_SIGN_IN_MS = FRESH_SIGN_IN_MINUTES * 60_000

export const isOver = (signedInAt: number, now: number): boolean => now - signedInAt >= SESSION_MAX_MS

export const isFresh = (signedInAt: number, now: number): boolean => now - signedInAt < FRESH_SIGN_IN_MS
