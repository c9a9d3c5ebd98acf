import { customType } from 'drizzle-orm/sqlite-core'
import { readJson, type StoredShape } from '../read-json'

/** Declares a column of JSON text that is parsed by its shape. Throws like `readJson`. */
export const json = <T>(name: string, shape: StoredShape<T>) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (column) => readJson(shape, column),
  })(name)
