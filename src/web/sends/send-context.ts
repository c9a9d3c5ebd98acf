/** Loads the data of the Send page that does not depend on its form. */
import { HTTPException } from 'hono/http-exception'
import type { Deps } from '../../commands/deps'
import { loadSnapshot } from '../../commands/documents/load-snapshot'
import { type Gap, prepareFinalise } from '../../commands/documents/prepare-finalise'
import { loadQuota } from '../../commands/sends/quota'
import { listUnreachableInTest } from '../../commands/sends/reach'
import { listAccountTexts } from '../../db/account-texts'
import { findCurrentContact, type StoredContact } from '../../db/contacts'
import { type DocumentSend, listDocumentSends } from '../../db/document-sends'
import type { StoredDocument } from '../../db/documents'
import { listSuppressed } from '../../db/suppressions'
import type { AccountTexts } from '../../domain/account-texts'
import type { AccountSettings } from '../../domain/company'
import { wasSent } from '../../domain/delivery'
import type { DocumentSnapshot } from '../../domain/document'
import { addressKey } from '../../domain/email-addresses'
import { type Quota, quotaZone } from '../../domain/quota'
import { sellerGaps } from '../../domain/readiness'
import type { Refused } from '../../domain/result'
import { dueAtOf } from '../../domain/schedule'
import { type MailKind, mailKindOf } from '../../domain/translation'
import type { SignedIn } from '../app-env'

export interface OfferedRecipient {
  address: string
  /** Code of the reason why the address is suppressed; the locales have its text as `reason.<code>`. */
  suppressedBy: string | undefined
}

export interface SendContext {
  document: StoredDocument
  snapshot: DocumentSnapshot
  settings: AccountSettings
  contact: StoredContact | undefined
  /** The latest send that was not cancelled. */
  lastSend: DocumentSend | undefined
  /** The contact's addresses, and those of the last send. */
  offered: OfferedRecipient[]
  mailKind: MailKind
  accountTexts: AccountTexts
  /** Gaps that prevent sending. */
  missing: Gap[]
  refusal: Refused | undefined
  /** True if the reply address is not confirmed, which prevents mails to customers. */
  replyUnconfirmed: boolean
  /** Addresses that get no test documents. */
  withheld: string[]
  /** Quota of the day on which the next batch leaves. */
  quota: Quota
}

/** Loads the context of a send; throws 404 for a document that is not the account's. */
export async function loadSendContext(deps: Deps, signedIn: SignedIn, documentId: string): Promise<SendContext> {
  const { accountId, userId, company, confirmedReplyEmail } = signedIn
  const [loaded, sends, accountTexts] = await Promise.all([
    loadSnapshot(deps, accountId, documentId),
    listDocumentSends(deps.db, accountId, documentId),
    listAccountTexts(deps.db, accountId),
  ])
  if (!loaded) throw new HTTPException(404)
  const { document, snapshot, settings } = loaded
  const lastSend = sends.find((send) => send.deliveries.some(({ status }) => status !== 'cancelled'))
  const contact = document.contactId ? await findCurrentContact(deps.db, accountId, document.contactId) : undefined
  const usual = [...(contact?.emails ?? []), ...customersOf(lastSend)]
  const { addresses, withheld } = await reachOf(deps, signedIn, document.test, usual)
  const prepared =
    document.status === 'draft'
      ? await prepareFinalise(deps, { accountId, documentId, version: document.version, actor: userId })
      : undefined
  const missing = prepared && !prepared.ok && prepared.reason === 'incomplete' ? prepared.missing : sellerGaps(company)
  const refusal = prepared && !prepared.ok && prepared.reason !== 'incomplete' ? prepared : undefined
  return {
    document,
    snapshot,
    settings,
    contact,
    lastSend,
    mailKind: mailKindOf(document.kind, originOf(document)),
    accountTexts,
    offered: await offeredOf(deps, accountId, addresses),
    withheld,
    missing,
    refusal,
    replyUnconfirmed: !document.test && confirmedReplyEmail !== company.email,
    quota: await loadQuota(deps, {
      ...{ accountId, leavesAt: dueAtOf(settings, deps.now()), timeZone: quotaZone(signedIn) },
      test: document.test,
    }),
  }
}

/** Returns `resend` for a document that was sent before, since its mail has another text. */
export const originOf = ({ mailState }: Pick<StoredDocument, 'mailState'>): 'manual' | 'resend' =>
  wasSent(mailState) ? 'resend' : 'manual'

export const customersOf = (send: DocumentSend | undefined): string[] =>
  (send?.deliveries ?? []).filter(({ purpose }) => purpose === 'customer').map(({ address }) => address)

/** Returns the addresses to offer. Of a test document these are members, simulator addresses, and the signed-in person. */
async function reachOf(deps: Deps, { accountId, email }: SignedIn, test: boolean, usual: string[]) {
  if (!test) return { addresses: usual, withheld: [] }
  const unreachable = await listUnreachableInTest(deps, accountId, usual)
  const reachable = usual.filter((address) => !unreachable.includes(address))
  return { addresses: [...reachable, email, 'delivered@simulator.test'], withheld: unreachable }
}

async function offeredOf(deps: Deps, accountId: string, addresses: string[]): Promise<OfferedRecipient[]> {
  const byKey = new Map(addresses.map((address) => [addressKey(address), address]))
  const suppressed = await listSuppressed(deps.db, accountId, [...byKey.keys()])
  const reasons = new Map(suppressed.map((row) => [row.addressKey, row.reason]))
  return [...byKey].map(([key, address]) => ({ address, suppressedBy: reasons.get(key) }))
}
