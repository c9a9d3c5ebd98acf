import { listCreditedTaxes, type StoredDocument } from '../../db/documents'
import { creditContent, type RestWords, restContent } from '../../domain/credit-note'
import type { DocumentContent, Paper } from '../../domain/document'
import { formatPercent } from '../../i18n/format'
import { ourWording, wordingTranslator } from '../../i18n/labels'
import type { Deps } from '../deps'
import { paperOf } from './load-snapshot'

/** What a credit note of all that is left of an issued document says: every line, or what earlier credit notes have left. */
export async function restOf({ db }: Deps, original: StoredDocument): Promise<DocumentContent> {
  const paper = paperOf(original)
  if (!paper) throw new Error(`${original.id} has no paper`)
  const { language, totals } = paper
  if (original.credited === 0) return creditContent(paper.content, language)
  const credited = await listCreditedTaxes(db, original.accountId, original.id)
  const words = creditWords('document.credit_rest', paper)
  return restContent(paper.content, { language, charged: totals.taxes, credited, words })
}

/** A sentence for each tax, in the document's own words: « Solde de 2026-0012 (20 %) ». */
export function creditWords(
  key: 'document.credit_rest' | 'document.refund',
  { language, wording = ourWording(language), number }: Paper,
): RestWords {
  const t = wordingTranslator(wording)
  return (category, rate) => {
    const tax =
      category === 'S' || category === 'Z' ? formatPercent(rate, language) : t(`document.taxCategory.${category}`)
    return t(key, { number, tax })
  }
}
