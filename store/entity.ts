// What every object that a caller creates has.

export interface Entity {
  id: string;
  createdBy: string | null;
  reference: string | null;
}

export type Stored<Values extends Entity> = Values & { created: Date };
