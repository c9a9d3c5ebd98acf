import type { StoredImport } from '../../db/contact-imports'
import { MAX_IMPORT_BYTES, MAX_IMPORT_LINES } from '../../domain/contact-import'
import { plural } from '../../i18n'
import { formatDecimal } from '../../i18n/format'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { described, ErrorSummary, FieldError, fieldId } from '../ui/form'
import { FormAccount } from '../ui/form-account'
import { useFrame } from '../ui/frame'
import { Time } from '../ui/values'
import { ImportHead } from './import-head'

interface Props {
  /** Id of the import, which the form carries. */
  id: string
  /** Latest first. */
  imports: StoredImport[]
  error?: string | undefined
}

export const ImportUploadPage = ({ id, imports, error }: Props) => {
  const { t, language } = useFrame()
  const form = { values: {}, errors: error ? { file: error } : {} } as const
  const state = { values: {}, errors: form.errors as Record<string, string> }
  const limits = {
    lines: formatDecimal(String(MAX_IMPORT_LINES), language),
    megabytes: String(MAX_IMPORT_BYTES / 1024 ** 2),
  }
  return (
    <>
      <ImportHead />
      <div class="stack">
        <form method="post" action={routes.contactImports} enctype="multipart/form-data" class="card form" novalidate>
          <ErrorSummary form={state} />
          <p class="muted">{t('imports.text')}</p>
          <FormAccount />
          <input type="hidden" name="id" value={id} />
          <div class="field">
            <label for={fieldId('file')}>{t('imports.file')}</label>
            <input
              type="file"
              name="file"
              accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
              required
              {...described(state, 'file', 'hint')}
              id={fieldId('file')}
            />
            <div class="hint" id={`${fieldId('file')}-hint`}>
              {t('imports.file.hint', limits)}
            </div>
            <FieldError form={state} name="file" />
          </div>
          <div class="form-actions">
            <button type="submit" class="primary">
              {t('imports.upload')}
            </button>
            <a href={routes.contacts}>{t('form.cancel')}</a>
          </div>
        </form>
        {imports.length > 0 && <LatestImports imports={imports} />}
      </div>
    </>
  )
}

const LatestImports = ({ imports }: { imports: StoredImport[] }) => {
  const { t, language } = useFrame()
  return (
    <section class="stack tight" aria-labelledby="latest-imports">
      <h2 id="latest-imports">{t('imports.latest')}</h2>
      <ul class="card flush import-list">
        {imports.map(({ id, fileName, status, lineCount, createdAt }) => (
          <li>
            <a class="break-all" href={routes.contactImport(id)}>
              {fileName}
            </a>
            <span class="muted small">
              {plural(language, 'imports.lines', lineCount)} · <Time at={createdAt} />
            </span>
            <Badge
              tone={status === 'done' ? 'good' : status === 'applying' ? 'busy' : 'idle'}
              icon={status === 'done' ? 'circle-check' : 'clock'}
            >
              {t(status === 'uploading' ? 'imports.status.uploaded' : `imports.status.${status}`)}
            </Badge>
          </li>
        ))}
      </ul>
    </section>
  )
}
