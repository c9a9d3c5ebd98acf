/** Tests that each language addresses its reader in one way: Sie, vous, Lei and usted; and that English has one word for e-mail. */
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
