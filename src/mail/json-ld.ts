/** Writes the schema.org data of a mail, which mail clients show as a card and scripts read. */
import { displayName } from '../domain/company'
import { toDecimal } from '../domain/money'
import type { MailInput } from './mail-input'

/**
 * Returns JSON with the amount due now, for a script element: `<`, `>` and `&` are escaped, so no value ends the script
 * or begins a comment.
 */
export function invoiceJsonLd({ document, balance, link }: MailInput): string {
  const asks = balance.due > 0
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Invoice',
    identifier: document.number,
    url: link,
    provider: { '@type': 'Organization', name: displayName(document.seller) },
    customer: { '@type': document.buyer.kind === 'person' ? 'Person' : 'Organization', name: document.buyer.name },
    totalPaymentDue: {
      '@type': 'MonetaryAmount',
      currency: document.currency,
      value: toDecimal(balance.due, document.currency),
    },
    paymentStatus: asks ? 'https://schema.org/PaymentDue' : 'https://schema.org/PaymentComplete',
    ...(asks && document.dueDate && { paymentDueDate: document.dueDate }),
  }
  const unicodeEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, unicodeEscape)
}
