/** Makes a sample document, to preview a text before there is a real one. */
import type { AccountSettings, Company } from './company'
import type { Contact } from './contact'
import type { DocumentKind, DocumentSnapshot, Line } from './document'
import { makeSnapshot } from './document-snapshot'
import type { StoredLabels } from './labels'
import { newContent } from './new-content'
import { formatNumber, numberFormat } from './number-pattern'

export interface SampleParts {
  kind: DocumentKind
  company: Company
  settings: AccountSettings
  /** BCP 47. */
  language: string
  /** ISO date in the account's time zone. */
  today: string
  /** The account's custom labels. */
  storedLabels: readonly StoredLabels[]
  /** Name of the sample customer. */
  customer: string
  /** Description of the sample line. */
  item: string
}

export function sampleSnapshot({
  kind,
  company,
  settings,
  language,
  today,
  storedLabels,
  customer,
  item,
}: SampleParts): DocumentSnapshot {
  const { taxRates, defaultTaxRateId, numberPatterns } = settings
  const tax = taxRates.find(({ id }) => id === defaultTaxRateId) ?? taxRates[0]
  const line: Line = {
    ...{ id: 'lin_sample', description: item, quantity: '2', unit: 'C62', unitPrice: '120' },
    ...{ taxRate: tax?.rate ?? '0', taxCategory: tax?.category ?? 'O' },
  }
  const content = { ...newContent(settings), language, lines: [line] }
  const contact: Contact = {
    ...{ kind: 'company', name: customer, address: { ...company.address, lines: [] }, vatId: '' },
    ...{ language, currency: '', emails: [], notes: '', externalId: '', source: '' },
  }
  const snapshot = makeSnapshot({
    kind,
    test: false,
    seller: company,
    settings,
    contact,
    content,
    storedLabels,
    today,
    reasonText: () => '',
    countryLabels: () => ({}),
  })
  return { ...snapshot, number: formatNumber(numberFormat(numberPatterns[kind], today), 1) }
}
