import en from '../../locales/en.json'
import type { Key } from './index'

/** Returns the key of a refusal's text. */
export const refusalKey = (reason: string) => `refusal.${reason}` as const

export const isRefusalKey = (key: string): key is Extract<Key, `refusal.${string}`> => key in en
