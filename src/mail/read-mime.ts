/** Parses the bytes of a mail, to show it to a person. */
import PostalMime, { decodeWords } from 'postal-mime'

export interface ReadMail {
  subject: string
  /** In the order of the mail, encoded words decoded. */
  headers: { name: string; value: string }[]
  /** Inline pictures of the mail are included as data URLs. */
  html: string
  text: string
  attachments: ReadAttachment[]
}

export interface ReadAttachment {
  filename: string
  contentType: string
  bytes: number
  /** Hex. */
  sha256: string
}

export async function readMime(mime: Uint8Array): Promise<ReadMail> {
  const mail = await PostalMime.parse(mime, { attachmentEncoding: 'arraybuffer' })
  return {
    subject: mail.subject ?? '',
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value: decodeWords(value) })),
    html: withImages(mail.html ?? '', mail.attachments),
    text: mail.text ?? '',
    attachments: await Promise.all(mail.attachments.filter((attachment) => !attachment.related).map(readAttachment)),
  }
}

/** Replaces `cid:` links, which only mail programs resolve, by data URLs. */
const withImages = (html: string, attachments: PostalMimeAttachment[]): string =>
  html.replace(/(?<=src=")cid:([^"]+)/g, (whole, cid) => {
    const image = attachments.find(({ contentId }) => contentId === `<${cid}>`)
    return image?.mimeType.startsWith('image/')
      ? `data:${image.mimeType};base64,${bytesOf(image.content).toBase64()}`
      : whole
  })

async function readAttachment({ filename, mimeType, content }: PostalMimeAttachment): Promise<ReadAttachment> {
  const bytes = bytesOf(content)
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)).toHex()
  return { filename: filename ?? '', contentType: mimeType, bytes: bytes.byteLength, sha256 }
}

const bytesOf = (content: PostalMimeAttachment['content']): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)

type PostalMimeAttachment = Awaited<ReturnType<typeof PostalMime.parse>>['attachments'][number]

/** Returns a header of the mail by its name in any case; empty when there is none. */
export const headerOf = (mail: Pick<ReadMail, 'headers'>, name: string): string =>
  mail.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? ''
