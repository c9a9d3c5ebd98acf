/**
 * Items that the demo's merchant sells, in the languages of its customers. Prices are in euro; `priceIn` converts and
 * rounds them.
 */
import Big from 'big.js'
import { minorDigits } from '../../domain/money'

export interface Item {
  /** French VAT; customers abroad pay none of it. */
  rate: '20' | '10' | '5.5'
  /** UN/ECE Recommendation 20. */
  unit: string
  euros: string
  names: Record<string, string>
}

export const CATALOGUE: Item[] = [
  item('20', 'C62', '24', {
    en: 'Hand-bound notebook, A5, 160 pages',
    fr: 'Carnet relié à la main, A5, 160 pages',
    de: 'Handgebundenes Notizbuch, A5, 160 Seiten',
    it: 'Taccuino rilegato a mano, A5, 160 pagine',
    es: 'Cuaderno encuadernado a mano, A5, 160 páginas',
  }),
  item('20', 'C62', '38.50', {
    en: 'Linen sketchbook, A4, 200 g/m²',
    fr: 'Carnet de croquis en lin, A4, 200 g/m²',
    de: 'Skizzenbuch in Leinen, A4, 200 g/m²',
    it: 'Album da schizzi in lino, A4, 200 g/m²',
    es: 'Cuaderno de dibujo en lino, A4, 200 g/m²',
  }),
  item('20', 'DAY', '420', {
    en: 'Bookbinding workshop, one day, up to eight people',
    fr: 'Atelier de reliure, une journée, huit personnes au plus',
    de: 'Buchbindekurs, ein Tag, höchstens acht Personen',
    it: 'Laboratorio di legatoria, un giorno, fino a otto persone',
    es: 'Taller de encuadernación, un día, hasta ocho personas',
  }),
  item('20', 'HUR', '65', {
    en: 'Restoration of leather bindings',
    fr: 'Restauration de reliures en cuir',
    de: 'Restaurierung von Ledereinbänden',
    it: 'Restauro di legature in pelle',
    es: 'Restauración de encuadernaciones en piel',
  }),
  item('5.5', 'C62', '32', {
    en: '“The Paper Almanac”, book, 240 pages',
    fr: '« L’Almanach du papier », livre, 240 pages',
    de: '„Der Papieralmanach“, Buch, 240 Seiten',
    it: '«L’Almanacco della carta», libro, 240 pagine',
    es: '«El almanaque del papel», libro, 240 páginas',
  }),
  item('20', 'C62', '6.90', {
    en: 'Marbled paper, 50 × 70 cm',
    fr: 'Papier marbré, 50 × 70 cm',
    de: 'Marmorpapier, 50 × 70 cm',
    it: 'Carta marmorizzata, 50 × 70 cm',
    es: 'Papel marmoleado, 50 × 70 cm',
  }),
  item('20', 'C62', '84', {
    en: 'Slipcase, made to measure',
    fr: 'Étui sur mesure',
    de: 'Schuber nach Maß',
    it: 'Cofanetto su misura',
    es: 'Estuche a medida',
  }),
  item('20', 'MTR', '18.40', {
    en: 'Bookbinder’s linen, width 140 cm',
    fr: 'Toile à relier, laize de 140 cm',
    de: 'Buchbinderleinen, Breite 140 cm',
    it: 'Tela da legatoria, altezza 140 cm',
    es: 'Tela de encuadernar, ancho 140 cm',
  }),
  item('20', 'XPK', '46', {
    en: 'Letterpress cards, pack of 50',
    fr: 'Cartes en typographie, paquet de 50',
    de: 'Karten im Buchdruck, 50er-Pack',
    it: 'Biglietti in tipografia, confezione da 50',
    es: 'Tarjetas en tipografía, paquete de 50',
  }),
  item('10', 'HUR', '48', {
    en: 'Guided visit of the workshop',
    fr: 'Visite guidée de l’atelier',
    de: 'Führung durch die Werkstatt',
    it: 'Visita guidata del laboratorio',
    es: 'Visita guiada del taller',
  }),
]

/** Approximate exchange rates: units of a currency per euro. */
const PER_EURO: Record<string, string> = {
  EUR: '1',
  GBP: '0.85',
  CHF: '0.95',
  USD: '1.10',
  JPY: '160',
  KWD: '0.335',
  PLN: '4.30',
  CZK: '25',
}

/**
 * Returns a decimal price in the currency, rounded as a merchant would: to ten yen, to 0.05 dinar, to 0.10 of others.
 */
export function priceIn(currency: string, { euros }: Item): string {
  const step = { 0: '10', 2: '0.1', 3: '0.05' }[minorDigits(currency)]
  if (currency === 'EUR') return new Big(euros).toFixed(2)
  return new Big(euros)
    .times(PER_EURO[currency] ?? '1')
    .div(step)
    .round(0, Big.roundHalfUp)
    .times(step)
    .toFixed(minorDigits(currency))
}

function item(rate: Item['rate'], unit: string, euros: string, names: Item['names']): Item {
  return { rate, unit, euros, names }
}
