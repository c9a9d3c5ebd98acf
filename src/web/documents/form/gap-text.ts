/** What a draft lacks, in words. */
import type { DocumentContent } from '../../../domain/document'
import { contentProblems } from '../../../domain/document-content'
import type { Gap } from '../../../domain/document-readiness'
import type { Translate } from '../../../i18n'
import { errorLabels, problemErrors } from './form-problems'

export interface GapText {
  gap: Gap
  words: string
}

/** Returns a phrase for each gap; what the form would refuse is one for each field, named as in the form. */
export function gapText(gaps: readonly Gap[], content: DocumentContent, t: Translate): GapText[] {
  return gaps.flatMap((gap): GapText[] =>
    gap === 'content' ? fieldWords(content, t).map((words) => ({ gap, words })) : [{ gap, words: t(`missing.${gap}`) }],
  )
}

function fieldWords(content: DocumentContent, t: Translate): string[] {
  const errors = problemErrors(contentProblems(content), t)
  const labels = errorLabels(errors, t)
  const words = Object.entries(errors).map(([field, sentence]) => [labels[field], sentence].filter(Boolean).join(': '))
  return [...new Set(words)]
}
