/**
 * Renders a merchant's body as HTML for mail clients (styles inline, no images, no raw HTML) and as plain text, from
 * one parse.
 */
import { Marked, type MarkedToken, type Token, type Tokens } from 'marked'
import { both } from '../../emails/components/theme'
import { escapeHtml } from './liquid'
import type { Placeholders } from './placeholders'
import { safeLink } from './safe-link'
import { refuseLongLinks, tableLimit } from './text-limits'

export interface Body {
  html: string
  text: string
}

const LEFT_TO_RIGHT = {
  p: 'margin:0 0 16px',
  h: 'margin:0 0 8px;font-size:18px;line-height:26px;font-weight:600',
  list: 'margin:0 0 16px;padding-left:24px',
  quote: `margin:0 0 16px;padding-left:16px;border-left:3px solid ${both.rule}`,
  code: 'font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px;white-space:pre-wrap',
  a: 'color:inherit;text-decoration:underline',
  hr: `margin:24px 0;border:0;border-top:1px solid ${both.rule}`,
  cell: 'padding:4px 16px 4px 0;text-align:left;vertical-align:top',
}

type Direction = 'ltr' | 'rtl'

const mirrored = ([name, style]: [string, string]) => [name, style.replaceAll('left', 'right')]

/** Styles name left and right, since old mail programs don't support sides that depend on the direction. */
const STYLES: Record<Direction, typeof LEFT_TO_RIGHT> = {
  ltr: LEFT_TO_RIGHT,
  rtl: { ...LEFT_TO_RIGHT, ...Object.fromEntries(Object.entries(LEFT_TO_RIGHT).map(mirrored)) },
}

/**
 * Renders Markdown whose Liquid is hidden behind `placeholders`. Throws a TextTooLargeError where the result would be
 * far longer than the source.
 */
export function renderMarkdown(source: string, placeholders: Placeholders, direction: Direction = 'ltr'): Body {
  const marked = createMarked(placeholders, STYLES[direction])
  const tokens = lex(marked, source)
  return { html: marked.parser(tokens), text: blocksToText(tokens, placeholders).trim() }
}

/** Returns the links and images of a Markdown text, in order. Throws a TextTooLargeError as `renderMarkdown` does. */
export function linksIn(source: string): (Tokens.Link | Tokens.Image)[] {
  const marked = new Marked({ breaks: true })
  const found: (Tokens.Link | Tokens.Image)[] = []
  marked.walkTokens(lex(marked, source), (token) => {
    if (token.type === 'link' || token.type === 'image') found.push(token as Tokens.Link | Tokens.Image)
  })
  return found
}

function lex(marked: Marked, source: string): Token[] {
  const tokens = marked.use(tableLimit).lexer(source)
  refuseLongLinks(tokens, (all, visit) => marked.walkTokens(all, visit))
  return tokens
}

function createMarked(placeholders: Placeholders, STYLE: typeof LEFT_TO_RIGHT): Marked {
  const marked = new Marked({ breaks: true })
  marked.use({
    tokenizer: {
      inlineText() {
        // Markdown doesn't escape text after <pre> or <script>. Tags are text here, so what follows them must be
        // escaped too.
        this.lexer.state.inRawBlock = false
        return false
      },
    },
    renderer: {
      paragraph({ tokens, raw }) {
        // A condition on a separate line encloses paragraphs, so it gets no paragraph of its own.
        if (placeholders.isOnlyTags(raw)) return raw.trim()
        return `<p style="${STYLE.p}">${this.parser.parseInline(tokens)}</p>`
      },
      heading({ tokens, depth }) {
        return `<h${depth + 1 > 6 ? 6 : depth + 1} style="${STYLE.h}">${this.parser.parseInline(tokens)}</h${depth + 1 > 6 ? 6 : depth + 1}>`
      },
      list({ items, ordered, start }) {
        const tag = ordered ? 'ol' : 'ul'
        const from = ordered && start !== 1 ? ` start="${start}"` : ''
        return `<${tag}${from} style="${STYLE.list}">${items.map((item) => this.listitem(item)).join('')}</${tag}>`
      },
      listitem: ({ tokens }) => `<li>${marked.parser(tokens).replace(/<\/?p\b[^>]*>/g, '')}</li>`,
      blockquote: ({ tokens }) => `<blockquote style="${STYLE.quote}">${marked.parser(tokens)}</blockquote>`,
      hr: () => `<hr style="${STYLE.hr}">`,
      code: ({ text }) => `<pre style="${STYLE.p};${STYLE.code}">${escapeHtml(text)}</pre>`,
      codespan: ({ text }) => `<code style="${STYLE.code}">${escapeHtml(text)}</code>`,
      table({ header, rows }) {
        const row = (cells: Tokens.TableCell[]) =>
          `<tr>${cells.map((cell) => `<td style="${STYLE.cell}">${this.parser.parseInline(cell.tokens)}</td>`).join('')}</tr>`
        return `<table cellpadding="0" cellspacing="0" style="${STYLE.p}">${[header, ...rows].map(row).join('')}</table>`
      },
      link({ href, tokens }) {
        const label = this.parser.parseInline(tokens)
        const target = safeLink(href, placeholders)
        return target === undefined
          ? label
          : `<a href="${escapeHtml(target)}" style="${STYLE.a}" target="_blank">${label}</a>`
      },
      image: ({ text }) => escapeHtml(text),
      html: ({ text }) => escapeHtml(text),
    },
  })
  return marked
}

function blocksToText(tokens: Token[], placeholders: Placeholders): string {
  return (tokens as MarkedToken[])
    .filter((token) => token.type !== 'space')
    .map((token) => blockToText(token, placeholders))
    .join('\n\n')
}

function blockToText(token: MarkedToken, placeholders: Placeholders): string {
  const inline = (tokens: Token[] | undefined) => inlineToText(tokens ?? [], placeholders)
  switch (token.type) {
    case 'list':
      return token.items
        .map((item, index) => {
          const mark = token.ordered ? `${Number(token.start) + index}. ` : '- '
          return mark + indent(blocksToText(item.tokens, placeholders), ' '.repeat(mark.length)).trimStart()
        })
        .join('\n')
    case 'blockquote':
      return indent(blocksToText(token.tokens, placeholders), '> ')
    case 'table':
      return [token.header, ...token.rows]
        .map((cells) => cells.map((cell) => inline(cell.tokens)).join('  '))
        .join('\n')
    case 'hr':
      return '---'
    case 'code':
    case 'html':
      return token.text
    default:
      return 'tokens' in token ? inline(token.tokens) : token.raw
  }
}

function inlineToText(tokens: Token[], placeholders: Placeholders): string {
  return (tokens as MarkedToken[]).map((token) => inlinePieceToText(token, placeholders)).join('')
}

function inlinePieceToText(token: MarkedToken, placeholders: Placeholders): string {
  switch (token.type) {
    case 'link': {
      const label = inlineToText(token.tokens, placeholders)
      const target = safeLink(token.href, placeholders)
      if (target === undefined) return label
      return token.href === token.text || token.href === `mailto:${token.text}` ? label : `${label} (${target})`
    }
    case 'br':
      return '\n'
    case 'codespan':
    case 'image':
    case 'html':
      return token.text
    default:
      return 'tokens' in token && token.tokens
        ? inlineToText(token.tokens, placeholders)
        : unescapeEntities(token.raw, token)
  }
}

const indent = (text: string, by: string): string => text.replace(/^/gm, by)

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' }

function unescapeEntities(raw: string, token: MarkedToken): string {
  const text = token.type === 'escape' || token.type === 'text' ? token.text : raw
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
