/** Writes header lines as nodemailer does. What is plain is written as it is, since nodemailer's checks take longer than the rest of the mail's headers. */
import MimeNode from 'nodemailer/lib/mime-node'

interface Address {
  name: string
  address: string
}

/** Lines that are shorter are not folded. */
const MAX_LINE_CHARS = 76

/** Printable ASCII without quotes, which nodemailer would encode. */
const PLAIN_TEXT = /^[!#-~](?:[ !#-~]*[!#-~])?$/
/** An address in its usual form, whose domain is a name in small letters and not in Punycode. */
const PLAIN_ADDRESS = /^[\w+-]+(?:\.[\w+-]+)*@(?!(?:.*\.)?xn--)(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/
const PLAIN_FILE_NAME = /^\w[\w.-]*$/

/** Returns a header that contains a text; empty for an empty text. */
export function textHeader(name: string, text: string): string {
  const line = `${name}: ${text}`
  if (line.length < MAX_LINE_CHARS && PLAIN_TEXT.test(text) && !text.includes('=?')) return line
  return headersOf((node) => node.setHeader(name, text))
}

/** Returns a header that contains an address and, where there is one, a name. */
export function addressHeader(header: string, { name, address }: Address): string {
  const line = `${header}: ${address}`
  if (name === '' && line.length < MAX_LINE_CHARS && PLAIN_ADDRESS.test(address)) return line
  return headersOf((node) => node.setHeader(header, { name, address }))
}

/** Returns the headers of an attached file in base64. */
export function fileHeaders(contentType: string, filename: string): string {
  const lines = [
    `Content-Type: ${contentType}; name=${filename}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename=${filename}`,
  ]
  if (PLAIN_FILE_NAME.test(filename) && lines.every(({ length }) => length < MAX_LINE_CHARS)) return lines.join('\r\n')
  return headersOf((node) => node.setHeader('Content-Transfer-Encoding', 'base64'), contentType, filename)
}

/** Returns the headers that nodemailer writes for a part. It writes no others of its own, since the part is not the root. */
export function headersOf(fill: (node: MimeNode) => void, contentType = '', filename?: string): string {
  // A root would get a date and a random id, and each node without a base for its boundaries asks for random bytes.
  const rootNode = new MimeNode('', { baseBoundary: '-' })
  const node = new MimeNode(contentType, { rootNode, baseBoundary: '-', ...(filename !== undefined && { filename }) })
  fill(node)
  return node.buildHeaders()
}
