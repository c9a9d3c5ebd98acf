/** Reads MailDev's inbox. */
import type { Home } from './facteur.ts'

export interface InboxMail {
  id: string
  subject: string
  html: string
  text: string
  to: { address: string }[]
  from: { address: string; name: string }[]
  headers: Record<string, string>
  attachments?: { fileName?: string; generatedFileName: string; contentType: string }[]
}

/** Returns the newest mail to an address, other than those in `after`; waits at most a minute. */
export async function mailTo(home: Home, address: string, after: readonly InboxMail[] = []): Promise<InboxMail> {
  const before = new Set(after.map((mail) => mail.id))
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const found = (await mailsTo(home, address)).find((mail) => !before.has(mail.id))
    if (found) return found
    await new Promise((done) => setTimeout(done, 500))
  }
  throw new Error(`no mail to ${address} within a minute`)
}

/** Returns the mails to an address, newest first. */
export async function mailsTo(home: Home, address: string): Promise<InboxMail[]> {
  const mails = (await (await fetch(`${home.inboxUrl}/api/email`)).json()) as InboxMail[]
  return mails.filter((mail) => mail.to.some((to) => to.address === address)).toReversed()
}

/** Returns the first link of a mail's text to the app whose path matches. */
export function linkIn(mail: InboxMail, home: Home, path: RegExp): string {
  const links = mail.text.match(/https?:\/\/[^\s<>()\]]+/g) ?? []
  const found = links.find((link) => link.startsWith(home.appUrl) && path.test(new URL(link).pathname))
  if (!found) throw new Error(`no link like ${path} in:\n${mail.text}`)
  return found
}
