/**
 * Stands in for Liquid while Markdown and React work on a text. Each tag becomes a word of lower-case letters and digits, which
 * neither of them escapes, encodes or takes for markup, and is put back afterwards.
 */
import { pieces } from './liquid'

export class Placeholders {
  readonly #tags: string[] = []
  readonly #mark: string
  readonly #pattern: RegExp

  /** `source` is what placeholders will be mixed with: none of them occurs in it. */
  constructor(source: string) {
    let mark = 'lqd'
    while (source.toLowerCase().includes(mark)) mark += 'q'
    this.#mark = mark
    this.#pattern = new RegExp(`${mark}(\\d+)x`, 'g')
  }

  /** A placeholder for one Liquid tag. */
  add(tag: string): string {
    return `${this.#mark}${this.#tags.push(tag) - 1}x`
  }

  variable(name: string): string {
    return this.add(`{{ ${name} }}`)
  }

  /** Replaces all Liquid in a template. */
  hide(template: string): string {
    return pieces(template)
      .map(({ kind, source }) => (kind === 'text' ? source : this.add(source)))
      .join('')
  }

  /** Whether a text is placeholders of `{% … %}` tags and nothing else. */
  isOnlyTags(text: string): boolean {
    return (
      text.trim() !== '' && text.replace(this.#pattern, (_, index) => (this.#isTag(index) ? '' : '.')).trim() === ''
    )
  }

  /** Applies `change` to each Liquid tag that stands in a text. */
  map(text: string, change: (tag: string) => string): string {
    return text.replace(this.#pattern, (_, index) => this.add(change(this.#tags[Number(index)] ?? '')))
  }

  /** The Liquid tags that stand in a text. */
  tagsIn(text: string): string[] {
    return [...text.matchAll(this.#pattern)].map((match) => this.#tags[Number(match[1])] ?? '')
  }

  /** Puts the Liquid back. Braces that are not ours stay braces: `{{` in the text around it is never taken for Liquid. */
  reveal(text: string): string {
    return text
      .replace(/\{(?=[{%])/g, '{{ "{" }}')
      .replace(this.#pattern, (_, index) => this.#tags[Number(index)] ?? '')
  }

  #isTag(index: string): boolean {
    return this.#tags[Number(index)]?.startsWith('{%') ?? false
  }
}
