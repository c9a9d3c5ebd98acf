import type { Child } from 'hono/jsx'
import type { Tone } from './badge'
import { Icon } from './icon'
import type { IconName } from './icon-names'

interface Props {
  icon: IconName
  tone?: Tone
  title: string
  /** URL of the next page. */
  href: string
  link: string
  /** True if the link is the page's primary action. */
  primary?: boolean
  children: Child
}

/** Shows a message about something that has ended, and one link to go on. */
export const MessagePage = ({ icon, tone, title, href, link, primary, children }: Props) => (
  <div class="card empty">
    <Icon name={icon} {...(tone && { class: `tone-${tone}` })} />
    <h1>{title}</h1>
    {children}
    <a class={primary ? 'button primary' : 'button'} href={href}>
      {link}
    </a>
  </div>
)
