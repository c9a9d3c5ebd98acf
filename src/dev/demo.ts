/** The demo's account, made once by the Worker itself (`src/dev/demo/`). */
import { Complaint } from './complaint.ts'
import type { Place } from './place.ts'

export interface Demo {
  /** False when it was there already. */
  made: boolean
  name: string
  email: string
  company: string
}

export async function seedDemo(place: Place): Promise<Demo> {
  const response = await fetch(`http://127.0.0.1:${place.port}/dev/demo`, { method: 'POST' })
  if (!response.ok) throw new Complaint(`The demo could not be made:\n${await response.text()}`)
  return (await response.json()) as Demo
}
