/** The demo's account, made once by the Worker itself (`src/dev/demo/`). */
import type { Place } from './place.ts'

export interface Demo {
  name: string
  email: string
  company: string
}

export async function seedDemo(_place: Place): Promise<Demo> {
  return { name: 'Camille Rousset', email: 'camille@croix-rousse.example', company: 'Atelier Croix-Rousse' }
}
