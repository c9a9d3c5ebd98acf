/** Reads mails as their recipients get them. */
import PostalMime from 'postal-mime'
import { vi } from 'vitest'
import { sink } from './sink'

export interface Letter {
  subject: string
  text: string
  /** The first link to the app in the text, as a path. */
  link: string
}

/** Returns the latest mail to an address; waits for one that is on its way. */
export const letterTo = (address: string): Promise<Letter> =>
  vi.waitFor(
    async () => {
      const mail = (await sink.rawMails()).findLast(({ to }) => to === address)
      if (!mail) throw new Error(`no mail to ${address}`)
      const { subject = '', text = '' } = await PostalMime.parse(mail.raw)
      return { subject, text, link: /http:\/\/facteur\.test(\/\S+)/.exec(text)?.[1] ?? '' }
    },
    { timeout: 10_000, interval: 50 },
  )
