import { initialCompany } from '../../src/domain/account-defaults'
import type { MailInput } from '../../src/mail/mail-input'
import { builtInTranslation } from '../../src/mail/translation'

type Overrides = Partial<Omit<MailInput, 'document'>> & { document?: Partial<MailInput['document']> }

/** Returns the input of a mail about a French studio's invoice to an English customer, with a test's changes. */
export function mailInput({ document = {}, ...input }: Overrides = {}): MailInput {
  const language = input.language ?? 'en'
  const kind = document.kind ?? 'invoice'
  const total = document.totals?.total ?? 121_000
  return {
    translation: builtInTranslation(document.kind ?? 'invoice', language),
    mailKind: document.kind ?? 'invoice',
    language,
    provisional: false,
    link: 'https://facteur.example.org/d/c2VjcmV0LXRva2VuLTE2Yg',
    unsubscribeLink: 'https://facteur.example.org/d/c2VjcmV0LXRva2VuLTE2Yg/unsubscription',
    alsoSentTo: [],
    attachesPdf: true,
    balance: { due: kind === 'invoice' ? total : 0, credited: 0, paidOn: '' },
    payee: document.seller ?? company(),
    ...input,
    document: {
      kind: 'invoice',
      number: 'INV-2026-0042',
      test: false,
      currency: 'EUR',
      issueDate: '2026-11-24',
      dueDate: '2026-12-24',
      seller: company(),
      buyer: { kind: 'person', name: 'Anna Müller', address: address(), vatId: '' },
      totals: { total: 121_000 },
      content: { orderNumber: '' },
      ...document,
    },
  }
}

export function company(changes: Partial<MailInput['document']['seller']> = {}): MailInput['document']['seller'] {
  return {
    ...initialCompany('Atelier Dupont SARL', 'FR'),
    tradingName: 'Atelier Dupont',
    address: address(),
    vatId: 'FR12345678901',
    register: 'RCS Paris',
    registerNumber: '123 456 789',
    legalForm: 'SARL',
    email: 'bonjour@atelier-dupont.example',
    ...changes,
  }
}

const address = () => ({ lines: ['12 rue des Archives'], postcode: '75003', town: 'Paris', region: '', country: 'FR' })
