/** Shows fields with label, hint and error, bound to a `FormState`. They work without scripts. */
import type { Child } from 'hono/jsx'
import type { FormState } from './form-state'
import { useFrame } from './frame'
import { Icon } from './icon'

interface FieldProps {
  form: FormState
  name: string
  label: Child
  hint?: Child
  /** Marks the field as optional. */
  optional?: boolean
  class?: string
}

export const fieldId = (name: string): string => `f-${name.replaceAll('.', '-')}`

interface InputProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'url' | 'date' | 'number' | 'datetime-local'
  autocomplete?: string
  inputmode?: 'decimal' | 'numeric' | 'email' | 'tel' | 'url'
  maxlength?: number
  placeholder?: string
  required?: boolean
  autofocus?: boolean
  spellcheck?: boolean
  /** Aligns the value to the right, in tabular digits. */
  numeric?: boolean
  list?: string
  attributes?: Record<string, string>
}

export const Field = ({
  form,
  name,
  label,
  hint,
  optional,
  class: extra,
  numeric,
  attributes,
  ...input
}: InputProps) => (
  <FieldBox form={form} name={name} label={label} hint={hint} optional={optional} class={extra}>
    <input
      type="text"
      {...input}
      {...attributes}
      {...described(form, name, hint)}
      id={fieldId(name)}
      name={name}
      value={form.values[name] ?? ''}
      class={numeric ? 'numeric' : undefined}
    />
  </FieldBox>
)

interface TextAreaProps extends FieldProps {
  rows?: number
  maxlength?: number
  attributes?: Record<string, string>
}

export const TextArea = ({ form, name, label, hint, optional, class: extra, attributes, ...area }: TextAreaProps) => (
  <FieldBox form={form} name={name} label={label} hint={hint} optional={optional} class={extra}>
    <textarea rows={3} {...area} {...attributes} {...described(form, name, hint)} id={fieldId(name)} name={name}>
      {form.values[name] ?? ''}
    </textarea>
  </FieldBox>
)

export interface Option {
  value: string
  label: string
}

interface SelectProps extends FieldProps {
  options: readonly Option[]
  required?: boolean
  autocomplete?: string
  attributes?: Record<string, string>
}

export const Select = (props: SelectProps) => {
  const { form, name, label, hint, optional, class: extra, options, attributes, ...select } = props
  return (
    <FieldBox form={form} name={name} label={label} hint={hint} optional={optional} class={extra}>
      <select {...select} {...attributes} {...described(form, name, hint)} id={fieldId(name)} name={name}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === (form.values[name] ?? '')}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldBox>
  )
}

export const Checkbox = ({ form, name, label, hint, class: extra }: FieldProps) => (
  <div class={extra ? `check ${extra}` : 'check'}>
    <input
      type="checkbox"
      {...described(form, name, hint)}
      id={fieldId(name)}
      name={name}
      checked={Boolean(form.values[name])}
    />
    <label for={fieldId(name)}>{label}</label>
    <Hint name={name} hint={hint} />
    <FieldError form={form} name={name} />
  </div>
)

/** Shows label, hint and error around a field. */
export const FieldBox = (props: Omit<FieldProps, 'optional' | 'class'> & OptionalProps & { children: Child }) => {
  const { t } = useFrame()
  const { form, name, label, hint, optional, class: extra, children } = props
  return (
    <div class={extra ? `field ${extra}` : 'field'}>
      <label for={fieldId(name)}>
        {label}
        {optional && <span class="optional"> ({t('field.optional')})</span>}
      </label>
      {children}
      <Hint name={name} hint={hint} />
      <FieldError form={form} name={name} />
    </div>
  )
}

interface OptionalProps {
  optional?: boolean | undefined
  class?: string | undefined
}

const Hint = ({ name, hint }: { name: string; hint?: Child }) =>
  hint ? (
    <div class="hint" id={`${fieldId(name)}-hint`}>
      {hint}
    </div>
  ) : null

/** Shows a field's error. Exported for pages that build an input themselves, with `described()`. */
export const FieldError = ({ form, name }: { form: FormState; name: string }) =>
  form.errors[name] ? (
    <div class="error" id={`${fieldId(name)}-error`}>
      <Icon name="circle-alert" />
      <span>{form.errors[name]}</span>
    </div>
  ) : null

/** Ties an input to its hint and error for screen readers. */
export function described(form: FormState, name: string, hint?: Child) {
  const ids = [hint && `${fieldId(name)}-hint`, form.errors[name] && `${fieldId(name)}-error`].filter(Boolean)
  return {
    ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }),
    ...(form.errors[name] && { 'aria-invalid': 'true' as const }),
  }
}

interface ErrorSummaryProps {
  form: FormState
  /** Labels of the fields, if the errors alone don't name them: « Legal name: This is needed. » */
  labels?: Record<string, string>
}

/** Lists the errors at the top of a form, each with a link to its field; takes the focus. */
export const ErrorSummary = ({ form, labels = {} }: ErrorSummaryProps) => {
  const { t } = useFrame()
  const errors = Object.entries(form.errors)
  if (errors.length === 0) return null
  return (
    <div class="error-summary" role="alert" tabindex={-1} autofocus>
      <h2>{t('form.errors.title')}</h2>
      <ul>
        {errors.map(([name, message]) => (
          <li>{name ? <a href={`#${fieldId(name)}`}>{labelled(labels[name], message)}</a> : message}</li>
        ))}
      </ul>
    </div>
  )
}

const labelled = (label: string | undefined, message: string): string => (label ? `${label}: ${message}` : message)
