import type { LoadedDelivery } from '../../db/deliveries'
import { base64Bytes, type DocumentAttachment, MAX_MAIL_BYTES, mailBytesOf } from '../../domain/attachment'
import { balanceOf } from '../../domain/balance'
import { FILE_TYPES } from '../../domain/file-type'
import type { AccountTexts } from '../../domain/labels'
import { mailKindOf } from '../../domain/translation'
import { type Attachment, MailTooLargeError } from '../../mail/compose'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import { readLogo } from '../logo-files'
import { hashToken } from '../token'
import { composeDocumentMail, type DocumentMail } from './compose-document-mail'

/** The exact bytes of a delivery's mail, and the hash of the link that stands in them. */
export interface PreparedMail {
  mime: Uint8Array
  linkHash: string
}

/** A mail that can never be made as things are; `reason` goes to the row. */
export class UnsendableError extends Error {
  readonly reason: string

  constructor(
    reason: 'render_failed' | 'mail_lost' | 'attachment_lost' | 'mail_too_large' | 'settings_unreadable',
    cause?: unknown,
  ) {
    super(reason, { cause })
    this.reason = reason
  }
}

/** Where the exact mail of a delivery is kept, gzipped. */
export const mailKey = (accountId: string, deliveryId: string): string => `mail/${accountId}/${deliveryId}.eml.gz`

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

/** The stored mail, as bytes of RFC 5322. Throws when there is none. */
export async function readMail(deps: Deps, delivery: { accountId: string; id: string }): Promise<PreparedMail> {
  const object = await deps.bucket.get(mailKey(delivery.accountId, delivery.id))
  if (!object) throw new UnsendableError('mail_lost')
  return { mime: await gunzip(object.body), linkHash: object.customMetadata?.linkHash ?? '' }
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

const gzip = (bytes: Uint8Array): Promise<Uint8Array> => pump(bytes, new CompressionStream('gzip'))

const gunzip = async (body: ReadableStream<Uint8Array>): Promise<Uint8Array> =>
  new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer())

async function pump(bytes: Uint8Array, through: CompressionStream): Promise<Uint8Array> {
  const stream = new Response(bytes as BufferSource).body?.pipeThrough(through)
  return new Uint8Array(await new Response(stream ?? null).arrayBuffer())
}
