/** Finds the reason in what a server wrote, in the order of the tables. */
import { ADDRESS_TEXTS } from './address-texts'
import { BEFORE_ADDRESSES, VAGUE } from './sender-texts'
import type { Reason, TextRule } from './text-rule'
import { FULL_ABROAD, SPAM_ABROAD, SUSPENDED_ABROAD, UNKNOWN_ABROAD } from './texts-abroad'

const CLEAR = [...BEFORE_ADDRESSES, FULL_ABROAD, SPAM_ABROAD, SUSPENDED_ABROAD, ...ADDRESS_TEXTS, UNKNOWN_ABROAD]

/** Returns the first reason that fits, what is not about the address before what is; undefined where the text says nothing clear. */
export const clearReason = (text: string): Reason | undefined => firstOf(CLEAR, text)

/** Returns a reason from words that servers use for many; a code about the address outweighs it. */
export const vagueReason = (text: string): Reason | undefined => firstOf(VAGUE, text.replace(REJECTED, ''))

/** Says that a recipient is refused, not why. */
const REJECTED = /(?:recipient|rcpt)(?: address)? rejected/g

const firstOf = (rules: TextRule[], text: string): Reason | undefined =>
  rules.find(({ pattern }) => pattern.test(text))?.reason
