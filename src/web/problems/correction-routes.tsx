import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { fixAddress } from '../../commands/sends/fix-address'
import type { SendRefusal } from '../../commands/sends/send-document'
import { findCurrentContact } from '../../db/contacts'
import { findMissed, listMissed, type Missed } from '../../db/problem-list'
import { addressKey } from '../../domain/email-addresses'
import { likelyAddress } from '../../domain/email-typos'
import { problemStep } from '../../domain/problem'
import { isTestDocument } from '../../domain/test-mode'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { otherAccount } from '../ui/form-account'
import { formId } from '../ui/form-id'
import { type FormState, readForm } from '../ui/form-state'
import { type FlashKey, flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { refusalErrors } from '../ui/send-refusal'
import { CorrectionPage } from './correction-page'

/** Corrects an address, and sends the documents that did not arrive there. */
export const correctionRoutes = new Hono<AccountEnv>()

const writes = requireRole('member')

correctionRoutes.get(routes.deliveryCorrection(':id', ':deliveryId'), requireAccount, writes, async (c) => {
  const first = await requireMissed(c)
  const typo = needsOtherAddress(first) ? '' : (likelyAddress(first.address) ?? first.address)
  const values = { key: c.var.deps.newId('snd'), address: typo }
  return correctionPage(c, first, { values, errors: {} })
})

correctionRoutes.post(routes.deliveryCorrection(':id', ':deliveryId'), requireAccount, writes, async (c) => {
  const { deps, signedIn, t } = c.var
  const first = await requireMissed(c)
  const { key: typedKey = '', address = '', ...typed } = await readForm(c)
  const key = formId(c, 'snd', typedKey)
  const again = (errors: FormState['errors']) => correctionPage(c, first, { values: { key, address }, errors }, 422)
  const elsewhere = otherAccount(c, typed)
  if (elsewhere) return again({ '': elsewhere })
  const { accountId, userId } = signedIn
  const { documentId, deliveryId } = first
  const done = await fixAddress(deps, { accountId, userId, documentId, deliveryId, address, key })
  if (done.ok) {
    flash(c, noticeOf(first, done.value))
    return c.redirect(routes.document(documentId), 303)
  }
  if (done.reason === 'not_found') throw new HTTPException(404)
  if (/^(email|address)_/.test(done.reason)) return again({ address: refusalText(t, done) })
  if (done.reason === 'problem_settled' || done.reason === 'busy') return again({ '': refusalText(t, done) })
  const times = { language: c.var.language, timeZone: signedIn.settings.timeZone }
  return again({ '': Object.values(refusalErrors(done as SendRefusal, t, times)).join(' ') })
})

const noticeOf = ({ contactId }: Missed, { isCorrected }: { isCorrected: boolean }): FlashKey => {
  if (contactId === null) return 'notice.sent_elsewhere'
  return isCorrected ? 'notice.address_corrected' : 'problem.contact_not_corrected'
}

/** Returns whether a different address is needed, because this one is spelled correctly. */
const needsOtherAddress = ({ status, reason }: Missed): boolean => problemStep(status, reason) === 'other_address'

async function requireMissed(c: Context<AccountEnv>): Promise<Missed> {
  const { deps, signedIn } = c.var
  const missed = await findMissed(deps.db, signedIn.accountId, c.req.param('id') ?? '', c.req.param('deliveryId') ?? '')
  if (!missed) throw new HTTPException(404)
  return missed
}

async function correctionPage(c: Context<AccountEnv>, first: Missed, form: FormState, status: 200 | 422 = 200) {
  const { deps, signedIn, t } = c.var
  const { accountId } = signedIn
  const { contactId, contactName, serverText } = first
  const [open, contact] =
    contactId === null
      ? [[], undefined]
      : await Promise.all([
          listMissed(deps.db, {
            ...{ accountId, contactId, addressKey: addressKey(first.address) },
            test: isTestDocument(first.documentId),
          }),
          findCurrentContact(deps.db, accountId, contactId),
        ])
  const missed = [first, ...open.filter(({ documentId }) => documentId !== first.documentId)]
  const props = { first, missed, contactName: contact?.name ?? contactName, serverText, form }
  const title = t(needsOtherAddress(first) ? 'problem_step.other_address' : 'correction.title')
  return page(c, { title, section: 'deliveries', narrow: true, status }, <CorrectionPage {...props} title={title} />)
}
