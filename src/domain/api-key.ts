/** Keys with which programs call the API. */

/** What a key may do; each scope stands alone. */
export const API_SCOPES = ['read', 'write', 'send'] as const
export type ApiScope = (typeof API_SCOPES)[number]

/** Most keys of an account that work at the same time. */
export const MAX_API_KEYS = 50
export const API_KEY_NAME_CHARS = 100

/** Calls that a key may make in a window; the same as `API_LIMIT` in wrangler.toml. */
export const API_CALLS_A_WINDOW = 600
export const API_WINDOW_S = 60

const MARKS = { live: 'fk_live_', test: 'fk_test_' } as const
const SHOWN_CHARS = 4

/** Returns the text of a key. Its mark lets scanners of source code find a leaked one. */
export const apiKeyText = (token: string, test: boolean): string => (test ? MARKS.test : MARKS.live) + token

/** Returns the beginning of a key, by which a person recognises it. */
export const apiKeyPrefix = (text: string): string => text.slice(0, MARKS.live.length + SHOWN_CHARS)

/** Checks the form of a key: its mark, and 128 bits as base64url. */
export const isApiKeyText = (text: string): boolean => /^fk_(live|test)_[\w-]{22}$/.test(text)

export const isApiScope = (text: string): text is ApiScope => (API_SCOPES as readonly string[]).includes(text)
