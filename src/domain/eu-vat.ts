/** Finds the member state for whose value added tax somebody is registered. */
import { euVatPrefix } from './vat-id'

export interface TaxParty {
  /** ISO 3166-1 alpha-2. */
  address: { country: string }
  vatId: string
}

/** Prefixes of VAT numbers where they differ from ISO 3166; Monaco counts as France (directive 2006/112/EC, art. 7). */
const STATE_OF: Record<string, string> = { GR: 'EL', MC: 'FR' }

const STATES = 'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

/**
 * Returns the prefix of a party's VAT number, or of its country where the number has none; 'XI' for goods of Northern Ireland; '' outside
 * the EU. A party of another country may be registered in a member state: its number says so.
 */
export function euStateOf({ address: { country }, vatId }: TaxParty): string {
  const prefix = euVatPrefix(vatId)
  if (prefix !== '') return prefix
  const state = STATE_OF[country] ?? country
  return STATES.includes(state) ? state : ''
}

/** Returns whether a party's documents may cite the directive 2006/112/EC. */
export const isUnderEuVat = (party: TaxParty): boolean => euStateOf(party) !== ''
