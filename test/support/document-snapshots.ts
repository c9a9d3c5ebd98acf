/** Makes snapshots of documents in several languages and alphabets, for tests and the bench. The same options always give the same snapshot. */
import type { Company } from '../../src/domain/company'
import type { Buyer, DocumentContent, DocumentSnapshot, Line } from '../../src/domain/document'
import { computeTotals } from '../../src/domain/totals'

export interface SnapshotOptions extends Partial<Omit<DocumentSnapshot, 'seller' | 'buyer' | 'content' | 'totals'>> {
  /** Number of lines, unless `content.lines` has them. */
  lines?: number
  /** Snapshots of different seeds differ in number, buyer, quantities and prices. */
  seed?: number
  seller?: Partial<Company>
  buyer?: Partial<Buyer>
  content?: Partial<DocumentContent>
}

/** Returns a snapshot: with `{ lines: 5, language: 'fr' }` a French invoice of five lines, with a French buyer. */
export function snapshot({
  lines = 5,
  seed = 0,
  seller,
  buyer,
  content,
  ...rest
}: SnapshotOptions = {}): DocumentSnapshot {
  const language = rest.language ?? 'en'
  const currency = rest.currency ?? 'EUR'
  const words = new Map(Object.entries(WORDS)).get(language.split('-')[0] ?? '') ?? WORDS.en
  const full: DocumentContent = {
    lines: Array.from({ length: lines }, (_, i) => lineOf(words.lines, i, seed)),
    adjustments: [],
    pricesIncludeTax: false,
    currency,
    language,
    issueDate: '2026-11-24',
    dueDate: '2026-12-24',
    paymentTermsDays: 30,
    supplyFrom: '2026-11-01',
    supplyTo: '2026-11-30',
    buyerReference: '',
    orderNumber: `PO-${7781 + seed}`,
    notes: words.notes,
    ...content,
  }
  return {
    kind: 'invoice',
    number: `INV-2026-${String(42 + seed).padStart(4, '0')}`,
    test: false,
    language,
    currency,
    issueDate: full.issueDate,
    dueDate: full.dueDate,
    seller: { ...SELLER, ...seller },
    buyer: { ...words.buyer, name: seed > 0 ? `${words.buyer.name} ${seed}` : words.buyer.name, ...buyer },
    content: full,
    totals: computeTotals(full),
    ...rest,
  }
}

function lineOf(descriptions: string[], index: number, seed: number): Line {
  const unit = ['HUR', 'C62', 'DAY', 'KGM', 'MON'][index % 5] ?? 'C62'
  return {
    id: `lin_${index + 1}`,
    description: descriptions[index % descriptions.length] ?? '',
    quantity: String(((index * 7 + seed) % 23) + 1 + (unit === 'HUR' ? 0.5 : 0)),
    unit,
    unitPrice: ((((index + 3) * 1373 + seed * 97) % 24_000) / 100 + 5).toFixed(2),
    taxRate: index % 4 === 3 ? '7' : '19',
    taxCategory: 'S',
  }
}

const SELLER: Company = {
  legalName: 'Atelier Lumière & Söhne GmbH',
  tradingName: 'Atelier Lumière',
  address: { lines: ['Schanzenstraße 12'], postcode: '20357', town: 'Hamburg', region: '', country: 'DE' },
  vatId: 'DE123456789',
  taxNumber: '22/815/08154',
  register: 'Amtsgericht Hamburg',
  registerNumber: 'HRB 98765',
  legalForm: '',
  legalNote: '',
  email: 'accounts@atelier-lumiere.example',
  phone: '+49 40 1234567',
  website: 'www.atelier-lumiere.example',
  iban: 'DE89370400440532013000',
  bic: 'COBADEFFXXX',
  paymentNote: '',
  footer: '',
}

interface DocumentLabels {
  lines: string[]
  notes: string
  buyer: Buyer
}

const buyer = (name: string, street: string, postcode: string, town: string, country: string, vatId = ''): Buyer => ({
  kind: 'company',
  name,
  address: { lines: [street], postcode, town, region: '', country },
  vatId,
})

const WORDS: Record<string, DocumentLabels> & { en: DocumentLabels } = {
  en: {
    lines: [
      'Design of the spring catalogue: layout, typesetting and two rounds of corrections',
      'Printed folder, A5, 170 g/m²',
      'Photography on location, with assistant and lighting',
      'Paper, recycled',
      'Hosting and maintenance of the website',
    ],
    notes: 'Thank you for your order. Please quote the invoice number with your payment.',
    buyer: buyer('Harbour & Finch Ltd', '14 Mill Lane', 'BS1 4QA', 'Bristol', 'GB', 'GB987654321'),
  },
  fr: {
    lines: [
      'Conception du catalogue de printemps : mise en page, composition et deux séries de corrections',
      'Dépliant imprimé, A5, 170 g/m²',
      'Photographie sur place, avec assistant et éclairage',
      'Papier recyclé',
      'Hébergement et maintenance du site',
    ],
    notes: 'Merci de votre commande. Aucun escompte pour paiement anticipé.',
    buyer: buyer('Société Lefèvre et Cœur SARL', '8 rue de l’Église', '69002', 'Lyon', 'FR', 'FR40303265045'),
  },
  de: {
    lines: [
      'Gestaltung des Frühjahrskatalogs: Layout, Satz und zwei Korrekturläufe',
      'Faltblatt, gedruckt, A5, 170 g/m²',
      'Fotografie vor Ort, mit Assistenz und Beleuchtung',
      'Recyclingpapier',
      'Betrieb und Pflege der Website',
    ],
    notes: 'Vielen Dank für Ihren Auftrag. Bitte geben Sie bei der Zahlung die Rechnungsnummer an.',
    buyer: buyer('Müller & Groß Maschinenbau KG', 'Königsallee 3', '40212', 'Düsseldorf', 'DE'),
  },
  it: {
    lines: [
      'Progettazione del catalogo di primavera: impaginazione, composizione e due giri di bozze',
      'Pieghevole stampato, A5, 170 g/m²',
      'Servizio fotografico sul posto, con assistente e luci',
      'Carta riciclata',
      'Hosting e manutenzione del sito',
    ],
    notes: 'Grazie per il Vostro ordine. La qualità è la nostra priorità.',
    buyer: buyer('Officine Nicolò Rossi S.r.l.', 'Via Università 21', '20121', 'Milano', 'IT', 'IT00743110157'),
  },
  es: {
    lines: [
      'Diseño del catálogo de primavera: maquetación, composición y dos rondas de corrección',
      'Folleto impreso, A5, 170 g/m²',
      'Fotografía en exteriores, con asistente e iluminación',
      'Papel reciclado',
      'Alojamiento y mantenimiento del sitio',
    ],
    notes: '¡Gracias por su pedido! Indique el número de factura en el pago.',
    buyer: buyer('Compañía Muñoz e Hijos S.L.', 'Calle de Alcalá 45', '28014', 'Madrid', 'ES', 'ESB58378431'),
  },
  pl: {
    lines: [
      'Projekt katalogu wiosennego: układ, skład i dwie korekty',
      'Ulotka drukowana, A5, 170 g/m²',
      'Zdjęcia w plenerze, z asystentem i oświetleniem',
      'Papier z odzysku',
      'Utrzymanie i opieka nad stroną',
    ],
    notes: 'Dziękujemy za zamówienie. Zażółć gęślą jaźń.',
    buyer: buyer('Łódzka Spółka Świetlna Żółw sp. z o.o.', 'ul. Piękna 7', '90-001', 'Łódź', 'PL', 'PL5260001246'),
  },
  el: {
    lines: [
      'Σχεδιασμός εαρινού καταλόγου: σελιδοποίηση, στοιχειοθεσία και δύο διορθώσεις',
      'Τυπωμένο φυλλάδιο, A5, 170 g/m²',
      'Φωτογράφιση σε εξωτερικό χώρο, με βοηθό και φωτισμό',
      'Ανακυκλωμένο χαρτί',
      'Φιλοξενία και συντήρηση ιστοσελίδας',
    ],
    notes: 'Ευχαριστούμε για την παραγγελία σας.',
    buyer: buyer('Παπαδόπουλος Ανώνυμη Εταιρεία', 'Οδός Ερμού 15', '105 63', 'Αθήνα', 'GR', 'EL094259216'),
  },
  bg: {
    lines: [
      'Дизайн на пролетния каталог: оформление, предпечат и две корекции',
      'Отпечатана листовка, А5, 170 г/м²',
      'Фотография на място, с асистент и осветление',
      'Рециклирана хартия',
      'Хостинг и поддръжка на сайта',
    ],
    notes: 'Благодарим за поръчката. Моля, посочете номера на фактурата.',
    buyer: buyer('Юлия Щерева и Съдружие ООД', 'ул. Витоша 22', '1000', 'София', 'BG', 'BG175074752'),
  },
}
