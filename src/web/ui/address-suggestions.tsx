import { formatEmailAddresses, parseEmailAddresses } from '../../domain/email-addresses'
import { likelyAddress } from '../../domain/email-typos'
import { fieldId } from './form'
import { useFrame } from './frame'

/** Where suggestions for a field of addresses appear. */
export const suggestionsId = (name: string): string => `${fieldId(name)}-suggestions`

/** htmx asks for them when the field is left. */
export const askSuggestions = (path: string, name: string) => ({
  'hx-get': path,
  'hx-trigger': 'change',
  'hx-target': `#${suggestionsId(name)}`,
  'hx-swap': 'outerHTML',
})

/** What the addresses in a field probably should be; a click puts one in its place, and nothing makes one click. */
export const Suggestions = ({ name, typed }: { name: string; typed: string }) => {
  const { t } = useFrame()
  const { addresses, problems } = parseEmailAddresses(typed)
  const likely = problems.length > 0 ? [] : addresses.filter((address) => likelyAddress(address))
  return (
    <div id={suggestionsId(name)} class="stack tight small" aria-live="polite" hidden={likely.length === 0}>
      {likely.map((address) => (
        <div class="suggestion">
          <span>{t('contact.typo', { address: likelyAddress(address) ?? '' })}</span>
          <button
            type="button"
            class="small"
            data-fill={fieldId(name)}
            data-value={formatEmailAddresses(
              addresses.map((one) => (one === address ? likelyAddress(one) : one) ?? one),
            )}
          >
            {t('contact.typo.correct')}
          </button>
        </div>
      ))}
    </div>
  )
}
