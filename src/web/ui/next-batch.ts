import { type Language, plural } from '../../i18n'
import { durationText } from './duration'

/** Returns the text that says to how many addresses a send goes, and when: with the next batch, or at once without a batch window. */
export const nextBatchText = (language: Language, addresses: number, batchWindowMs: number): string =>
  batchWindowMs === 0
    ? plural(language, 'send.summary.at_once', addresses)
    : plural(language, 'send.summary.next', addresses, { duration: durationText(batchWindowMs, language) })
