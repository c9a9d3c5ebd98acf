/** Inserts merchants and customers that are complete enough to issue invoices. A test passes only what it is about. */
import type { Deps } from '../../src/commands/deps'
import { accounts } from '../../src/db/schema'
import { initialCompany } from '../../src/domain/account-defaults'
import type { AccountSettings, Company } from '../../src/domain/company'
import type { Contact } from '../../src/domain/contact'

export const companyOf = (company: Partial<Company> = {}): Company => ({
  ...initialCompany('Atelier Dupré SARL', 'FR'),
  tradingName: 'Atelier Dupré',
  address: { lines: ['12 rue des Lilas'], postcode: '69003', town: 'Lyon', region: '', country: 'FR' },
  vatId: 'FR40303265045',
  email: 'factures@atelier-dupre.example',
  ...company,
})

export const settingsOf = (settings: Partial<AccountSettings> = {}): AccountSettings => ({
  currency: 'EUR',
  language: 'fr',
  timeZone: 'Europe/Paris',
  paymentTermsDays: 30,
  taxRates: [{ id: 'tax_1', name: 'TVA 20 %', rate: '20', category: 'S' }],
  defaultTaxRateId: 'tax_1',
  batchWindowMs: 120_000,
  attachPdf: true,
  linkExpiryMonths: 12,
  numberPatterns: { invoice: 'INV-{YYYY}-{0000}', receipt: 'REC-{YYYY}-{0000}', credit_note: 'CN-{YYYY}-{0000}' },
  ...settings,
})

export const contactOf = (contact: Partial<Contact> = {}): Contact => ({
  kind: 'company',
  name: 'Bäckerei Krüger GmbH',
  address: { lines: ['Hauptstraße 5'], postcode: '10115', town: 'Berlin', region: '', country: 'DE' },
  vatId: '',
  language: '',
  currency: '',
  emails: ['anna@krueger.example'],
  notes: '',
  externalId: '',
  source: '',
  ...contact,
})

/** Inserts a new account and returns its id. */
export async function insertAccount(
  deps: Deps,
  { company = {}, settings = {} }: { company?: Partial<Company>; settings?: Partial<AccountSettings> } = {},
): Promise<string> {
  const id = `acc_${crypto.randomUUID()}`
  await deps.db.insert(accounts).values({
    id,
    company: companyOf(company),
    settings: settingsOf(settings),
    version: 1,
    createdAt: deps.now(),
  })
  return id
}
