/** Shows notices. A flash notice survives one redirect, as a locale key in a cookie, never as free text. */
import { getCookie, setCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import en from '../../../locales/en.json'
import type { Key } from '../../i18n'
import type { AnyContext } from '../app-env'
import type { Tone } from './badge'
import { useFrame } from './frame'
import { Icon } from './icon'
import type { IconName } from './icon-names'

const ICONS: Record<Tone, IconName> = {
  good: 'circle-check',
  busy: 'info',
  warn: 'triangle-alert',
  bad: 'circle-alert',
  idle: 'info',
}

/** Shows a notice: `<Notice tone="warn"><h2>…</h2><p>…</p></Notice>`. */
export const Notice = ({ tone, children }: { tone: Tone; children: Child }) => (
  <div class={`notice tone-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
    <Icon name={ICONS[tone]} class={`tone-${tone}`} />
    {children}
  </div>
)

/** Shows an error of the page as a whole; nothing if there is none. */
export const ErrorNotice = ({ error }: { error: string | undefined }) =>
  error ? (
    <Notice tone="bad">
      <p>{error}</p>
    </Notice>
  ) : null

/** Keys of flash notices: `notice.…` reports success, `problem.…` or `refusal.…` failure. */
export type FlashKey = Extract<Key, `${'notice' | 'problem' | 'refusal'}.${string}`>

const FLASH_COOKIE = 'facteur-notice'
const isFlashKey = (key: string): key is FlashKey => /^(notice|problem|refusal)\./.test(key) && key in en

/** Sets a notice for the next page that the browser opens: `flash(c, 'notice.saved'); return c.redirect(path, 303)`. */
export function flash(c: AnyContext, key: FlashKey): void {
  setCookie(c, FLASH_COOKIE, key, { prefix: 'host', maxAge: 60, httpOnly: true, sameSite: 'Lax' })
}

export function readFlash(c: AnyContext): FlashKey | undefined {
  const key = getCookie(c, FLASH_COOKIE, 'host')
  if (key === undefined) return undefined
  setCookie(c, FLASH_COOKIE, '', { prefix: 'host', maxAge: 0, httpOnly: true, sameSite: 'Lax' })
  return isFlashKey(key) ? key : undefined
}

export const FlashNotice = ({ message }: { message: FlashKey }) => {
  const { t } = useFrame()
  return (
    <Notice tone={message.startsWith('notice.') ? 'good' : 'bad'}>
      <p>{t(message)}</p>
    </Notice>
  )
}
