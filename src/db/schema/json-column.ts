import { customType } from 'drizzle-orm/sqlite-core'
import { readJson, type StoredShape } from '../read-json'

/** A column of JSON text that is read by its shape; see `readJson` for what happens to one that can't be read. */
export const json = <T>(name: string, shape: StoredShape<T>) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (column) => readJson(shape, column),
  })(name)
