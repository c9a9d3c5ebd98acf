import type { StoredImport } from '../../db/contact-imports'
import { CONTACT_FIELDS } from '../../domain/contact'
import { IMPORT_MATCHES } from '../../domain/contact-import'
import { unguardCell } from '../../domain/csv'
import { plural } from '../../i18n'
import { routes } from '../../routes'
import { ErrorSummary, Select } from '../ui/form'
import { useFrame } from '../ui/frame'
import { CONTACT_LABELS } from './contact-labels'
import { ImportHead } from './import-head'

interface Props {
  stored: StoredImport
  /** The first lines, cell by cell. */
  examples: string[][]
  error?: string | undefined
}

/** Asks which field each column holds, and how existing contacts are matched. */
export const ImportColumnsPage = ({ stored, examples, error }: Props) => {
  const { t, language } = useFrame()
  const { id, fileName, lineCount, header, choices, encoding } = stored
  const values = Object.fromEntries(choices.columns.map((field, index) => [`columns.${index}`, field as string]))
  const form = { values: { ...values, matchBy: choices.matchBy }, errors: error ? { 'columns.0': error } : {} } as {
    values: Record<string, string>
    errors: Record<string, string>
  }
  return (
    <>
      <ImportHead fileName={fileName} />
      <form method="post" action={routes.contactImportChecks(id)} class="stack" novalidate>
        <ErrorSummary form={form} />
        <p class="muted">
          {plural(language, 'imports.lines', lineCount)} · {encoding.toUpperCase()}. {t('imports.columns.text')}
        </p>
        <div class="card flush">
          <table class="list stacked import-columns">
            <thead>
              <tr>
                <th scope="col">{t('imports.column')}</th>
                <th scope="col">{t('imports.examples')}</th>
                <th scope="col">{t('imports.field')}</th>
              </tr>
            </thead>
            <tbody>
              {header.map((name, index) => (
                <Column form={form} name={name} index={index} examples={examples.map((cells) => cells[index] ?? '')} />
              ))}
            </tbody>
          </table>
        </div>
        <section class="card">
          <Select
            form={form}
            name="matchBy"
            label={t('imports.match')}
            hint={t('imports.match.hint')}
            options={IMPORT_MATCHES.map((value) => ({ value, label: t(`imports.match.${value}`) }))}
          />
        </section>
        <div class="form-actions">
          <button type="submit" class="primary">
            {t('imports.check')}
          </button>
          <a href={routes.newContactImport}>{t('imports.other_file')}</a>
        </div>
      </form>
    </>
  )
}

interface ColumnProps {
  form: { values: Record<string, string>; errors: Record<string, string> }
  name: string
  index: number
  examples: string[]
}

const Column = ({ form, name, index, examples }: ColumnProps) => {
  const { t } = useFrame()
  const field = `columns.${index}`
  const shown = examples.map(unguardCell).filter((text) => text.trim() !== '')
  return (
    <tr>
      <th scope="row" class="break-all">
        {name || t('imports.column.nameless', { number: index + 1 })}
      </th>
      <td class="muted small break-all">
        {shown.map((text) => (
          <div>{text.length > 80 ? `${text.slice(0, 79)}…` : text}</div>
        ))}
      </td>
      <td>
        <select
          name={field}
          id={`f-columns-${index}`}
          aria-label={t('imports.field.of', { column: name || String(index + 1) })}
        >
          <option value="">{t('imports.field.none')}</option>
          {CONTACT_FIELDS.map((option) => (
            <option value={option} selected={form.values[field] === option}>
              {t(CONTACT_LABELS[option])}
            </option>
          ))}
        </select>
      </td>
    </tr>
  )
}
