/** Lists the units of quantity that forms offer and documents name: UN/ECE Recommendation 20 (and 21, with an X before it, for packages). */
export const UNIT_CODES = [
  'C62',
  'E48',
  'LS',
  'MIN',
  'HUR',
  'DAY',
  'WEE',
  'MON',
  'ANN',
  'SET',
  'NPR',
  'XPK',
  'XBX',
  'GRM',
  'KGM',
  'TNE',
  'MLT',
  'LTR',
  'CMT',
  'MTR',
  'KMT',
  'MTK',
  'MTQ',
  'KWH',
] as const
export type UnitCode = (typeof UNIT_CODES)[number]

export const isUnitCode = (code: string): code is UnitCode => (UNIT_CODES as readonly string[]).includes(code)
