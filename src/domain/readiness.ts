/** What the law and the mail need to know of the seller before anything is issued or sent. */
import type { Company } from './company'

/** `missing.<code>` says each. */
export const SELLER_GAPS = ['seller_name', 'seller_address', 'seller_country', 'seller_tax_id', 'seller_email'] as const
export type SellerGap = (typeof SELLER_GAPS)[number]

/** Name and address, and a VAT id or tax number (directive 2006/112/EC, art. 226 nos. 3 and 5); where replies go. */
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
