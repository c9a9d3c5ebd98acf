import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { belongingsOf } from '../../support/belongings'
import { formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { report, sentInvoice } from '../../support/failures'
import { insertQueuedSends } from '../../support/fixtures'
import { secondAccount, switchTo } from '../../support/second-account'
import { latestSend } from '../../support/sendable'

let merchant: Merchant
let id: string

beforeAll(freshStorage)

beforeEach(async () => {
  merchant = await signUp()
  id = await contact('Anna', ['anna@example.org'])
})

async function contact(name: string, emails: string[] = []): Promise<string> {
  const deps = testDeps()
  const contact = contactOf({ name, emails })
  return createContact(deps, { accountId: merchant.accountId, id: deps.newId('con'), contact })
}

/** Inserts issued documents of the contact, each sent once, with these statuses. */
async function sendEach(name: string, statuses: string[]): Promise<void> {
  const { accountId } = merchant
  await insertQueuedSends({ accountId, name, count: statuses.length, dueAt: 0, address: 'anna@example.org' })
  await env.DB.batch(
    statuses.flatMap((status, index) => [
      env.DB.prepare(
        'UPDATE deliveries SET status = ?2, due_at = NULL, server_text = ?3, reason = ?4 WHERE send_id = ?1',
      ).bind(
        `snd_${name}_${index + 1}`,
        status,
        status === 'bounced' ? '550 5.1.1 no such user' : null,
        status === 'bounced' ? 'address_unknown' : null,
      ),
      env.DB.prepare('UPDATE documents SET contact_id = ?2, mail_state = ?3 WHERE id = ?1').bind(
        `doc_${name}_${index + 1}`,
        id,
        status === 'bounced' ? 'problem' : 'delivered',
      ),
    ]),
  )
}

const page = async (query = '') => textOf(await merchant.get(`${routes.contact(id)}${query}`))

describe('the page of a contact', () => {
  it('shows its documents, their deliveries, and what went wrong', async () => {
    await sendEach('a', ['delivered', 'bounced'])
    expect(await page()).toMatch(/a-2 .* a-1 /)
    const deliveries = await page('?view=deliveries')
    expect(deliveries).toMatch(/a-2 anna@example.org Bounced .* a-1 anna@example.org Delivered/)
    const problems = await page('?view=problems')
    expect(problems).toContain('This address does not exist. 550 5.1.1 no such user')
    expect(problems).not.toContain('a-1')
  })

  it('shows members buttons that fix a problem, until it is settled', async () => {
    id = await contact('Bert', ['bert@simulator.test'])
    const { accountId } = merchant
    const gone = await sentInvoice(merchant, { contact: { emails: ['gone@simulator.test'] } })
    const full = await sentInvoice(merchant, { contact: { emails: ['full@simulator.test'] } })
    await env.DB.prepare('UPDATE documents SET contact_id = ? WHERE account_id = ?').bind(id, accountId).run()
    await report(gone, 'bounced_hard', '550 5.1.1 no such user')
    await report(full, 'bounced_soft', '452 4.2.2 Mailbox full')
    for (const view of ['problems', 'deliveries']) {
      const html = await (await merchant.get(`${routes.contact(id)}?view=${view}`)).text()
      expect(html).toContain(routes.deliveryCorrection(gone.documentId, gone.deliveryId))
      expect(html).toContain(`action="${routes.deliveryRepeats(full.documentId, full.deliveryId)}"`)
    }
    const viewer = await signUp({ accountId, role: 'viewer' })
    const seen = await (await viewer.get(`${routes.contact(id)}?view=problems`)).text()
    expect(seen).toContain('550 5.1.1 no such user')
    expect(seen).not.toContain(routes.deliveryCorrection(gone.documentId, gone.deliveryId))
    await merchant.fillIn(
      `${routes.contact(id)}?view=problems`,
      {},
      routes.deliveryRepeats(full.documentId, full.deliveryId),
    )
    expect((await latestSend(full.documentId)).origin).toBe('resend')
    const settled = await (await merchant.get(`${routes.contact(id)}?view=deliveries`)).text()
    expect(settled).not.toContain(routes.deliveryRepeats(full.documentId, full.deliveryId))
  })

  it('says so if there are no documents, deliveries or problems', async () => {
    expect(await page()).toContain('This contact has no documents yet.')
    expect(await page('?view=deliveries')).toContain('Nothing was sent to this contact yet.')
    expect(await page('?view=problems')).toContain('There are no problems with e-mails to this contact.')
  })

  it('goes through all of them page by page, each once', async () => {
    await sendEach(
      'many',
      Array.from({ length: 60 }, () => 'delivered'),
    )
    for (const view of ['documents', 'deliveries']) {
      const seen: string[] = []
      let path: string | undefined = `${routes.contact(id)}?view=${view}`
      while (path) {
        const html = await (await merchant.get(path)).text()
        seen.push(...[...html.matchAll(/>(many-\d+)</g)].map(([, number = '']) => number))
        path = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
      }
      expect(seen).toHaveLength(60)
      expect(new Set(seen).size).toBe(60)
    }
  })

  it('accepts any view and position', async () => {
    for (const query of ['?view=x', '?before=x', `?view=problems&before=${'x'.repeat(500)}`, '?before='])
      expect((await merchant.get(`${routes.contact(id)}${query}`)).status).toBe(200)
  })

  it('shows which address is blocked, and why', async () => {
    await env.DB.prepare(
      "INSERT INTO suppressions (account_id, address_key, reason, server_text, created_at, created_by) VALUES (?, 'anna@example.org', 'hard_bounce', '', 0, '')",
    )
      .bind(merchant.accountId)
      .run()
    expect(await page()).toContain('anna@example.org Blocked An e-mail to this address bounced.')
  })
})

describe('a likely typo', () => {
  it('is suggested and corrected by one click, and is never required', async () => {
    id = await contact('Typo', ['Anna@gmial.com', 'ok@example.org'])
    expect(await page()).toContain('Did you mean Anna@gmail.com? Use this one')
    const fixed = await merchant.fillIn(routes.contact(id), {}, routes.contactCorrections(id))
    expect(await textOf(await merchant.follow(fixed))).toMatch(/Anna@gmail\.com ok@example\.org/)
    expect(await rows('SELECT address_key FROM contact_emails WHERE contact_id = ? ORDER BY 1', id)).toEqual([
      { address_key: 'anna@gmail.com' },
      { address_key: 'ok@example.org' },
    ])
    const again = await merchant.post(routes.contactCorrections(id), { address: 'Anna@gmial.com' })
    expect(again.status).toBe(303)
  })

  it('is suggested while the form is filled in', async () => {
    const path = `${routes.contactSuggestions}?${new URLSearchParams({ 'contact.emails': 'a@hotmial.fr, b@example.con' })}`
    const text = await textOf(await merchant.hx(path))
    expect(text).toContain('Did you mean a@hotmail.fr?')
    expect(text).toContain('Did you mean b@example.com?')
    expect(await textOf(await merchant.hx(`${routes.contactSuggestions}?emails=a@gmail.com`))).not.toContain('mean')
  })
})

describe('deleting a contact', () => {
  it('asks once, naming it, and leaves nothing behind', async () => {
    expect(await page()).toContain('Delete')
    const asked = await merchant.get(routes.contactDeletion(id))
    expect(await textOf(asked)).toContain('Delete this contact? Anna')
    const gone = await textOf(await merchant.follow(await merchant.post(routes.contactDeletion(id))))
    expect(gone).toContain('The contact was deleted.')
    expect((await merchant.get(routes.contact(id))).status).toBe(404)
    expect(await rows('SELECT 1 FROM contact_emails WHERE contact_id = ?', id)).toEqual([])
    expect((await merchant.post(routes.contactDeletion(id))).status).toBe(404)
  })

  it('is refused while a document names it, even a draft; the archive is offered with the reason', async () => {
    const its = await belongingsOf(merchant)
    await env.DB.prepare("DELETE FROM documents WHERE status <> 'draft' AND account_id = ?")
      .bind(merchant.accountId)
      .run()
    id = its.contactId
    expect(await page()).toContain('It has documents, which need their customer. Archive it')
    const refused = await merchant.post(routes.contactDeletion(id))
    expect(refused.status).toBe(409)
    expect(await textOf(refused)).toContain('This contact can’t be deleted')
    const archived = await merchant.fillIn(routes.contactDeletion(id), {}, routes.contactArchive(id))
    expect(await textOf(await merchant.follow(archived))).toContain('Archived')
  })
})

describe('a form of another account', () => {
  it('makes no contact until it is sent again, and keeps what was typed', async () => {
    const second = await secondAccount(merchant)
    const typed = {
      ...(await formFields(await merchant.get(routes.newContact), routes.contacts)),
      name: 'Stray',
      notes: 'Keep',
    }
    await switchTo(merchant, second)
    const refused = await merchant.post(routes.contacts, typed)
    expect(refused.status).toBe(409)
    const again = await formFields(refused.clone(), routes.contacts)
    const text = await textOf(refused)
    expect(text).toContain('This form was opened for “Atelier Dupré”, but you are now working in “Second Shop”.')
    expect(await rows("SELECT id FROM contacts WHERE name = 'Stray'")).toEqual([])
    expect(again).toMatchObject({ name: 'Stray', notes: 'Keep' })
    expect((await merchant.post(routes.contacts, again)).status).toBe(303)
    expect(await row("SELECT account_id FROM contacts WHERE name = 'Stray'")).toEqual({ account_id: second })
  })

  it('saves no document, and keeps what was typed', async () => {
    const second = await secondAccount(merchant)
    const page = await merchant.get(`${routes.newDocument}?contact=${id}`)
    const typed: Record<string, string> = {
      ...(await formFields(page, routes.documents)),
      'lines.0.description': 'Kept',
    }
    await switchTo(merchant, second)
    const refused = await merchant.post(routes.documents, typed)
    expect(refused.status).toBe(409)
    expect(await formFields(refused.clone(), routes.documents)).toMatchObject({ 'lines.0.description': 'Kept' })
    expect(await textOf(refused)).toContain('you are now working in “Second Shop”')
    const changed = await merchant.post(routes.documentForm, { ...typed, act: 'line:add' })
    expect(await textOf(changed)).toContain('you are now working in “Second Shop”')
    expect(await rows('SELECT id FROM documents WHERE id = ?', typed.id)).toEqual([])
  })
})
