/** Finds our own id among what a provider gives back of a mail. */

/** The id alone, as `delivery:<id>`, or as the left part of our Message-ID. */
const DELIVERY_ID = /^(?:delivery:)?<?(dlv_[0-7][0-9a-hjkmnp-tv-z]{25})(?:@[^\s<>@]+>?)?$/

/** Returns the first delivery id among the texts; empty if none holds one. */
export function deliveryIdAmong(texts: readonly string[]): string {
  for (const text of texts) {
    const [, id] = DELIVERY_ID.exec(text.trim()) ?? []
    if (id) return id
  }
  return ''
}
