// Every bad answer there is, by kind. A test orders one by name through the control interface:
//
//   POST /faults {"bank": "hybrid", "version": "v4.0", "operation": "GET /accounts/{AccountId}/balances", "times": 1,
//                 "fault": {"kind": "bad-answer", "shape": "gzip-bomb"}}
//
// and reads in GET /requests that it was given (`shape`), and, of a changed member, which one (`place`). The bank judges and
// carries out the request as ever; only its answer is replaced. GET /bad-answers lists the shapes: `name`, `kind`, `is` (one
// sentence), `endless` (it ends only because the client has limits) and `changesJson` (it needs a body in JSON, and leaves
// files as they are). DELETE /faults takes the orders back.
import { connections } from './connections.ts';
import { encodings } from './encodings.ts';
import { heads } from './heads.ts';
import { links } from './links.ts';
import { members } from './members.ts';
import { type BadShape, isChanged } from './shape.ts';
import { statuses } from './statuses.ts';
import { texts } from './texts.ts';

const kinds = { connections, heads, encodings, texts, members, links, statuses };

const byName = new Map(Object.values(kinds).flatMap((shapes) => shapes.map((shape) => [shape.name, shape])));

export const shapeNames: readonly string[] = [...byName.keys()];

export function shapeNamed(name: string): BadShape {
  const shape = byName.get(name);
  if (!shape) throw new Error(`there is no bad answer ${name}`);
  return shape;
}

/** As the control interface lists them. */
export function listShapes(): object[] {
  return Object.entries(kinds).flatMap(([kind, shapes]) =>
    shapes.map(({ name, is, endless, answer }) => ({
      ...{ name, kind, is, endless: endless ?? false, changesJson: isChanged(answer) },
    })),
  );
}
