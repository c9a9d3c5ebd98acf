/** What a demo invoice says, in its customer's language and currency. */
import type { Contact } from '../../domain/contact'
import type { DocumentContent } from '../../domain/document'
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
      description: item.words[contact.language] ?? item.words.en ?? '',
      quantity,
      unit: item.unit,
      unitPrice: priceIn(contact.currency, item),
      ...taxOf(item, contact),
    }
  })
  return {
    lines,
    adjustments: [],
    pricesIncludeTax: false,
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

/** French tax at home and for people in the Union; none for the Union's businesses and for those outside. */
function taxOf(item: Item, { address, vatId }: Contact) {
  const inside = address.country === 'FR' || EU.includes(address.country)
  if (!inside) return { taxRate: '0', taxCategory: 'G' as const }
  if (vatId !== '' && address.country !== 'FR') return { taxRate: '0', taxCategory: 'K' as const }
  return { taxRate: item.rate, taxCategory: 'S' as const }
}
