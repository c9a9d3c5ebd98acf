/**
 * Makes documents to draw and mails to render. Each index gives another one, in changing languages, scripts and
 * currencies.
 */
import { DEMO_COMPANY } from '../../../src/dev/demo/company'
import type { DocumentContent, DocumentSnapshot } from '../../../src/domain/document'
import { emptyContent } from '../../../src/domain/new-content'
import { computeTotals } from '../../../src/domain/totals'

const BUYERS = [
  { name: 'Librairie Passages', town: 'Lyon', country: 'FR', language: 'fr', currency: 'EUR' },
  { name: 'Księgarnia Pod Żółwiem sp. z o.o.', town: 'Kraków', country: 'PL', language: 'en', currency: 'PLN' },
  { name: 'Βιβλιοδεσία Παπαδοπούλου', town: 'Αθήνα', country: 'GR', language: 'it', currency: 'EUR' },
  { name: 'Книжарница „Орфей“', town: 'София', country: 'BG', language: 'es', currency: 'EUR' },
  { name: 'Buchhandlung Übersee GmbH', town: 'Hamburg', country: 'DE', language: 'de', currency: 'EUR' },
]
const GOODS = [
  'Carnet relié à la main',
  'Zażółć gęślą jaźń',
  'Χαρτί εκτύπωσης',
  'Хартия за подвързия',
  'Skizzenbuch in Leinen',
]

/**
 * Returns document `index` with `lineCount` lines; every one differs from every other in number, names, quantities and
 * prices.
 */
export function snapshotOf(index: number, lineCount: number): DocumentSnapshot {
  const buyer = BUYERS[index % BUYERS.length] ?? BUYERS[0]
  if (!buyer) throw new Error('no buyer')
  const content = contentOf(index, lineCount, buyer.currency)
  return {
    kind: 'invoice',
    number: `ACR-2026-${String(index + 1).padStart(5, '0')}`,
    test: false,
    language: buyer.language,
    currency: buyer.currency,
    issueDate: '2026-11-24',
    dueDate: '2026-12-24',
    seller: DEMO_COMPANY,
    buyer: {
      kind: 'company',
      name: `${buyer.name} ${index}`,
      address: {
        lines: [`${index}, rue de la République`],
        postcode: '69001',
        town: buyer.town,
        region: '',
        country: buyer.country,
      },
      vatId: '',
    },
    content,
    totals: computeTotals(content),
  }
}

export function contentOf(index: number, lineCount: number, currency: string): DocumentContent {
  return {
    ...emptyContent(currency),
    lines: Array.from({ length: lineCount }, (_, line) => ({
      id: `lin_${line}`,
      description: `${GOODS[index % GOODS.length]}, n° ${index}-${line}`,
      quantity: `${1 + ((index + line) % 9)}`,
      unit: 'C62',
      unitPrice: `${5 + ((index * 7 + line * 3) % 90)}.${10 + (index % 90)}`,
      taxRate: line % 3 === 2 ? '5.5' : '20',
      taxCategory: 'S',
    })),
    paymentTermsDays: 30,
    orderNumber: `PO-${index}`,
    notes: 'Merci pour votre commande.',
  }
}
