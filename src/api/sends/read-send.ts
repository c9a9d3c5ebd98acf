/** Turns the body of a request into the input of a send, by the rules of the Send form. */
import { MAX_RECIPIENTS } from '../../commands/sends/send-document'
import { findCurrentContact } from '../../db/contacts'
import type { StoredDocument } from '../../db/documents'
import { listSuppressed } from '../../db/suppressions'
import { wasSent } from '../../domain/delivery'
import { addressKey, parseEmailAddress } from '../../domain/email-addresses'
import { chooseLanguage, languagesOf } from '../../domain/languages'
import { MAX_METADATA } from '../../domain/metadata'
import { refuse } from '../../domain/result'
import { checkSchedule } from '../../domain/schedule'
import { cleanLine, cleanText } from '../../domain/text'
import { translator } from '../../i18n'
import type { ApiContext } from '../api-env'
import { changedMetadata } from '../fields'
import { type FieldError, Problem } from '../problem'
import { fieldError, invalid } from '../refusal'
import type { NewSend } from './send-schemas'

const english = translator('en')

/** Returns the fields of a send. Throws a problem that names every field that is wrong. */
export function readSend(c: ApiContext, body: NewSend) {
  const { settings } = c.var.account
  const { to = [], language, send_at: sendAt = null } = body
  const scheduledFor = sendAt === null ? null : Date.parse(sendAt)
  const badTime = checkSchedule(scheduledFor, c.var.deps.now())
  const metadata = changedMetadata({}, body.metadata ?? {})
  const errors = [
    ...to.flatMap((address, index): FieldError[] => {
      const parsed = parseEmailAddress(address)
      return parsed.ok ? [] : [fieldError(`/to/${index}`, parsed)]
    }),
    ...(new Set(to.map(addressKey)).size > MAX_RECIPIENTS
      ? [fieldError('/to', refuse('too_many_recipients', { max: MAX_RECIPIENTS }))]
      : []),
    ...(language !== undefined && !languagesOf(settings).includes(language)
      ? [fieldError('/language', refuse('language_unknown'))]
      : []),
    ...(badTime ? [fieldError('/send_at', badTime)] : []),
    ...(metadata ? [] : [{ pointer: '/metadata', code: 'too_many', detail: `It has at most ${MAX_METADATA} pairs.` }]),
  ]
  if (errors.length > 0) throw invalid(errors)
  return {
    scheduledFor,
    subject: body.subject == null ? null : cleanLine(body.subject),
    body: body.body == null ? null : cleanText(body.body),
    attachPdf: body.attach_pdf ?? settings.attachPdf,
    externalId: cleanLine(body.external_id ?? '') || undefined,
    metadata: metadata && Object.keys(metadata).length > 0 ? metadata : undefined,
  }
}

/** Returns what depends on the document, as the Send form chooses it: recipients, language, and whether the mail is a repeated one. */
export async function chooseRecipients(c: ApiContext, document: StoredDocument, { to, language }: NewSend) {
  const { deps, key, account } = c.var
  const contact = document.contactId ? await findCurrentContact(deps.db, key.accountId, document.contactId) : undefined
  return {
    documentId: document.id,
    version: document.version,
    origin: wasSent(document.mailState) ? ('resend' as const) : ('api' as const),
    language:
      language ??
      chooseLanguage(
        account.settings,
        contact?.language || document.snapshot?.language || document.content.language || account.settings.language,
      ),
    recipients: to ?? (await reachable(c, contact?.emails ?? [])),
  }
}

/** Returns those addresses of a contact that are not suppressed. Throws a problem if there is none. */
async function reachable(c: ApiContext, emails: readonly string[]): Promise<string[]> {
  const { deps, key } = c.var
  if (emails.length === 0) throw refused('no_address')
  const suppressed = await listSuppressed(deps.db, key.accountId, emails.map(addressKey))
  const keys = new Set(suppressed.map((row) => row.addressKey))
  const left = emails.filter((address) => !keys.has(addressKey(address)))
  if (left.length === 0) throw refused('suppressed')
  return left
}

const refused = (reason: 'no_address' | 'suppressed') =>
  new Problem('conflict', { reason, detail: english(`bulk.reason.${reason}`) })
