/** Describes the gaps of a draft. */
import type { DocumentContent } from '../../../domain/document'
import { contentProblems } from '../../../domain/document-content'
import type { Gap } from '../../../domain/document-readiness'
import type { Translate } from '../../../i18n'
import { errorLabels, problemErrors } from './form-problems'

export interface GapText {
  gap: Gap
  text: string
}

/** Returns a text for each gap; for `content`, one for each field that the form would refuse, named as in the form. */
export function gapTexts(gaps: readonly Gap[], content: DocumentContent, t: Translate): GapText[] {
  return gaps.flatMap((gap): GapText[] =>
    gap === 'content' ? fieldTexts(content, t).map((text) => ({ gap, text })) : [{ gap, text: t(`missing.${gap}`) }],
  )
}

function fieldTexts(content: DocumentContent, t: Translate): string[] {
  const errors = problemErrors(contentProblems(content), t)
  const labels = errorLabels(errors, t)
  const texts = Object.entries(errors).map(([field, sentence]) => [labels[field], sentence].filter(Boolean).join(': '))
  return [...new Set(texts)]
}
