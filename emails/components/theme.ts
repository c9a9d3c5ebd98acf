/**
 * Colours and font of all mails. Light values are inline, since some clients drop style sheets; dark ones are classes
 * (`frame.tsx`).
 */

export const FONT = '-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif'

/** Colours that are the same in the light and in the dark. */
export const both = {
  /** Lines in the merchant's text. */
  rule: '#c9c9c2',
  /** Behind the logo. */
  logo: '#ffffff',
}

export const light = {
  page: '#f4f4f1',
  card: '#ffffff',
  tint: '#f8f8f5',
  line: '#e4e4df',
  ink: '#1b1b19',
  muted: '#66665f',
  action: '#1b1b19',
  onAction: '#ffffff',
  accent: '#f2b705',
}

export const dark = {
  page: '#111110',
  card: '#1c1c1a',
  tint: '#242422',
  line: '#3a3a36',
  ink: '#f2f2ee',
  muted: '#a8a8a0',
  action: '#f2f2ee',
  onAction: '#1b1b19',
}
