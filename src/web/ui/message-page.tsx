import type { Child } from 'hono/jsx'
import type { Tone } from './badge'
import { Icon } from './icon'
import type { IconName } from './icon-names'

interface Props {
  icon: IconName
  tone?: Tone
  title: string
  /** Where the person goes from here. */
  href: string
  link: string
  /** The link is the page's primary action. */
  primary?: boolean
  children: Child
}

/** Shows that something ended or is over, and the one way on. */
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
