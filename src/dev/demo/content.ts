/** Writes the content of a demo document in its customer's language and currency. */
import type { Contact } from '../../domain/contact'
import type { Adjustment, DocumentContent, Line } from '../../domain/document'
import { CATALOGUE, type Item, priceIn } from './catalogue'
import { DEMO_SETTINGS } from './company'
import type { Story } from './stories'

const EU = 'AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

const THANKS: Record<string, string> = {
  en: 'Thank you for your order.',
  fr: 'Merci pour votre commande.',
  de: 'Vielen Dank für Ihre Bestellung.',
  it: 'Grazie per il vostro ordine.',
  es: 'Gracias por su pedido.',
}

export function contentOf(story: Story, contact: Contact): DocumentContent {
  const lines = story.lines.map(({ item: index, quantity }, i) => {
    const item = CATALOGUE[index]
    if (!item) throw new Error(`no item ${index}`)
    return {
      id: `lin_demo_${i}`,
      description: item.names[contact.language] ?? item.names.en ?? '',
      quantity,
      unit: item.unit,
      unitPrice: priceIn(contact.currency, item),
      ...taxOf(item, contact),
      ...(story.discounted && i === 0 && { discount: { type: 'percent', value: '10' } as const }),
    }
  })
  return {
    lines,
    adjustments: story.adjusted ? adjustmentsOf(contact, lines[0]) : [],
    // The shop's prices include tax.
    pricesIncludeTax: story.kind === 'receipt',
    currency: contact.currency,
    language: '',
    issueDate: '',
    dueDate: '',
    paymentTermsDays: DEMO_SETTINGS.paymentTermsDays,
    supplyFrom: '',
    supplyTo: '',
    buyerReference: '',
    orderNumber: '',
    notes: THANKS[contact.language] ?? '',
    ...(story.paidBy && { paymentMethod: story.paidBy }),
  }
}

const LOYALTY: Record<string, string> = {
  en: 'Loyalty discount',
  fr: 'Remise de fidélité',
  de: 'Treuerabatt',
  it: 'Sconto fedeltà',
  es: 'Descuento por fidelidad',
}
const TRANSPORT: Record<string, string> = {
  en: 'Transport and insurance',
  fr: 'Transport et assurance',
  de: 'Transport und Versicherung',
  it: 'Trasporto e assicurazione',
  es: 'Transporte y seguro',
}

/** Returns a discount and a charge, taxed like the first line. */
function adjustmentsOf({ language, currency }: Contact, line: Line | undefined): Adjustment[] {
  if (!line) return []
  const { taxRate, taxCategory } = line
  const amount = (euros: string) => priceIn(currency, { rate: '20', unit: 'C62', euros, names: {} })
  const reason = (names: Record<string, string>) => names[language] ?? names.en ?? ''
  return [
    { type: 'allowance', reason: reason(LOYALTY), amount: amount('15'), taxRate, taxCategory },
    { type: 'charge', reason: reason(TRANSPORT), amount: amount('12'), taxRate, taxCategory },
  ]
}

/**
 * Returns French tax for customers in France and private customers in the EU, reverse charge for EU businesses, none
 * outside the EU.
 */
function taxOf(item: Item, { address, vatId }: Contact) {
  const isInEu = address.country === 'FR' || EU.includes(address.country)
  if (!isInEu) return { taxRate: '0', taxCategory: 'G' as const }
  const isService = item.unit === 'HUR' || item.unit === 'DAY'
  if (vatId !== '' && address.country !== 'FR')
    return { taxRate: '0', taxCategory: isService ? ('AE' as const) : ('K' as const) }
  return { taxRate: item.rate, taxCategory: 'S' as const }
}
