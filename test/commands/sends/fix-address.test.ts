import { env } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { Deps } from '../../../src/commands/deps'
import { fixAddress } from '../../../src/commands/sends/fix-address'
import { type Merchant, signUp } from '../../support/client'
import { mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { report, type SentMail, sentInvoice } from '../../support/failures'

/** Makes two invoices to one contact, neither of which was delivered. */
async function twoMissed(merchant: Merchant): Promise<[SentMail, SentMail]> {
  const contact = { emails: ['wrong@simulator.test'] }
  const [first, second] = [await sentInvoice(merchant, { contact }), await sentInvoice(merchant, { contact })]
  await env.DB.prepare(
    'UPDATE documents SET contact_id = (SELECT c.contact_id FROM documents c WHERE c.id = ?) WHERE id = ?',
  )
    .bind(first.documentId, second.documentId)
    .run()
  for (const mail of [first, second]) await report(mail, 'bounced_soft', '452 4.2.2 Mailbox full')
  return [first, second]
}

describe('a process that dies while it corrects an address', () => {
  it.each(['before', 'after'] as const)(
    '%s any call sends each document once, when asked again',
    async (moment) => {
      let fate = 'died'
      let n = 0
      for (; fate === 'died'; ) {
        n += 1
        await freshStorage()
        const merchant = await signUp()
        const [first, second] = await twoMissed(merchant)
        const ask = (deps: Deps) =>
          fixAddress(deps, {
            ...{ accountId: merchant.accountId, userId: merchant.userId, address: 'right@simulator.test' },
            ...{ documentId: first.documentId, deliveryId: first.deliveryId, key: 'snd_00000000000000000000000000' },
          })
        const process = new Process(n, moment)
        const mortal = mortalDeps(testDeps({ log: () => undefined }), env.DB, process, testDeps().mailer)
        fate = await process.run(ask(mortal))
        // The person saw no response and presses the button again.
        expect((await ask(testDeps())).ok).toBe(true)
        const when = `died ${moment} call ${n}`
        for (const { documentId } of [first, second])
          expect(
            await rows("SELECT address FROM deliveries WHERE document_id = ? AND status = 'queued'", documentId),
            when,
          ).toEqual([{ address: 'right@simulator.test' }])
        const { emails } = await row<{ emails: string }>(
          'SELECT c.emails FROM contacts c JOIN documents d ON d.contact_id = c.id WHERE d.id = ?',
          first.documentId,
        )
        expect(JSON.parse(emails), when).toEqual(['right@simulator.test'])
        expect(await rows('SELECT 1 FROM problems WHERE settled_at IS NULL'), when).toEqual([])
      }
      expect(n).toBeGreaterThan(8)
    },
    120_000,
  )
})
