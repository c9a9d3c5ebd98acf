import { isMade, type LoadedDelivery } from '../../db/loaded-delivery'
import type { AccountTexts } from '../../domain/account-texts'
import { base64Bytes, type DocumentAttachment, isWithin, MAX_MAIL_BYTES, mailBytesOf } from '../../domain/attachment'
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
 * Returns the mail of a delivery, rendered once: the first stored bytes are kept, and every attempt sends them.
 * @param accountTexts the account's custom texts that this mail may use
 * @param pdf the document's PDF, for a send that attaches it
 */
export async function prepareMail(
  deps: Deps,
  delivery: LoadedDelivery,
  accountTexts: AccountTexts,
  pdf: () => Promise<Uint8Array>,
): Promise<PreparedMail> {
  if (isMade(delivery)) return readMail(deps, delivery)
  const made = await makeMail(deps, delivery, accountTexts, pdf)
  return keepMail(deps, delivery, made)
}

/** Stores a mail unless one is stored already, and returns the stored one. A mail that was made for another From address gives way: no server took it. */
async function keepMail(deps: Deps, delivery: LoadedDelivery, made: PreparedMail): Promise<PreparedMail> {
  const { linkHash, linkOnly, mime } = made
  const sender = delivery.sender ?? ''
  const gzipped = gzip(mime)
  const put = (onlyIf: R2Conditional) =>
    deps.bucket.put(mailKey(delivery.accountId, delivery.id), gzipped, {
      onlyIf,
      httpMetadata: { contentType: 'message/rfc822', contentEncoding: 'gzip' },
      customMetadata: { linkHash, sender, ...(linkOnly && { linkOnly: '1' }) },
    })
  if (await put({ etagDoesNotMatch: '*' })) return made
  const stored = await readMail(deps, delivery)
  if (stored.sender === delivery.sender) return stored
  // Another process may replace it at the same time: what it stored is the mail then.
  return (await put({ etagMatches: stored.etag })) ? made : readMail(deps, delivery)
}

async function makeMail(
  deps: Deps,
  delivery: LoadedDelivery,
  accountTexts: AccountTexts,
  pdf: () => Promise<Uint8Array>,
): Promise<PreparedMail> {
  const token = deps.newToken()
  const linkHash = await hashToken(token)
  const drawn = delivery.attachPdf ? await pdf() : undefined
  // Checked before the files are read: they are most of a mail, and their sizes are known.
  const tooLarge = base64Bytes(drawn?.length ?? 0) + mailBytesOf(delivery.attachments) > MAX_MAIL_BYTES
  if (tooLarge && !delivery.snapshot.upload) throw new UnsendableError('mail_too_large')
  const sizes = [...(drawn ? [drawn.length] : []), ...delivery.attachments.map(({ bytes }) => bytes)]
  // An uploaded PDF may be larger than any mail; the link leads to it.
  const limits = delivery.snapshot.upload ? (delivery.limits ?? { maxBytes: MAX_MAIL_BYTES }) : delivery.limits
  const linkOnly = sizes.length > 0 && limits !== undefined && (tooLarge || !isWithin(limits, sizes))
  const parts = {
    pdf: linkOnly ? undefined : drawn,
    logo: await readLogo(deps, delivery.accountId, delivery.logo),
    attachments: linkOnly ? [] : await readAttachments(deps, delivery.attachments),
  }
  const mime = await compose(deps, delivery, accountTexts, token, parts)
  if (mime.length > MAX_MAIL_BYTES) throw new UnsendableError('mail_too_large')
  return { mime, linkHash, linkOnly }
}

/** Reads the files one after the other, to limit memory. */
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

/** Composes the mail. A custom text that no longer renders fails the delivery without suppressing the address. */
async function compose(
  deps: Deps,
  { snapshot, number, credited, paidAt, timeZone, ...delivery }: LoadedDelivery,
  accountTexts: AccountTexts,
  token: string,
  parts: { pdf: DocumentMail['pdf']; logo: DocumentMail['logo']; attachments: readonly Attachment[] },
): Promise<Uint8Array> {
  const mailKind = mailKindOf(snapshot.kind, delivery.origin)
  const { kind, totals } = snapshot
  const mail = { ...delivery, mailKind, accountTexts, to: delivery.address, snapshot: { ...snapshot, number }, token }
  try {
    return await composeDocumentMail(deps, {
      ...mail,
      balance: balanceOf({ kind, total: totals.total, credited, paidAt }, timeZone),
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
