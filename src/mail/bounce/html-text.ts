/** Makes lines of text of an HTML notice, for reports that have no plain text. */

const MAX_HTML_CHARS = 128 * 1024

/** Returns the text with a line for each block. An address in angle brackets stays. */
export const textOfHtml = (html: string): string =>
  withoutUnseen(html.slice(0, MAX_HTML_CHARS))
    .replace(/<\/?(?:br|p|div|tr|li|h\d|pre)\b[^<>]{0,500}>/gi, '\n')
    .replace(/<(?![\w.+-]{1,64}@)[^<>]{0,2000}>/g, ' ')
    .replace(/&(lt|gt|quot|amp|nbsp|#\d{1,6});/g, (whole, name: string) => ENTITIES[name] ?? codePoint(name, whole))

/** Takes out elements that are not shown; one that is never closed takes the rest with it. */
function withoutUnseen(html: string): string {
  let seen = ''
  let start = 0
  let inside = ''
  for (const tag of html.matchAll(/<(\/?)(style|script|head)\b[^<>]{0,500}>/gi)) {
    const name = (tag[2] ?? '').toLowerCase()
    if (inside === '' && tag[1] === '') {
      seen += html.slice(start, tag.index)
      inside = name
    } else if (inside === name && tag[1] !== '') {
      start = tag.index + tag[0].length
      inside = ''
    }
  }
  return inside === '' ? seen + html.slice(start) : seen
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: ' ' }

function codePoint(name: string, whole: string): string {
  const code = Number(name.slice(1))
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole
}
