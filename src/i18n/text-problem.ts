/** Translates the problems of subjects and bodies. */
import en from '../../locales/en.json'
import type { Key, Translate } from './index'

export interface TextProblem {
  reason: string
  line?: number | string | undefined
  column?: number | string | undefined
  detail?: number | string | undefined
}

const isKey = (key: string): key is Key => key in en

/** Returns a problem of a translation as text: « Line 3, column 5: There is no variable {{ foo }}. » */
export function problemText(t: Translate, { reason, line = 1, column = 1, detail = '' }: TextProblem): string {
  const key = `mail.problem.${reason}`
  const sentence = isKey(key) ? t(key, { detail }) : reason
  return t('send.problem.at', { line, column, problem: sentence })
}
