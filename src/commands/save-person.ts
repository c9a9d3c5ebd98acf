import { type PersonalSettings, updatePerson } from '../db/people'
import type { Deps } from './deps'

/** A person's own settings; the last one to save wins, since nobody else may. */
export const savePerson = (deps: Deps, userId: string, settings: PersonalSettings): Promise<void> =>
  updatePerson(deps.db, userId, settings)
