import en from '../../locales/en.json'
import type { Key } from './index'

/** Returns the key of a refusal's text. */
export const refusalKey = (reason: string) => `refusal.${reason}` as const

export const isRefusalKey = (key: string): key is Extract<Key, `refusal.${string}`> => key in en

/** Returns the keys under which a reason may have its text: some refusals are only shown as notices. */
export const reasonKeys = (reason: string): string[] => [refusalKey(reason), `problem.${reason}`]

export const isReasonKey = (key: string): key is Extract<Key, `refusal.${string}` | `problem.${string}`> => key in en
