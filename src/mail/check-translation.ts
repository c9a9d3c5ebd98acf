import type { Translation } from './translation'

/** `mail.problem.<reason>` says it in words, with {detail}. */
export interface TranslationProblem {
  field: keyof Translation
  /** Both count from 1. */
  line: number
  column: number
  reason:
    | 'unknown_variable'
    | 'unknown_filter'
    | 'unknown_tag'
    | 'unclosed'
    | 'syntax'
    | 'unsafe_link'
    | 'image'
    | 'empty'
    | 'too_long'
  /** The piece of text it is about. */
  detail: string
}

/** What is wrong with a merchant's subject and body, in the order of the text; empty when it can be sent. */
export declare function checkTranslation(translation: Translation): TranslationProblem[]
