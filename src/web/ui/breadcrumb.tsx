import type { Child } from 'hono/jsx'
import { Icon } from './icon'

/** Links to the parent page, above a page's heading. */
export const Breadcrumb = ({ href, children }: { href: string; children: Child }) => (
  <nav class="breadcrumb">
    <a href={href}>
      <Icon name="chevron-left" />
      {children}
    </a>
  </nav>
)
