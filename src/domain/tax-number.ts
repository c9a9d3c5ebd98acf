/** Names a tax number as its country does. */

/** Names used on documents of every language, as the tax offices do. */
const NAMES: Record<string, string> = {
  ...{ AR: 'CUIT', CL: 'RUT', CO: 'NIT', ES: 'NIF', HR: 'OIB', IT: 'Codice fiscale', MX: 'RFC', PE: 'RUC' },
  ...{ PL: 'NIP', PT: 'NIF' },
}

/**
 * Returns the name of a tax number; undefined where the country has none, or the number does not fit it: France's SIRET has 14 digits,
 * its SIREN 9 (Code de commerce, art. R123-220 and R123-221).
 */
export function taxNumberName(country: string, number: string): string | undefined {
  if (country !== 'FR') return NAMES[country]
  const digits = number.replace(/[\s.]/g, '')
  if (/^\d{14}$/.test(digits)) return 'SIRET'
  return /^\d{9}$/.test(digits) ? 'SIREN' : undefined
}
