/** Lists the demo's 25 customers, in five languages, several alphabets and eight currencies. All of them are fictitious. */
import type { Contact } from '../../domain/contact'

/**
 * Outcome of mails to a customer. `inbox` and `unknown` have ordinary addresses: mails sent from now on go over SMTP
 * into the local inbox. For all others the simulator's address decides, and it has none for `deferred` and `accepted`.
 */
export type MailOutcome =
  | 'inbox'
  | 'delivered'
  | 'deferred'
  | 'accepted'
  | 'unknown'
  | 'bounce'
  | 'soft-bounce'
  | 'drop'
  | 'complaint'

export interface DemoContact {
  outcome: MailOutcome
  contact: Contact
}

export const DEMO_CONTACTS: DemoContact[] = [
  company('inbox', 'Librairie Passages', ['11, rue de Brest'], '69002', 'Lyon', 'FR', 'fr', 'EUR', 'compta@passages'),
  person('inbox', 'Éléonore Dupré', ['8, quai Saint-Vincent'], '69001', 'Lyon', 'FR', 'fr', 'EUR', 'eleonore@dupre'),
  company(
    'delivered',
    'Papeterie Cœur d’Encre',
    ['3, place du Marché'],
    '38000',
    'Grenoble',
    'FR',
    'fr',
    'EUR',
    'coeur-d-encre',
  ),
  company(
    'delivered',
    'Galerie Saint-Polycarpe',
    ['27, rue Burdeau', 'Cour B'],
    '69001',
    'Lyon',
    'FR',
    'fr',
    'EUR',
    'galerie',
  ),
  company(
    'soft-bounce',
    'Théâtre des Marronniers',
    ['7, rue des Marronniers'],
    '69002',
    'Lyon',
    'FR',
    'fr',
    'EUR',
    'theatre',
  ),
  company('delivered', 'Atelier du Léman Sàrl', ['Rue du Simplon 12'], '1800', 'Vevey', 'CH', 'fr', 'CHF', 'leman'),
  company(
    'inbox',
    'Buchhandlung Übersee GmbH',
    ['Große Elbstraße 145'],
    '22767',
    'Hamburg',
    'DE',
    'de',
    'EUR',
    'rechnung@uebersee',
    'DE123456788',
  ),
  person(
    'delivered',
    'Jörg Weißenböck',
    ['Neustiftgasse 31/4'],
    '1070',
    'Wien',
    'AT',
    'de',
    'EUR',
    'joerg.weissenboeck',
  ),
  company('delivered', 'Druckerei Züllig AG', ['Langstrasse 88'], '8004', 'Zürich', 'CH', 'de', 'CHF', 'zuellig'),
  company(
    'bounce',
    'Antiquariat Käthe Schäfer',
    ['Münstergasse 2'],
    '79098',
    'Freiburg im Breisgau',
    'DE',
    'de',
    'EUR',
    'kaethe',
    'DE987654321',
  ),
  company(
    'inbox',
    'Legatoria San Frediano S.r.l.',
    ['Borgo San Frediano 40/r'],
    '50124',
    'Firenze',
    'IT',
    'it',
    'EUR',
    'amministrazione@san-frediano',
    'IT01234567897',
  ),
  person('deferred', 'Chiara D’Angelo', ['Via Po 17'], '10124', 'Torino', 'IT', 'it', 'EUR', 'chiara'),
  company(
    'delivered',
    'Caffè Letterario Perché',
    ['Via del Pratello 9'],
    '40122',
    'Bologna',
    'IT',
    'it',
    'EUR',
    'perche',
    'IT09876543217',
  ),
  company(
    'delivered',
    'Librería La Ñandú S.L.',
    ['Calle del Pez 21'],
    '28004',
    'Madrid',
    'ES',
    'es',
    'EUR',
    'nandu',
    'ESB12345674',
  ),
  person('drop', 'Begoña Ibáñez', ['Calle Larios 5, 2.º B'], '29015', 'Málaga', 'ES', 'es', 'EUR', 'begona'),
  company(
    'delivered',
    'Estudio Colibrí 🎨',
    ['Carrer de Verdi 61'],
    '08012',
    'Barcelona',
    'ES',
    'es',
    'EUR',
    'colibri',
    'ESB87654321',
  ),
  company(
    'inbox',
    'Bramble & Quill Ltd',
    ['Unit 4, The Old Glassworks', '22 Redcliff Backs'],
    'BS1 6LW',
    'Bristol',
    'GB',
    'en',
    'GBP',
    'accounts@bramble-quill',
  ),
  person(
    'delivered',
    'Marijke van den Berg',
    ['Prinsengracht 402'],
    '1016 JA',
    'Amsterdam',
    'NL',
    'nl',
    'EUR',
    'marijke',
  ),
  company(
    'complaint',
    'Harbour Paper Co.',
    ['410 Commercial Street'],
    '04101',
    'Portland',
    'US',
    'en',
    'USD',
    'harbour',
    '',
    'ME',
  ),
  company(
    'delivered',
    'Kitsune Stationery K.K.',
    ['2-14-5 Yanaka', 'Taitō-ku'],
    '110-0001',
    'Tokyo',
    'JP',
    'en',
    'JPY',
    'kitsune',
  ),
  company(
    'delivered',
    'Al-Manar Books W.L.L.',
    ['Salem Al-Mubarak Street 12'],
    '22001',
    'Salmiya',
    'KW',
    'en',
    'KWD',
    'al-manar',
  ),
  company(
    'unknown',
    'Księgarnia Pod Żółwiem sp. z o.o.',
    ['ul. Świętego Tomasza 25'],
    '31-027',
    'Kraków',
    'PL',
    'en',
    'PLN',
    'biuro@pod-zolwiem',
    'PL1234563218',
  ),
  company(
    'accepted',
    'Knihkupectví Řeka s.r.o.',
    ['Dlouhá 33'],
    '110 00',
    'Praha',
    'CZ',
    'en',
    'CZK',
    'reka',
    'CZ12345679',
  ),
  company(
    'delivered',
    'Βιβλιοδεσία Παπαδοπούλου',
    ['Οδός Ερμού 48'],
    '105 63',
    'Αθήνα',
    'GR',
    'en',
    'EUR',
    'papadopoulou',
    'EL123456783',
  ),
  company(
    'delivered',
    'Книжарница „Орфей“',
    ['ул. „Граф Игнатиев“ 12'],
    '1000',
    'София',
    'BG',
    'en',
    'EUR',
    'orfey',
    'BG123456786',
  ),
]

/** A duplicate of the first customer, with all its addresses, to be merged with it. */
export const DEMO_TWIN: Contact = {
  ...company('inbox', 'Librairie Passages', [], '', '', 'FR', 'fr', '', 'compta@passages').contact,
  emails: ['compta@passages.example', 'commandes@passages.example'],
  notes: 'Les factures à la comptabilité et aux commandes.',
}

type Details = [
  outcome: MailOutcome,
  name: string,
  lines: string[],
  postcode: string,
  town: string,
  country: string,
  language: string,
  currency: string,
  /** `local@host` of an address for the inbox; the label of an address of the simulator. */
  address: string,
  vatId?: string,
  region?: string,
]

function company(...details: Details): DemoContact {
  return contact('company', details)
}

function person(...details: Details): DemoContact {
  return contact('person', details)
}

function contact(kind: Contact['kind'], details: Details): DemoContact {
  const [outcome, name, lines, postcode, town, country, language, currency, address, vatId = '', region = ''] = details
  return {
    outcome,
    contact: {
      kind,
      name,
      address: { lines, postcode, town, region, country },
      vatId,
      language,
      currency,
      emails: [emailOf(outcome, address)],
      notes: '',
      externalId: '',
      source: '',
    },
  }
}

function emailOf(outcome: MailOutcome, address: string): string {
  if (outcome === 'inbox' || outcome === 'unknown') return `${address}.example`
  const simulatedOutcome = outcome === 'deferred' || outcome === 'accepted' ? 'delivered' : outcome
  return `${simulatedOutcome}+${address}@simulator.test`
}
