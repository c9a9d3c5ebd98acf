/** Lists the tax categories of EN 16931 (UNCL 5305): Standard, Zero, Exempt, reverse charge (AE), intra-community (K), export (G), Outside scope. */
export const TAX_CATEGORIES = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const
export type TaxCategory = (typeof TAX_CATEGORIES)[number]
