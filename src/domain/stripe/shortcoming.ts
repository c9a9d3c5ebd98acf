import type { ContentProblem } from '../document-content'
import type { Gap } from '../document-readiness'

/** One thing that keeps an automatic document from being issued: what it lacks, or what a field of it may not say. */
export type Shortcoming = { missing: Gap } | ContentProblem
