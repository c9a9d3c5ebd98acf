import { findCurrentContact } from '../../db/contacts'
import { findMissed, listMissed, type Missed } from '../../db/problem-list'
import { listSuppressed } from '../../db/suppressions'
import { addressKey, type EmailProblem, MAX_EMAILS, parseEmailAddress } from '../../domain/email-addresses'
import { ok, type Refused, type Result, refuse } from '../../domain/result'
import { isTestDocument } from '../../domain/test-mode'
import { changeContact } from '../contacts/change-contact'
import type { Deps } from '../deps'
import { hashToken } from '../token'
import { type DeliveryRef, isSettledByOther, resendOf } from './repeat-delivery'
import { type SendRefusal, sendDocument } from './send-document'

export type FixRefusal =
  | SendRefusal
  | Refused<EmailProblem | 'address_unchanged' | 'address_suppressed' | 'problem_settled' | 'busy'>

/**
 * Corrects an address that did not work: replaces it in the contact, and sends all mails that failed at the old
 * address to the new one. Each step may be repeated: a sent mail settles its problem, and the same `key` makes the
 * same sends.
 * @returns how many documents are sent again, and whether the contact has the new address
 */
export async function fixAddress(
  deps: Deps,
  { address: typed, key, ...ref }: DeliveryRef & { address: string; key: string },
): Promise<{ ok: true; value: { sent: number; isCorrected: boolean } } | FixRefusal> {
  const { accountId } = ref
  const first = await findMissed(deps.db, accountId, ref.documentId, ref.deliveryId)
  if (!first) return refuse('not_found')
  const address = await usable(deps, accountId, typed, first.address)
  if (!address.ok) return address
  if (isSettledByOther(first, await sendIdOf(key, first.documentId))) return refuse('problem_settled')
  // The contact first: after an interruption, a retry finds the new address there, and unsent documents as open problems.
  const corrected = await correctContact(deps, accountId, first, address.value)
  if (!corrected.ok) return corrected
  const missed = await allMissed(deps, accountId, first)
  let sent = 0
  for (const delivery of missed) {
    const sendId = await sendIdOf(key, delivery.documentId)
    const done = await sendDocument(deps, { ...resendOf(ref, delivery, address.value), sendId })
    // A refusal of the first delivery applies to all.
    if (!done.ok && delivery === first) return done
    if (done.ok) sent += 1
  }
  return ok({ sent, isCorrected: corrected.value })
}

async function usable(
  deps: Deps,
  accountId: string,
  typed: string,
  old: string,
): Promise<Result<string, EmailProblem | 'address_unchanged' | 'address_suppressed'>> {
  const parsed = parseEmailAddress(typed)
  if (!parsed.ok) return parsed
  const key = addressKey(parsed.value)
  if (key === addressKey(old)) return refuse('address_unchanged')
  const suppressed = await listSuppressed(deps.db, accountId, [key])
  return suppressed.length > 0 ? refuse('address_suppressed') : parsed
}

async function allMissed(deps: Deps, accountId: string, first: Missed): Promise<Missed[]> {
  const { contactId, documentId, address } = first
  if (contactId === null) return [first]
  const at = { accountId, contactId, addressKey: addressKey(address), test: isTestDocument(documentId) }
  const open = await listMissed(deps.db, at)
  return [first, ...open.filter(({ documentId }) => documentId !== first.documentId)]
}

/**
 * Replaces the old address of a contact. If the contact no longer has it, adds the new one if there is room. Returns
 * whether the contact has the new address.
 */
async function correctContact(
  deps: Deps,
  accountId: string,
  { contactId, address: old }: Missed,
  address: string,
): Promise<Result<boolean, 'busy'>> {
  const contact = contactId === null ? undefined : await findCurrentContact(deps.db, accountId, contactId)
  if (!contact) return ok(false)
  const isOld = (email: string) => addressKey(email) === addressKey(old)
  let hasRoom = true
  const changed = await changeContact(deps, { accountId, id: contact.id }, (current) => {
    const emails = current.emails.some(isOld)
      ? current.emails.map((email) => (isOld(email) ? address : email))
      : [...current.emails, address]
    const distinct = [...new Map(emails.map((email) => [addressKey(email), email])).values()]
    hasRoom = distinct.length <= MAX_EMAILS
    return hasRoom ? { ...current, emails: distinct } : current
  })
  if (!changed.ok && changed.reason === 'busy') return refuse('busy')
  return ok(changed.ok && hasRoom)
}

/** Derives the send id from the key and the document, so that a repeated request makes no second send. */
async function sendIdOf(key: string, documentId: string): Promise<string> {
  const hash = await hashToken(`${key} ${documentId}`)
  return `snd_${hash
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '0')
    .slice(0, 26)}`
}
