/** What a page says beside its content. Flash notices outlive one redirect and name a text of ours, never free text. */
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import en from '../../../locales/en.json'
import type { Key } from '../../i18n'
import type { AppEnv } from '../app-env'
import type { Tone } from './badge'
import { Icon } from './icon'
import type { IconName } from './icon-names'

const ICONS: Record<Tone, IconName> = {
  good: 'circle-check',
  busy: 'info',
  warn: 'triangle-alert',
  bad: 'circle-alert',
  idle: 'info',
}

/** `<Notice tone="warn"><h2>…</h2><p>…</p></Notice>`; children stand under each other. */
export const Notice = ({ tone, children }: { tone: Tone; children: Child }) => (
  <div class={`notice tone-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
    <Icon name={ICONS[tone]} class={`tone-${tone}`} />
    {children}
  </div>
)

export type FlashKey = Extract<Key, `notice.${string}`>

const FLASH_COOKIE = 'facteur-notice'
const isFlashKey = (key: string): key is FlashKey => key.startsWith('notice.') && key in en

/** Shown by the next page this browser opens: `flash(c, 'notice.saved'); return c.redirect(path, 303)`. */
export function flash(c: Context<AppEnv>, key: FlashKey): void {
  setCookie(c, FLASH_COOKIE, key, { prefix: 'host', maxAge: 60, httpOnly: true, sameSite: 'Lax' })
}

export function takeFlash(c: Context<AppEnv>): FlashKey | undefined {
  const key = getCookie(c, FLASH_COOKIE, 'host')
  if (key === undefined) return undefined
  setCookie(c, FLASH_COOKIE, '', { prefix: 'host', maxAge: 0, httpOnly: true, sameSite: 'Lax' })
  return isFlashKey(key) ? key : undefined
}
