import { formatEmailAddresses, parseEmailAddresses } from '../../domain/email-addresses'
import { likelyAddress } from '../../domain/email-typos'
import { fieldId } from './form'
import { useFrame } from './frame'

/** Returns the id of the element that shows suggestions for a field of addresses. */
export const suggestionsId = (name: string): string => `${fieldId(name)}-suggestions`

/** Returns attributes that load suggestions when the field's value changes. */
export const askSuggestions = (path: string, name: string) => ({
  'hx-get': path,
  'hx-trigger': 'change',
  'hx-target': `#${suggestionsId(name)}`,
  'hx-swap': 'outerHTML',
})

/** Suggests corrections for mistyped addresses in a field. A click applies one; none is required. */
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
              addresses.map((email) => (email === address ? likelyAddress(email) : email) ?? email),
            )}
          >
            {t('contact.typo.correct')}
          </button>
        </div>
      ))}
    </div>
  )
}
