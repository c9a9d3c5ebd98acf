import * as v from 'valibot'
import { parseEmailAddress } from '../../domain/email-addresses'
import { PROVIDERS } from '../../domain/provider'
import {
  type AccountProvider,
  type ConnectionPlace,
  PROVIDER_FIELDS,
  type PublicSettings,
  SMTP_PORTS,
} from '../../domain/provider-connection'
import { isPublicHost } from '../../domain/public-host'
import type { Translate } from '../../i18n'
import { type FormState, type FormValues, line, parseForm, requiredLine } from '../ui/form-state'

export interface ProviderFormValue {
  settings: PublicSettings
  secrets: Record<string, string>
  hookSecret: string
}

/** Parses the form of a provider. Empty secrets keep what is saved. @param privateHosts allowed on a developer's machine only */
export function parseProviderForm(
  kind: AccountProvider,
  typed: FormValues,
  t: Translate,
  privateHosts: boolean,
): { ok: true; value: ProviderFormValue } | ({ ok: false } & FormState) {
  const fields = PROVIDER_FIELDS[kind]
  const entries = fields.map(({ name, secret, optional }) => [
    name,
    secret ? line(500) : (SCHEMAS[name]?.(kind, privateHosts) ?? (optional ? line(200) : requiredLine(200))),
  ])
  const form = parseForm(
    v.object({ from: fromAddress, hookSecret: line(500), ...(Object.fromEntries(entries) as typeof anyFields) }),
    typed,
    t,
  )
  if (!form.ok) return form
  const { hookSecret, ...values } = form.value
  const isSecret = (name: string) => fields.some((field) => field.name === name && field.secret)
  const pick = (secret: boolean) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => isSecret(name) === secret)) as Record<string, string>
  return { ok: true, value: { settings: { ...pick(false), from: values.from }, secrets: pick(true), hookSecret } }
}

const anyFields: Record<string, v.GenericSchema<string | undefined, string>> = {}

const fromAddress = v.pipe(
  requiredLine(254),
  v.check((text) => parseEmailAddress(text).ok, 'field.email'),
)

const SCHEMAS: Record<
  string,
  (kind: AccountProvider, privateHosts: boolean) => v.GenericSchema<string | undefined, string>
> = {
  host: (_, privateHosts) =>
    v.pipe(
      requiredLine(253),
      v.check((host) => privateHosts || isPublicHost(host), 'provider.field.host.wrong'),
    ),
  port: (_, privateHosts) =>
    v.pipe(
      requiredLine(5),
      v.check(
        (port) => Number(port) in SMTP_PORTS || (privateHosts && /^\d+$/.test(port)),
        'provider.field.port.wrong',
      ),
    ),
  region: (kind) =>
    v.pipe(
      requiredLine(30),
      v.check((region) => PROVIDERS[kind].regions.includes(region), 'field.invalid'),
    ),
  domain: () =>
    v.pipe(
      requiredLine(253),
      v.check((host) => isPublicHost(host) || host.endsWith('.test'), 'provider.field.domain.wrong'),
    ),
}

export const placeOf = (text: string): ConnectionPlace | undefined =>
  text === 'first' || text === 'second' ? text : undefined
