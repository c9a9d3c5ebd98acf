import { raw } from 'hono/html'
import icons from '../../../.build/icons.json'
import type { IconName } from './icon-names'

const MARKUP: Record<IconName, string> = icons

/** Shows a lucide icon as tall as the text around it. Screen readers skip it, so it needs a text beside it. */
export const Icon = ({ name, class: extra }: { name: IconName; class?: string | undefined }) => (
  <svg
    class={extra ? `icon ${extra}` : 'icon'}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {raw(MARKUP[name])}
  </svg>
)
