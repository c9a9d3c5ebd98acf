/** Makes invitations and reads their mails. */
import { invitePerson } from '../../src/commands/accounts/invite-person'
import type { Role } from '../../src/domain/role'
import { Client, type Merchant } from './client'
import { testDeps } from './deps'

let count = 0

/** Invites a new address; returns it and the path of the mailed link. */
export async function invite(
  owner: Merchant,
  { email, role = 'member', at = Date.now() }: { email?: string; role?: Role; at?: number } = {},
): Promise<{ email: string; path: string }> {
  count += 1
  const invited = email ?? `invited-${count}@example.org`
  let mail = ''
  const deps = testDeps({
    now: () => at,
    mailer: () => ({
      send: async ({ mime }) => {
        mail = new TextDecoder().decode(mime)
        return { type: 'accepted', providerMessageId: '', text: '' }
      },
      close: () => {},
    }),
  })
  const { accountId, userId: actor } = owner
  const done = await invitePerson(deps, { accountId, actor, email: invited, role, language: 'en' })
  if (!done.ok) throw new Error(done.reason)
  const [, path] = /facteur\.test(\/invitations\/[\w-]{22})/.exec(mail.replace(/=\r\n/g, '')) ?? []
  if (!path) throw new Error(`no link in ${mail}`)
  return { email: invited, path }
}

/** Returns a signed-out client with a separate network, so that rate limits count it alone. */
export function stranger(): Client {
  count += 1
  const client = new Client()
  client.headers['cf-connecting-ip'] = `203.0.113.${count}`
  return client
}
