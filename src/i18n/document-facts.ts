/** Lists what the head of a document says, once for its PDF and its page. */
import { addressLines } from '../domain/address'
import type { DocumentSnapshot } from '../domain/document'
import type { Key } from './'
import type { DocumentFormats } from './document-formats'

export type DocumentFact = [label: Key, value: string]

/** Returns dates and references, formatted, without empty ones. */
export function documentFacts(
  { content, buyer, issueDate, dueDate }: DocumentSnapshot,
  { date, period }: DocumentFormats,
): DocumentFact[] {
  const { supplyFrom, supplyTo } = content
  const isPeriod = supplyFrom !== '' && supplyTo !== '' && supplyTo !== supplyFrom
  const facts: DocumentFact[] = [
    ['document.issueDate', date(issueDate)],
    ['document.dueDate', date(dueDate)],
    isPeriod ? ['document.supplyPeriod', period(supplyFrom, supplyTo)] : ['document.supplyDate', date(supplyFrom)],
    ['document.orderNumber', content.orderNumber],
    ['document.buyerReference', content.buyerReference],
    ['document.buyerVatId', buyer.vatId],
  ]
  return facts.filter(([, value]) => value.trim() !== '')
}

type Parties = Pick<DocumentSnapshot, 'seller' | 'buyer'>

/** Returns the lines below the buyer's name. The country is one of them if the seller's is another. */
export const buyerLines = ({ seller, buyer }: Parties, { country }: DocumentFormats): string[] => [
  ...addressLines(buyer.address),
  ...(buyer.address.country === seller.address.country ? [] : [country(buyer.address.country)]),
]

/** Returns the lines of the seller's address. The country is one of them if the buyer's is another. */
export const sellerLines = ({ seller, buyer }: Parties, { country }: DocumentFormats): string[] => [
  ...addressLines(seller.address),
  ...(seller.address.country === buyer.address.country ? [] : [country(seller.address.country)]),
]
