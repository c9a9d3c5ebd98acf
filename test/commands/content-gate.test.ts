import { beforeAll, describe, expect, it } from 'vitest'
import { createDraft } from '../../src/commands/documents/create-draft'
import { duplicateDocument } from '../../src/commands/documents/duplicate-document'
import { finaliseDocument } from '../../src/commands/documents/finalise-document'
import { issueAutomatic } from '../../src/commands/sends/issue-automatic'
import { findDocument } from '../../src/db/documents'
import { ok } from '../../src/domain/result'
import { routes } from '../../src/routes'
import { select } from '../support/bulk'
import { type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { contentOf, lineOf } from '../support/documents'
import { draftFor, send, sendForm } from '../support/sendable'

const deps = testDeps()
let merchant: Merchant

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ settings: { autosend: true } })
})

/** Content that every form refuses: exempt from tax, but with a rate. */
const wrong = { lines: [lineOf({ taxCategory: 'E', taxRate: '20' })] }
const sendsOf = (id: string) => rows('SELECT id FROM sends WHERE document_id = ?', id)
const statusOf = async (id: string) => (await findDocument(deps.db, merchant.accountId, id))?.status

describe('content that forms refuse', () => {
  it('is neither finalised nor sent by hand, and the pages say which field is wrong', async () => {
    const id = await draftFor(merchant, { content: wrong })
    const form = { ...(await sendForm(merchant, await draftFor(merchant))), version: '1' }
    expect((await merchant.post(routes.documentFinalisation(id), { version: '1' })).status).toBe(422)
    expect((await merchant.post(routes.sends(id), form)).status).toBe(422)
    expect([await statusOf(id), await sendsOf(id)]).toEqual(['draft', []])
    for (const path of [routes.document(id), routes.newSend(id)])
      expect(await textOf(await merchant.get(path))).toContain('Line 1')
  })

  it('is not mailed automatically', async () => {
    const documentId = deps.newId('doc')
    const { contactId } = (await findDocument(deps.db, merchant.accountId, await draftFor(merchant))) ?? {}
    const content = contentOf(wrong)
    const draft = { accountId: merchant.accountId, documentId, contactId: contactId ?? null, content }
    const issued = await issueAutomatic(deps, {
      ...draft,
      replaces: false,
      create: async () => {
        await createDraft(deps, { ...draft, kind: 'receipt', actor: '' })
        return ok(null)
      },
    })
    expect(issued).toMatchObject({ ok: false, reason: 'content_invalid' })
    expect([await statusOf(documentId), await sendsOf(documentId)]).toEqual([undefined, []])
  })

  it('is refused in a copy too', async () => {
    const { accountId, userId: actor } = merchant
    const documentId = await draftFor(merchant, { content: wrong })
    const copyId = deps.newId('doc')
    await duplicateDocument(deps, { accountId, documentId, copyId, actor })
    const refused = await finaliseDocument(deps, { accountId, documentId: copyId, version: 1, actor })
    expect(refused).toMatchObject({ ok: false, reason: 'incomplete', missing: ['content'] })
  })

  it('is left out of a bulk send', async () => {
    const id = await draftFor(merchant, { content: wrong })
    const page = await merchant.get(routes.bulkSend(await select(merchant, [id])))
    expect(await textOf(page)).toContain('1 draft is incomplete and can’t be issued yet')
  })

  it('is sent once it is corrected', async () => {
    const id = await draftFor(merchant)
    expect((await send(merchant, id)).status).toBe(303)
  })
})
