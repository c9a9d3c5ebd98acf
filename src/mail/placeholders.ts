/**
 * Replaces Liquid while Markdown and React process a text. Each tag becomes a word of lower-case letters and digits,
 * which neither of them escapes, encodes or parses as markup. Afterwards the words are replaced by the tags again.
 */
import { pieces } from './liquid'

export class Placeholders {
  readonly #tags: string[] = []
  readonly #mark: string
  readonly #pattern: RegExp

  /** Chooses placeholders that don't occur in `source`, the text around them. */
  constructor(source: string) {
    let mark = 'lqd'
    while (source.toLowerCase().includes(mark)) mark += 'q'
    this.#mark = mark
    this.#pattern = new RegExp(`${mark}(\\d+)x`, 'g')
  }

  /** Returns a placeholder for one Liquid tag. */
  add(tag: string): string {
    return `${this.#mark}${this.#tags.push(tag) - 1}x`
  }

  /** Returns a placeholder for a variable. */
  variable(name: string): string {
    return this.add(`{{ ${name} }}`)
  }

  /** Replaces all Liquid in a template. */
  hide(template: string): string {
    return pieces(template)
      .map(({ kind, source }) => (kind === 'text' ? source : this.add(source)))
      .join('')
  }

  /** Returns whether a text consists only of placeholders of `{% … %}` tags. */
  isOnlyTags(text: string): boolean {
    return (
      text.trim() !== '' && text.replace(this.#pattern, (_, index) => (this.#isTag(index) ? '' : '.')).trim() === ''
    )
  }

  /** Applies `change` to each Liquid tag that a text contains. */
  map(text: string, change: (tag: string) => string): string {
    return text.replace(this.#pattern, (_, index) => this.add(change(this.#tags[Number(index)] ?? '')))
  }

  /** Returns the Liquid tags that a text contains. */
  tagsIn(text: string): string[] {
    return [...text.matchAll(this.#pattern)].map((match) => this.#tags[Number(match[1])] ?? '')
  }

  /**
   * Replaces placeholders by their Liquid. Other braces stay text: a `{{` around the placeholders is never parsed as
   * Liquid.
   */
  reveal(text: string): string {
    return text
      .replace(/\{(?=[{%])/g, '{{ "{" }}')
      .replace(this.#pattern, (_, index) => this.#tags[Number(index)] ?? '')
  }

  #isTag(index: string): boolean {
    return this.#tags[Number(index)]?.startsWith('{%') ?? false
  }
}
