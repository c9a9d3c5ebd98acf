/** Formats postal addresses as each country writes them. */
import type { Address } from './company'

/** Most lines above the town. */
export const MAX_ADDRESS_LINES = 3

const POSTCODE_ON_ITS_OWN_LINE = ['GB', 'IE', 'GG', 'JE', 'IM']
const POSTCODE_LAST = ['US', 'CA', 'AU', 'NZ', 'IN', 'SG', 'HK', 'TW', 'TH', 'ZA']

/** Returns the lines of an address without the country. Empty parts leave no gap. */
export function addressLines({ lines, postcode, town, region, country }: Address): string[] {
  if (POSTCODE_ON_ITS_OWN_LINE.includes(country)) return present([...lines, town, region, postcode])
  if (POSTCODE_LAST.includes(country)) return present([...lines, present([town, joined(region, postcode)]).join(', ')])
  return present([
    ...lines,
    joined(postcode, country === 'IT' ? joined(town, region) : town),
    country === 'IT' ? '' : region,
  ])
}

const present = (parts: string[]) => parts.filter((part) => part.trim() !== '')
const joined = (...parts: string[]) => present(parts).join(' ')
