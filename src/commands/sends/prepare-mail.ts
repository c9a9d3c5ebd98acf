import type { LoadedDelivery } from '../../db/loaded-delivery'
import type { AccountTexts } from '../../domain/account-texts'
import { base64Bytes, type DocumentAttachment, MAX_MAIL_BYTES, mailBytesOf } from '../../domain/attachment'
import { balanceOf } from '../../domain/balance'
import { FILE_TYPES } from '../../domain/file-type'
import { mailKindOf } from '../../domain/translation'
import { type Attachment, MailTooLargeError } from '../../mail/compose'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import { readLogo } from '../logo-files'
import { gzip, mailKey, type PreparedMail, readMail, UnsendableError } from '../stored-mail'
import { hashToken } from '../token'
import { composeDocumentMail, type DocumentMail } from './compose-document-mail'

/**
 * The mail of a delivery, rendered once: whoever stores it first decides its bytes, and every attempt sends those.
 * @param own the account's own words, as far as this mail may need them
 * @param pdf the document's PDF, for a send that attaches it
 */
export async function prepareMail(
  deps: Deps,
  delivery: LoadedDelivery,
  own: AccountTexts,
  pdf: () => Promise<Uint8Array>,
): Promise<PreparedMail> {
  // A link hash in the row means that an attempt was made, so the bytes are there.
  if (delivery.linkHash) return readMail(deps, delivery)
  const token = deps.newToken()
  const linkHash = await hashToken(token)
  const drawn = delivery.attachPdf ? await pdf() : undefined
  // What can't leave is not read: the files of a mail are most of it, and their sizes are known.
  if (base64Bytes(drawn?.length ?? 0) + mailBytesOf(delivery.attachments) > MAX_MAIL_BYTES)
    throw new UnsendableError('mail_too_large')
  const parts = {
    pdf: drawn,
    logo: await readLogo(deps, delivery.accountId, delivery.logo),
    attachments: await readAttachments(deps, delivery.attachments),
  }
  const mime = await compose(deps, delivery, own, token, parts)
  if (mime.length > MAX_MAIL_BYTES) throw new UnsendableError('mail_too_large')
  const stored = await deps.bucket.put(mailKey(delivery.accountId, delivery.id), await gzip(mime), {
    onlyIf: { etagDoesNotMatch: '*' },
    httpMetadata: { contentType: 'message/rfc822', contentEncoding: 'gzip' },
    customMetadata: { linkHash },
  })
  return stored === null ? readMail(deps, delivery) : { mime, linkHash }
}

/** One after the other: together they are as large as the mail. */
async function readAttachments(deps: Deps, attachments: readonly DocumentAttachment[]): Promise<Attachment[]> {
  const read: Attachment[] = []
  for (const { key, name, type } of attachments) {
    const object = await deps.bucket.get(key)
    if (!object) throw new UnsendableError('attachment_lost')
    const content = new Uint8Array(await object.arrayBuffer())
    read.push({ filename: name, contentType: FILE_TYPES[type].contentType, content })
  }
  return read
}

/** A text of the merchant's that no longer renders is ours to report, not the customer's address to blame. */
async function compose(
  deps: Deps,
  { snapshot, number, credited, paidAt, timeZone, ...delivery }: LoadedDelivery,
  own: AccountTexts,
  token: string,
  parts: { pdf: DocumentMail['pdf']; logo: DocumentMail['logo']; attachments: readonly Attachment[] },
): Promise<Uint8Array> {
  const mailKind = mailKindOf(snapshot.kind, delivery.origin)
  const { kind, totals } = snapshot
  const balance = balanceOf({ kind, total: totals.total, credited, paidAt }, timeZone)
  const mail = { ...delivery, mailKind, own, balance, to: delivery.address, snapshot: { ...snapshot, number }, token }
  try {
    return await composeDocumentMail(deps, {
      ...mail,
      ...parts,
      provisional: false,
      isCopy: delivery.purpose === 'copy',
      ...(delivery.purpose === 'copy' && { link: deps.config.APP_URL + routes.document(delivery.documentId) }),
      attachesPdf: parts.pdf !== undefined,
    })
  } catch (error) {
    throw new UnsendableError(error instanceof MailTooLargeError ? 'mail_too_large' : 'render_failed', error)
  }
}
