import { listCreditedTaxes, type StoredDocument } from '../../db/documents'
import { creditContent, type DescribeTax, restContent } from '../../domain/credit-note'
import type { DocumentContent, DocumentSnapshot } from '../../domain/document'
import { formatPercent } from '../../i18n/format'
import { builtInLabels, labelTranslator } from '../../i18n/labels'
import type { Deps } from '../deps'
import { snapshotOf } from './load-snapshot'

/**
 * Returns the content of a credit note for the rest of an issued document: every line, or what earlier credit notes
 * have left.
 */
export async function restOf({ db }: Deps, original: StoredDocument): Promise<DocumentContent> {
  const snapshot = snapshotOf(original)
  if (!snapshot) throw new Error(`${original.id} has no snapshot`)
  const { language, totals } = snapshot
  if (original.credited === 0) return creditContent(snapshot.content, language)
  const credited = await listCreditedTaxes(db, original.accountId, original.id)
  const describeTax = creditDescription('document.credit_rest', snapshot)
  return restContent(snapshot.content, { language, charged: totals.taxes, credited, describeTax })
}

/** Returns a function that describes each tax with the document's labels: « Solde de 2026-0012 (20 %) ». */
export function creditDescription(
  key: 'document.credit_rest' | 'document.refund',
  { language, labels = builtInLabels(language), number }: DocumentSnapshot,
): DescribeTax {
  const t = labelTranslator(labels)
  return (category, rate) => {
    const tax =
      category === 'S' || category === 'Z' ? formatPercent(rate, language) : t(`document.taxCategory.${category}`)
    return t(key, { number, tax })
  }
}
