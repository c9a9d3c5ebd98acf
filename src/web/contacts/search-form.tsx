import type { Child } from 'hono/jsx'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'

interface Props {
  path: string
  /** The typed text. */
  text: string
  /** Id of the element with the results. */
  results: string
  /** True if the search changes the URL in the browser's address bar. */
  keepsAddress?: boolean
  /** Other fields of the form. */
  children?: Child
}

/** Searches contacts while a person types; without scripts it is a plain form. */
export const ContactSearchForm = ({ path, text, results, keepsAddress = false, children }: Props) => {
  const { t } = useFrame()
  return (
    <search class="search">
      <form
        action={path}
        hx-get={path}
        hx-trigger="input delay:200ms, submit"
        hx-target={`#${results}`}
        hx-select={`#${results}`}
        hx-swap="outerHTML"
        hx-replace-url={keepsAddress ? 'true' : undefined}
      >
        <Icon name="search" />
        <input
          type="search"
          name="q"
          value={text}
          maxlength={100}
          placeholder={t('contacts.search')}
          aria-label={t('contacts.search')}
          autocomplete="off"
        />
        {children}
      </form>
    </search>
  )
}
