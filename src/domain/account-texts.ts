import type { StoredLabels } from './labels'
import type { StoredTranslation } from './translation'

/** An account's own translations and labels: all of them, or as many as one mail needs. */
export interface AccountTexts {
  texts: readonly StoredTranslation[]
  labels: readonly StoredLabels[]
}
