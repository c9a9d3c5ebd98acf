/**
 * Tests that each language addresses its reader in one way: Sie, vous, Lei and usted; that English has one word for e-mail; and that what
 * is said of documents of any kind fits all of them.
 */
import { expect, it } from 'vitest'
import de from '../../locales/de.json'
import en from '../../locales/en.json'
import es from '../../locales/es.json'
import fr from '../../locales/fr.json'
import italian from '../../locales/it.json'

/** Words that only the other form of address has. */
const OTHERS = [
  ['de', de, 'du dich dir dein deine deinem deinen deiner deines euch euer'],
  ['fr', fr, 'tu te toi ton tes'],
  ['it', italian, 'tu ti tuo tua tuoi tue hai puoi devi ricevi gestisci aprilo scrivici'],
  ['es', es, 'tú tu tus te puedes debes tienes inténtalo'],
  ['en', en, 'email emails'],
] as const

it.each(OTHERS)('%s keeps to one form', (_, texts, others) => {
  const words = new RegExp(`(?<![\\p{L}{])(${others.replaceAll(' ', '|')})(?!\\p{L})`, 'iu')
  expect(Object.entries(texts).filter(([, text]) => words.test(text))).toEqual([])
})

it('what is said of invoices and receipts alike has not the gender of one of them', () => {
  const shared = (texts: typeof fr | typeof es) => [texts['notice.already_final'], texts['documents.finalise.hint']]
  for (const text of shared(fr)) expect(text).not.toMatch(/\b[Ee]lle\b|finalisée|modifiée/)
  for (const text of shared(es)) expect(text).not.toMatch(/enviarla|finalizada/)
})
