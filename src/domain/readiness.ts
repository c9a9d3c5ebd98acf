/** Checks the details of the seller that the law and mails require before anything is issued or sent. */
import type { Company } from './company'

/** Gaps; `missing.<code>` in the locales is the text of each. */
export const SELLER_GAPS = ['seller_name', 'seller_address', 'seller_country', 'seller_tax_id', 'seller_email'] as const
export type SellerGap = (typeof SELLER_GAPS)[number]

/**
 * Returns the reason (`refusal.<reason>`) for which an account can't send to its customers at all. Test mails don't go to customers, so
 * they need no confirmed reply address.
 */
export function sendBlocker(
  { company, confirmedReplyEmail }: { company: Company; confirmedReplyEmail: string },
  test: boolean,
): 'company_incomplete' | 'reply_address_unconfirmed' | undefined {
  if (sellerGaps(company).length > 0) return 'company_incomplete'
  return test || confirmedReplyEmail === company.email ? undefined : 'reply_address_unconfirmed'
}

/**
 * Returns what the seller lacks: name and address, a VAT id or tax number (directive 2006/112/EC, art. 226 nos. 3 and 5), and an e-mail
 * address for replies.
 */
export function sellerGaps({ legalName, address, vatId, taxNumber, email }: Company): SellerGap[] {
  const gaps: Record<SellerGap, boolean> = {
    seller_name: legalName === '',
    seller_address: address.lines.length === 0 || address.town === '',
    seller_country: address.country === '',
    seller_tax_id: vatId === '' && taxNumber === '',
    seller_email: email === '',
  }
  return SELLER_GAPS.filter((gap) => gaps[gap])
}
