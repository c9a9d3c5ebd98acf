/** Describes the demo's merchant: a fictitious bookbinder in Lyon. */
import type { AccountSettings, Company } from '../../domain/company'

export const DEMO_USER = { name: 'Camille Rousset', email: 'camille@croix-rousse.example' }

/**
 * People other than the owner, so that each role can be tried: `npm run sign-in-link -- lucie@croix-rousse.example`.
 */
export const DEMO_COLLEAGUES = [
  { name: 'Lucie Ferrand', email: 'lucie@croix-rousse.example', role: 'member' },
  { name: 'Hugo Berthier', email: 'hugo@croix-rousse.example', role: 'viewer' },
] as const

export const DEMO_COMPANY: Company = {
  legalName: 'Atelier Croix-Rousse SARL',
  tradingName: 'Atelier Croix-Rousse',
  address: { lines: ['14, montée de la Grande-Côte'], postcode: '69001', town: 'Lyon', region: '', country: 'FR' },
  vatId: 'FR11123456782',
  taxNumber: '123 456 782 00015',
  register: 'RCS Lyon',
  registerNumber: '123 456 782',
  legalForm: 'SARL au capital de 12 000 €',
  legalNote: '',
  email: 'bonjour@croix-rousse.example',
  phone: '+33 4 72 00 00 00',
  website: 'https://croix-rousse.example',
  iban: 'FR7630006000011234567890189',
  bic: 'AGRIFRPP',
  paymentNote:
    'En cas de retard de paiement : pénalités au taux de trois fois l’intérêt légal et indemnité forfaitaire de 40 € pour frais de recouvrement. Pas d’escompte pour paiement anticipé.',
  footer: 'Reliure, papeterie et typographie à Lyon depuis 2009',
}

/**
 * The demo's settings. A batch window of ten seconds is long enough to undo, and short enough to see the mail arrive.
 */
export const DEMO_SETTINGS: AccountSettings = {
  currency: 'EUR',
  language: 'fr',
  timeZone: 'Europe/Paris',
  paymentTermsDays: 30,
  taxRates: [
    { id: 'tax_demo_20', name: 'TVA 20 %', rate: '20', category: 'S' },
    { id: 'tax_demo_10', name: 'TVA 10 %', rate: '10', category: 'S' },
    { id: 'tax_demo_5_5', name: 'TVA 5,5 % (livres)', rate: '5.5', category: 'S' },
    { id: 'tax_demo_k', name: 'Livraison intracommunautaire', rate: '0', category: 'K' },
    { id: 'tax_demo_g', name: 'Exportation hors UE', rate: '0', category: 'G' },
  ],
  defaultTaxRateId: 'tax_demo_20',
  batchWindowMs: 10_000,
  attachPdf: true,
  linkExpiryMonths: 12,
  numberPatterns: { invoice: 'ACR-{YYYY}-{0000}', receipt: 'REC-{YYYY}-{0000}', credit_note: 'AV-{YYYY}-{0000}' },
}
