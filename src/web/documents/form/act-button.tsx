import type { Child } from 'hono/jsx'
import { routes } from '../../../routes'

interface Props {
  /** The change that `actOn` makes: 'line:add'. */
  act: string
  label?: string
  class?: string
  disabled?: boolean
  children: Child
}

/** Changes the form without saving it and keeps the typed values: in place if scripts run, else by loading the page again. */
export const ActButton = ({ act, label, class: extra, disabled, children }: Props) => (
  <button
    type="submit"
    name="act"
    value={act}
    class={extra}
    disabled={disabled}
    title={label}
    aria-label={label}
    formaction={routes.documentForm}
    formnovalidate
    hx-post={routes.documentForm}
    hx-target="#document-form"
    hx-swap="outerHTML"
  >
    {children}
  </button>
)
